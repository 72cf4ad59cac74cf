//! Reads the command line, checks, reports.

use std::io::Write;
use std::process::ExitCode;

use reservation_conformance::cli::{self, Command};

/// Something failed.
const FAILED: u8 = 1;
/// It could not even begin.
const NOT_BEGUN: u8 = 2;

fn main() -> ExitCode {
    match checked() {
        Ok((text, kept)) => {
            let mut out = std::io::stdout();
            let told = out.write_all(text.as_bytes()).and_then(|()| out.flush());
            match (told, kept) {
                (Ok(()), true) => ExitCode::SUCCESS,
                (Ok(()), false) => FAILED.into(),
                (Err(_), _) => NOT_BEGUN.into(),
            }
        }
        Err(message) => {
            let _ = writeln!(std::io::stderr(), "reservation-conformance: {message}");
            NOT_BEGUN.into()
        }
    }
}

fn checked() -> Result<(String, bool), String> {
    let (options, json) = match cli::parse(std::env::args_os().skip(1))? {
        Command::Print(text) => return Ok((text, true)),
        Command::Check(options, json) => (options, json),
    };
    let report = reservation_conformance::run(&options)?;
    let text = if json {
        format!("{:#}\n", report.json())
    } else {
        report.to_string()
    };
    Ok((text, report.is_kept()))
}
