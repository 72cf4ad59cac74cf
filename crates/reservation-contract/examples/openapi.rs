//! Writes `openapi.json` anew: `cargo run -p reservation-contract --example openapi`.

use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    std::fs::write(&path, reservation_contract::openapi::document_text()?)?;
    println!("wrote {}", path.display());
    Ok(())
}
