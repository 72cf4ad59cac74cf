//! A product with one of its options, as a venue.

use booking::venue::{Capabilities, Choice, Field, FieldKind, Service, Text};
use booking::{Failure, LocalTime, Venue};
use serde_json::Value;

use super::super::Config;
use super::super::json::{list, malformed, number, parse, shown, text};
use crate::platform::network::Answer;

/// The field in which a guest says which kind of place it is, where there are several.
pub const KIND: &str = "ageGroup";
/// The largest party where the supplier names none.
const PARTY_MAX: u64 = 10;

/// What is known of the product, and under which names it is asked for.
#[derive(Debug)]
pub struct Product {
    /// As the wizard sees it.
    pub venue: Venue,
    /// The option.
    pub option: String,
    /// The unit of a guest of whom nothing else is known.
    pub unit: String,
}

/// The words of a contact, and the wizard's for the same.
pub const CONTACT: [(&str, &str); 4] = [
    ("firstName", "givenName"),
    ("lastName", "familyName"),
    ("emailAddress", "email"),
    ("phoneNumber", "phone"),
];

fn wrong(what: &[&str]) -> Failure {
    Failure::Misconfigured(what.concat())
}

fn part<'v>(value: &'v Value, name: &str) -> &'v Value {
    value.get(name).unwrap_or(&Value::Null)
}

/// Reads the product; an option and a unit are taken from `config.json`, or by themselves where there is
/// no choice.
pub fn read(answer: &Answer, config: &Config) -> Result<Product, Failure> {
    let value = parse(answer)?;
    let id = config.option_id.as_deref();
    let options = list(&value, "options");
    if options.is_empty() {
        return Err(malformed("options"));
    }
    let option = one_of(options, id, |option| {
        option.get("default") == Some(&Value::Bool(true))
    });
    let option = option.ok_or_else(|| malformed_or(id, "optionId", "options"))?;
    let units = units(option, config)?;
    let unit = *units.first().ok_or_else(|| malformed("units"))?;
    let (party_min, party_max) = limits(option, unit);
    let name = text(&value, "title").or_else(|_| text(&value, "internalName"));
    Ok(Product {
        option: text(option, "id")?.to_owned(),
        unit: text(unit, "id")?.to_owned(),
        venue: Venue {
            trial: config.trial,
            name: both(name.unwrap_or_default()),
            time_zone: text(&value, "timeZone")
                .unwrap_or("America/Bogota")
                .to_owned(),
            party_min,
            party_max,
            services: vec![service(option)],
            hold_extensions: 2,
            cancellation_cutoff_minutes: cutoff(option),
            areas: Vec::new(),
            lead_fields: fields(option)?,
            guest_fields: guest_fields(&units)?,
            house_rules: Vec::new(),
            capabilities: Capabilities {
                holds: true,
                modify: true,
                async_confirmation: part(&value, "instantConfirmation") == &Value::Bool(false),
                ..Capabilities::default()
            },
            notice: None,
        },
    })
}

/// Named in `config.json` and not there, or not named and not to be guessed.
fn malformed_or(id: Option<&str>, name: &str, list: &str) -> Failure {
    let what = id.unwrap_or("is missing, and there are several: ");
    wrong(&["config.json: ", name, " ", what, " among the ", list])
}

/// The one that is named, the only one, or the one that is the usual.
fn one_of<'v>(
    among: &'v [Value],
    id: Option<&str>,
    usual: impl Fn(&Value) -> bool,
) -> Option<&'v Value> {
    match (id, among) {
        (Some(id), _) => among.iter().find(|one| text(one, "id") == Ok(id)),
        (None, [only]) => Some(only),
        (None, _) => among.iter().find(|one| usual(one)),
    }
}

/// The kinds of places a guest may have, the usual one first. Each is for one person: a place for a family
/// would make the number of guests another than what was said.
fn units<'v>(option: &'v Value, config: &Config) -> Result<Vec<&'v Value>, Failure> {
    let all = list(option, "units");
    if let Some(id) = config.unit_id.as_deref() {
        let unit = one_of(all, Some(id), |_| false);
        return match unit {
            Some(unit) => Ok(vec![unit]),
            None => Err(malformed_or(Some(id), "unitId", "units")),
        };
    }
    let single = |unit: &&Value| {
        number(part(unit, "restrictions"), "paxCount").is_none_or(|count| count == 1)
    };
    let mut units = Vec::new();
    for unit in all.iter().filter(single) {
        let at = if text(unit, "type") == Ok("ADULT") {
            0
        } else {
            units.len()
        };
        units.insert(at, unit);
    }
    Ok(units)
}

fn limits(option: &Value, unit: &Value) -> (u8, u8) {
    let whole = part(option, "restrictions");
    let each = part(unit, "restrictions");
    let least = [number(whole, "minUnits"), number(each, "minQuantity")];
    let most = [number(whole, "maxUnits"), number(each, "maxQuantity")];
    let least = least.into_iter().flatten().max().unwrap_or(1).max(1);
    let most = most.into_iter().flatten().min().unwrap_or(PARTY_MAX);
    let small = |number: u64| u8::try_from(number).unwrap_or(u8::MAX);
    (small(least), small(most.max(least)))
}

fn service(option: &Value) -> Service {
    Service {
        id: text(option, "id").unwrap_or_default().to_owned(),
        name: both(
            text(option, "title")
                .or_else(|_| text(option, "internalName"))
                .unwrap_or_default(),
        ),
        start_times: list(option, "availabilityLocalStartTimes")
            .iter()
            .filter_map(|time| LocalTime::parse(time.as_str()?))
            .collect(),
    }
}

fn cutoff(option: &Value) -> u32 {
    let minutes = match text(option, "cancellationCutoffUnit") {
        Ok("minute") => 1,
        Ok("day") => 1_440,
        _ => 60,
    };
    let amount = number(option, "cancellationCutoffAmount").unwrap_or(0);
    u32::try_from(amount.saturating_mul(minutes)).unwrap_or(u32::MAX)
}

fn both(text: &str) -> Text {
    Text {
        es: shown(text),
        en: shown(text),
    }
}

/// A question that is called by its id, so that the site asks it in its own words.
fn field(id: &str, kind: FieldKind) -> Field {
    Field {
        id: id.to_owned(),
        kind,
        required: true,
        label: both(id),
        ..Field::default()
    }
}

/// What must be told of a contact. What this site has no question for is no reason to let somebody go all
/// the way and fail at its end.
fn fields(of: &Value) -> Result<Vec<Field>, Failure> {
    let mut fields: Vec<Field> = Vec::new();
    for word in list(of, "requiredContactFields") {
        let word = word.as_str().unwrap_or_default();
        let wanted: &[&str] = match word {
            "fullName" => &["firstName", "lastName"],
            "country" | "postalCode" => {
                return Err(wrong(&["the product requires ", word, " of a guest"]));
            }
            _ => &[word],
        };
        for (theirs, ours) in CONTACT {
            let kind = match ours {
                "email" => FieldKind::Email,
                "phone" => FieldKind::Phone,
                _ => FieldKind::Name,
            };
            if wanted.contains(&theirs) && !fields.iter().any(|field| field.id == ours) {
                fields.push(field(ours, kind));
            }
        }
    }
    Ok(fields)
}

fn guest_fields(units: &[&Value]) -> Result<Vec<Field>, Failure> {
    let mut asked: Vec<Field> = Vec::new();
    for unit in units {
        for field in fields(unit)? {
            if !asked.contains(&field) {
                asked.push(field);
            }
        }
    }
    if units.len() > 1 {
        let choice = |unit: &&Value| {
            let id = text(unit, "id").ok()?;
            let label = text(unit, "title").or_else(|_| text(unit, "internalName"));
            Some(Choice {
                id: id.to_owned(),
                label: both(label.unwrap_or(id)),
            })
        };
        asked.push(Field {
            options: units.iter().filter_map(choice).collect(),
            ..field(KIND, FieldKind::Choice)
        });
    }
    Ok(asked)
}
