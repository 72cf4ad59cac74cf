//! What an operator types.

use std::ffi::OsString;
use std::path::PathBuf;

use jiff::civil::{Date, Time};

use super::{Action, Add, Format, Order, Place, What, Who};
use crate::seating::{parse_date, parse_time};

/// What `COMMAND --help` prints: a line a command, and what the options mean.
pub const HELP: &str = "\
Commands work on the same data while the server runs. They find it by --data FOLDER [./data] or DATABASE_URL,
and the seatings by --settings FILE [built in]. A booking is named by its reference or its id.

  list --date DAY                   the bookings of a day
  show NAME                         everything about a booking but documents' numbers
  accept NAME, reject NAME          answers a booking that waits for the house
  cancel NAME                       cancels a booking, also after the guest's own time for that
  redeem NAME, no-show NAME         writes down that the guests came, or did not
  add --date DAY --time TIME --people COUNT --name NAME [--family NAME] [--phone NUMBER] [--email ADDRESS]
      [--locale es|en] [--area ID] [--service ID] [--note TEXT]
                                    a booking taken by telephone; the guest has to agree that it is kept
  block --date DAY [--time TIME] [--area ID] [--service ID] [--places COUNT]
                                    takes seatings out of sale, or so many places of each; bookings stay
  unblock --date DAY [--time TIME] [--area ID] [--service ID]
                                    puts them back
  blocks                            what is out of sale from today on
  export --date DAY [--format csv|json]
                                    time, party, names, dishes, needs: for the kitchen and the door
  messages                          mail of the last seven days that was not sent, and why
  retry ID                          tries mail again that was given up
  retention                         what is kept how long, what goes next, what was deleted in the last 90 days
  subject NAME, subject --email ADDRESS
                                    everything held on whoever made a booking, or has an address, to hand over
  erase NAME, erase --email ADDRESS erases it; tables stay booked, without a name

  --json   tells it to a program
  --yes    does not ask before something is given up: reject, cancel, no-show, block, erase
";

const COMMANDS: [&str; 17] = [
    "list",
    "show",
    "accept",
    "reject",
    "cancel",
    "redeem",
    "no-show",
    "add",
    "block",
    "unblock",
    "blocks",
    "export",
    "messages",
    "retry",
    "retention",
    "subject",
    "erase",
];

/// Whether a word is a command.
pub fn is_command(word: &str) -> bool {
    COMMANDS.contains(&word)
}

/// Every option there is, before anybody knows whether the command has it.
#[derive(Default)]
struct Given {
    name: Option<String>,
    date: Option<Date>,
    time: Option<Time>,
    people: Option<u32>,
    places: Option<u32>,
    format: Option<Format>,
    texts: Vec<(&'static str, String)>,
}

/// Reads what follows a command.
///
/// # Errors
/// One sentence.
pub fn parse(command: &str, parser: &mut lexopt::Parser) -> Result<Option<Order>, String> {
    use lexopt::prelude::{Long, Short, Value};

    let mut given = Given::default();
    let mut place = Place {
        data: PathBuf::from("data"),
        settings: None,
        database_url: None,
    };
    let (mut json, mut yes) = (false, false);
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Long("help") | Short('h') => return Ok(None),
            Long("json") => json = true,
            Long("yes") => yes = true,
            Long("data") => place.data = value(parser)?.into(),
            Long("settings") => place.settings = Some(value(parser)?.into()),
            Long("date") => given.date = Some(read(parser, "date", "2026-12-05", parse_date)?),
            Long("time") => given.time = Some(read(parser, "time", "19:00", parse_time)?),
            Long("people") => given.people = Some(read(parser, "people", "4", count)?),
            Long("places") => given.places = Some(read(parser, "places", "4", count)?),
            Long("format") => given.format = Some(read(parser, "format", "csv", format)?),
            Long(name) => {
                let Some(known) = TEXTS.iter().find(|known| **known == name) else {
                    return Err(unknown(&format!("--{name}"), command));
                };
                let text = value(parser)?.to_string_lossy().into_owned();
                given.texts.push((known, text));
            }
            Value(name) if given.name.is_none() => {
                given.name = Some(name.to_string_lossy().into_owned());
            }
            other => return Err(unknown(&other.unexpected().to_string(), command)),
        }
    }
    let what = what(command, &mut given)?;
    if let Some(left) = given.left() {
        return Err(unknown(left, command));
    }
    Ok(Some(Order {
        place,
        json,
        yes,
        what,
    }))
}

fn unknown(what: &str, command: &str) -> String {
    format!("{command} does not know {what}; {command} --help lists what there is")
}

const TEXTS: [&str; 8] = [
    "name", "family", "phone", "email", "locale", "area", "service", "note",
];

impl Given {
    fn text(&mut self, name: &str) -> Option<String> {
        let at = self.texts.iter().position(|(known, _)| *known == name)?;
        Some(self.texts.swap_remove(at).1)
    }

    /// Something that was said and is not part of the command.
    fn left(&self) -> Option<&'static str> {
        let said = [
            ("a name", self.name.is_some()),
            ("--date", self.date.is_some()),
            ("--time", self.time.is_some()),
            ("--people", self.people.is_some()),
            ("--places", self.places.is_some()),
            ("--format", self.format.is_some()),
            ("so much text", !self.texts.is_empty()),
        ];
        said.into_iter()
            .find_map(|(name, is_there)| is_there.then_some(name))
    }
}

fn what(command: &str, given: &mut Given) -> Result<What, String> {
    let act = |action, given: &mut Given| {
        needed(given.name.take(), command, "the reference of a booking")
            .map(|name| What::Act(action, name))
    };
    Ok(match command {
        "show" => What::Show(needed(
            given.name.take(),
            command,
            "the reference of a booking",
        )?),
        "accept" => act(Action::Accept, given)?,
        "reject" => act(Action::Reject, given)?,
        "cancel" => act(Action::Cancel, given)?,
        "redeem" => act(Action::Redeem, given)?,
        "no-show" => act(Action::NoShow, given)?,
        "add" => What::Add(Box::new(Add {
            date: needed(given.date.take(), command, "--date")?,
            time: needed(given.time.take(), command, "--time")?,
            people: needed(given.people.take(), command, "--people")?,
            name: needed(given.text("name"), command, "--name")?,
            family: given.text("family").unwrap_or_default(),
            phone: given.text("phone").unwrap_or_default(),
            email: given.text("email").unwrap_or_default(),
            locale: given.text("locale").unwrap_or_else(|| "es".to_owned()),
            note: given.text("note"),
            area: given.text("area"),
            service: given.text("service"),
        })),
        "block" | "unblock" => {
            let date = needed(given.date.take(), command, "--date")?;
            let which = (given.time.take(), given.area_and_service());
            if command == "block" {
                What::Block {
                    date,
                    which,
                    places: given.places.take(),
                }
            } else {
                What::Unblock { date, which }
            }
        }
        "blocks" => What::Blocks,
        "export" => What::Export {
            date: needed(given.date.take(), command, "--date")?,
            format: given.format.take().unwrap_or(Format::Csv),
        },
        "messages" => What::Messages,
        "retry" => What::Retry(needed(given.name.take(), command, "the id of a message")?),
        "retention" => What::Retention,
        "subject" => What::Subject(who(command, given)?),
        "erase" => What::Erase(who(command, given)?),
        _ => What::List(needed(given.date.take(), command, "--date")?),
    })
}

fn who(command: &str, given: &mut Given) -> Result<Who, String> {
    match (given.text("email"), given.name.take()) {
        (Some(address), None) => Ok(Who::Email(address)),
        (None, name) => {
            let name = needed(name, command, "--email, or the reference of a booking")?;
            Ok(Who::Booking(name))
        }
        (Some(_), Some(_)) => Err(format!(
            "{command} takes --email or the reference of a booking, not both"
        )),
    }
}

impl Given {
    fn area_and_service(&mut self) -> (Option<String>, Option<String>) {
        (self.text("area"), self.text("service"))
    }
}

fn needed<T>(value: Option<T>, command: &str, name: &str) -> Result<T, String> {
    value.ok_or_else(|| format!("{command} needs {name}; {command} --help says how"))
}

fn value(parser: &mut lexopt::Parser) -> Result<OsString, String> {
    parser.value().map_err(|error| error.to_string())
}

fn read<T>(
    parser: &mut lexopt::Parser,
    name: &str,
    example: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, String> {
    let text = value(parser)?.to_string_lossy().into_owned();
    read(&text).ok_or_else(|| format!("--{name} {text} is none; it looks like {example}"))
}

fn count(text: &str) -> Option<u32> {
    text.parse().ok().filter(|count| *count > 0)
}

fn format(text: &str) -> Option<Format> {
    match text {
        "csv" => Some(Format::Csv),
        "json" => Some(Format::Json),
        _ => None,
    }
}
