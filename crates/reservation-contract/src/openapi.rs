//! x
/// x
pub fn document_text() -> String {
    String::new()
}
