//! The command line.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::server::Options;
use crate::{backup, operator};

/// What `--help` prints.
pub const HELP: &str = "\
reservation-server: takes table reservations and serves the site beside them

  --listen ADDRESS   address and port; port 0 takes a free one   [127.0.0.1:8080]
  --data FOLDER      where the database and the token key live   [./data]
  --site FOLDER      a finished static site to serve             [none]
  --settings FILE    settings in place of the built-in ones      [none]
  --metrics ADDRESS  where /metrics, /livez and /readyz are told, an address of this machine alone,
                     such as 127.0.0.1:9187                      [none]
  --log-format json|text
                     how a line of the log looks                 [json]
  --print-settings   print the built-in settings and stop
  --print-octo-settings
                     print settings for a server in front of a supplier's OCTO API and stop
  --print-messages   print the built-in words of messages and stop
  --help, --version

  list, show, accept, reject, cancel, redeem, no-show, add, block, unblock, blocks, export, messages, retry,
  retention, subject, erase:
                     the house's own desk, while the server runs; each explains itself with --help
  backup FILE, restore FILE:
                     the database with the key of the guests' links; --help says more

RESERVATION_TOKEN_KEY (64 hexadecimal digits) takes the place of the key file in the data folder.
DATABASE_URL (postgres://…) takes the place of the database file there; servers that share one
database need the same key.
OCTO_API_KEY is the supplier's key, with those settings.
RESERVATION_SMTP_PASSWORD takes the place of messages.password_file in the settings.
Ready when it prints \"listening on http://ADDRESS\". Logs go to stderr.
";

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For programs.
    #[default]
    Json,
    /// For eyes.
    Text,
}

/// What the command line asks for.
#[derive(Debug)]
pub enum Command {
    /// Serve.
    Serve(Options, LogFormat),
    /// Print this and stop.
    Print(String),
    /// Make a backup, or put one back.
    Keep(backup::Order),
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
        metrics: None,
    };
    let mut log = LogFormat::default();
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut is_first = true;
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Value(word) if is_first && word.to_str().is_some_and(operator::is_command) => {
                let order = operator::parse(&word.to_string_lossy(), &mut parser)?;
                let help = || Command::Print(operator::HELP.to_owned());
                return Ok(order.map_or_else(help, |it| Command::Operate(Box::new(it))));
            }
            Value(word) if is_first && word.to_str().and_then(backup::command).is_some() => {
                return keep(&word, &mut parser);
            }
            Long("listen") => options.listen = address(&mut parser, "--listen", 8080)?,
            Long("metrics") => options.metrics = Some(address(&mut parser, "--metrics", 9187)?),
            Long("log-format") => log = log_format(&mut parser)?,
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
    Ok(Command::Serve(options, log))
}

fn keep(word: &OsString, parser: &mut lexopt::Parser) -> Result<Command, String> {
    let what = word.to_str().and_then(backup::command);
    let order = what.map(|what| backup::parse(what, parser)).transpose()?;
    let help = || Command::Print(backup::HELP.to_owned());
    Ok(order.flatten().map_or_else(help, Command::Keep))
}

fn address(parser: &mut lexopt::Parser, name: &str, port: u16) -> Result<SocketAddr, String> {
    let text = value(parser)?.to_string_lossy().into_owned();
    text.parse().map_err(|_| {
        format!("{name} {text} is not an address with a port, such as 127.0.0.1:{port}")
    })
}

fn log_format(parser: &mut lexopt::Parser) -> Result<LogFormat, String> {
    match value(parser)?.to_str() {
        Some("json") => Ok(LogFormat::Json),
        Some("text") => Ok(LogFormat::Text),
        _ => Err("--log-format is json or text".to_owned()),
    }
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
        let line = "--listen 127.0.0.1:0 --data=elsewhere --site dist --log-format text";
        let Ok(Command::Serve(options, log)) = read(line) else {
            panic!("not read")
        };
        assert_eq!((options.metrics, log), (None, LogFormat::Text));
        assert!(
            read("--log-format xml")
                .unwrap_err()
                .contains("json or text")
        );
        assert!(
            read("--metrics 9187")
                .unwrap_err()
                .contains("127.0.0.1:9187")
        );
        assert_eq!(options.listen.port(), 0);
        assert_eq!(options.data, PathBuf::from("elsewhere"));
        assert_eq!(options.site, Some(PathBuf::from("dist")));
        assert!(read("--listen 8080").unwrap_err().contains("--listen 8080"));
        assert!(read("--sight dist").unwrap_err().contains("--sight"));
        assert!(read("--data").unwrap_err().contains("--data"));
        assert!(matches!(read("--help"), Ok(Command::Print(_))));
    }
}
