//! The command line.

use std::ffi::OsString;
use std::time::Duration;

use crate::Options;

/// What `--help` prints.
pub const HELP: &str = "\
reservation-conformance: checks from outside whether a server keeps the reservation contract

  --base-url URL     where the API is mounted, such as https://example.com/api/v1
  --venue ID         the venue to look at
  --allow-writes     make holds and bookings, and cancel them again; without it only what anyone
                     may read is looked at
  --max-wait S       seconds to wait for a hold to run out             [0: do not wait]
  --origin URL       an origin the server lets call it from a browser  [none]
  --json             the report for machines
  --help, --version

Each check passes, fails (with the request and its answer), is not offered by the venue, or is not
observable from outside. Exit status: 0 nothing failed, 1 something failed, 2 could not begin.
";

/// What the command line asks for.
#[derive(Debug)]
pub enum Command {
    /// Check; whether to report for machines.
    Check(Options, bool),
    /// Print this and stop.
    Print(String),
}

/// Reads the command line, without the program's name.
///
/// # Errors
/// One sentence.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    use lexopt::prelude::{Long, Short, ValueExt};

    let (mut base_url, mut venue, mut origin) = (None, None, None);
    let (mut allow_writes, mut json, mut seconds) = (false, false, 0_u32);
    let mut parser = lexopt::Parser::from_args(arguments);
    let wrong = |error: lexopt::Error| error.to_string();
    while let Some(argument) = parser.next().map_err(wrong)? {
        match argument {
            Long("base-url") => base_url = Some(text(&mut parser)?),
            Long("venue") => venue = Some(text(&mut parser)?),
            Long("origin") => origin = Some(text(&mut parser)?),
            Long("allow-writes") => allow_writes = true,
            Long("json") => json = true,
            Long("max-wait") => {
                let value = parser.value().map_err(wrong)?;
                seconds = value.parse().map_err(wrong)?;
            }
            Long("help") | Short('h') => return Ok(Command::Print(HELP.to_owned())),
            Long("version") | Short('V') => {
                let version = concat!("reservation-conformance ", env!("CARGO_PKG_VERSION"), "\n");
                return Ok(Command::Print(version.to_owned()));
            }
            other => {
                return Err(format!(
                    "{}; --help lists what there is",
                    other.unexpected()
                ));
            }
        }
    }
    let base_url: String = base_url.ok_or("--base-url is missing; --help says more")?;
    if !base_url.starts_with("http://") && !base_url.starts_with("https://") {
        return Err(format!(
            "--base-url {base_url} is no http:// or https:// address"
        ));
    }
    let options = Options {
        base_url: base_url.trim_end_matches('/').to_owned(),
        venue: venue.ok_or("--venue is missing; --help says more")?,
        allow_writes,
        max_wait: Duration::from_secs(seconds.into()),
        origin,
    };
    Ok(Command::Check(options, json))
}

fn text(parser: &mut lexopt::Parser) -> Result<String, String> {
    use lexopt::prelude::ValueExt;
    let value = parser.value().map_err(|error| error.to_string())?;
    value.string().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn the_line_is_read() {
        let line = "--base-url http://127.0.0.1:8080/api/v1/ --venue v --allow-writes --max-wait 9";
        let Ok(Command::Check(options, json)) = read(line) else {
            panic!("not read")
        };
        assert_eq!(options.base_url, "http://127.0.0.1:8080/api/v1");
        assert_eq!(options.max_wait, Duration::from_secs(9));
        assert!(options.allow_writes && !json);
        assert!(read("--venue v").unwrap_err().contains("--base-url"));
        assert!(
            read("--base-url x --venue v")
                .unwrap_err()
                .contains("no http")
        );
        assert!(read("--base-url http://x --max-wait soon").is_err());
        assert!(read("--write").unwrap_err().contains("--write"));
    }
}
