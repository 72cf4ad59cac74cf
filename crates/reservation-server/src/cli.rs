//! The command line.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::operator;
use crate::server::Options;

/// What `--help` prints.
pub const HELP: &str = "\
reservation-server: takes table reservations and serves the site beside them

  --listen ADDRESS   address and port; port 0 takes a free one   [127.0.0.1:8080]
  --data FOLDER      where the database and the token key live   [./data]
  --site FOLDER      a finished static site to serve             [none]
  --settings FILE    settings in place of the built-in ones      [none]
  --print-settings   print the built-in settings and stop
  --print-octo-settings
                     print settings for a server in front of a supplier's OCTO API and stop
  --print-messages   print the built-in words of messages and stop
  --help, --version

  list, show, accept, reject, cancel, redeem, no-show, add, block, unblock, blocks, export, messages, retry,
  retention, subject, erase:
                     the house's own desk, while the server runs; each explains itself with --help

RESERVATION_TOKEN_KEY (64 hexadecimal digits) takes the place of the key file in the data folder.
DATABASE_URL (postgres://…) takes the place of the database file there; servers that share one
database need the same key.
OCTO_API_KEY is the supplier's key, with those settings.
RESERVATION_SMTP_PASSWORD takes the place of messages.password_file in the settings.
Ready when it prints \"listening on http://ADDRESS\". Logs go to stderr.
";

/// What the command line asks for.
#[derive(Debug)]
pub enum Command {
    /// Serve.
    Serve(Options),
    /// Print this and stop.
    Print(String),
    /// Do something at the house's own desk.
    Operate(Box<operator::Order>),
}

/// Reads the command line, without the program's name.
///
/// # Errors
/// One sentence.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    use lexopt::prelude::{Long, Short, Value};

    let mut options = Options {
        listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
        data: PathBuf::from("data"),
        site: None,
        settings: None,
        token_key: None,
        database_url: None,
        octo_key: None,
        smtp_password: None,
    };
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut is_first = true;
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Value(word) if is_first && word.to_str().is_some_and(operator::is_command) => {
                let order = operator::parse(&word.to_string_lossy(), &mut parser)?;
                let help = || Command::Print(operator::HELP.to_owned());
                return Ok(order.map_or_else(help, |it| Command::Operate(Box::new(it))));
            }
            Long("listen") => {
                let text = value(&mut parser)?.to_string_lossy().into_owned();
                options.listen = text.parse().map_err(|_| {
                    format!("--listen {text} is not an address with a port, such as 127.0.0.1:8080")
                })?;
            }
            Long("data") => options.data = value(&mut parser)?.into(),
            Long("site") => options.site = Some(value(&mut parser)?.into()),
            Long("settings") => options.settings = Some(value(&mut parser)?.into()),
            Long("print-settings") => {
                return Ok(Command::Print(crate::settings::DEFAULT.to_owned()));
            }
            Long("print-octo-settings") => {
                return Ok(Command::Print(crate::settings::OCTO_SAMPLE.to_owned()));
            }
            Long("print-messages") => {
                return Ok(Command::Print(crate::mail::words::DEFAULT.to_owned()));
            }
            Long("help") | Short('h') => return Ok(Command::Print(HELP.to_owned())),
            Long("version") | Short('V') => {
                return Ok(Command::Print(
                    concat!("reservation-server ", env!("CARGO_PKG_VERSION"), "\n").to_owned(),
                ));
            }
            other => {
                return Err(format!(
                    "{}; --help lists what there is",
                    other.unexpected()
                ));
            }
        }
        is_first = false;
    }
    Ok(Command::Serve(options))
}

fn value(parser: &mut lexopt::Parser) -> Result<OsString, String> {
    parser.value().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn the_line_is_read() {
        let Ok(Command::Serve(options)) = read("--listen 127.0.0.1:0 --data=elsewhere --site dist")
        else {
            panic!("not read")
        };
        assert_eq!(options.listen.port(), 0);
        assert_eq!(options.data, PathBuf::from("elsewhere"));
        assert_eq!(options.site, Some(PathBuf::from("dist")));
        assert!(read("--listen 8080").unwrap_err().contains("--listen 8080"));
        assert!(read("--sight dist").unwrap_err().contains("--sight"));
        assert!(read("--data").unwrap_err().contains("--data"));
        assert!(matches!(read("--help"), Ok(Command::Print(_))));
    }
}
