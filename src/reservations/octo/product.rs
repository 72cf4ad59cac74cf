//! A product with those of its options that can be booked, as a venue.

use booking::venue::{Area, Capabilities, Choice, Field, FieldKind, Service, Text};
use booking::{Failure, LocalTime, Venue};
use serde_json::Value;

use super::super::config::{Config, wrong};
use super::super::json::{list, malformed, number, parse, shown, text};
use super::super::wall::BOGOTA;
use super::own::{Named, Own, own};
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
    /// What can be booked of it.
    pub options: Vec<Offered>,
}

/// An option that can be booked.
#[derive(Debug)]
pub struct Offered {
    /// Its id.
    pub id: String,
    /// The part of the house that it is, where it is one.
    pub area: Option<String>,
    /// Until when guests may cancel, in minutes before.
    pub cutoff: u32,
    /// How few and how many it takes.
    party: (u8, u8),
    /// The kinds of places, each with its unit there: the usual one first.
    units: Vec<(String, String)>,
}

impl Offered {
    /// The unit of a guest of this kind; the usual one of whom nothing is known.
    pub fn unit(&self, kind: &str) -> &str {
        let known = self.units.iter().find(|(known, _)| known == kind);
        let known = known.or_else(|| self.units.first());
        known.map_or("", |(_, unit)| unit)
    }

    /// The kind of a place that has this unit.
    pub fn kind(&self, unit: &str) -> &str {
        let known = self.units.iter().find(|(_, known)| known == unit);
        known.map_or("", |(kind, _)| kind)
    }
}

impl Product {
    /// The first option from this place on that takes so many.
    pub fn takes(&self, party: u8, from: u8) -> Option<(u8, &Offered)> {
        let options = (0_u8..).zip(&self.options).skip(usize::from(from));
        let mut fit = options.filter(|(_, it)| (it.party.0..=it.party.1).contains(&party));
        fit.next()
    }

    /// The place of the option that a booking is of; one that is not offered has none of these.
    pub fn at(&self, booking: &Value) -> u8 {
        let id = text(booking, "optionId").ok();
        let mut options = (0_u8..).zip(&self.options);
        let known = options.find(|(_, option)| Some(option.id.as_str()) == id);
        known.map_or(u8::MAX, |(at, _)| at)
    }
}

/// The words of a contact, and the wizard's for the same.
pub const CONTACT: [(&str, &str); 4] = [
    ("firstName", "givenName"),
    ("lastName", "familyName"),
    ("emailAddress", "email"),
    ("phoneNumber", "phone"),
];

fn part<'v>(value: &'v Value, name: &str) -> &'v Value {
    value.get(name).unwrap_or(&Value::Null)
}

/// Reads the product; options and units are taken from `config.json`, or by themselves where there is no
/// choice.
pub fn read(answer: &Answer, config: &Config) -> Result<Product, Failure> {
    let own = own(config)?;
    let value = parse(answer)?;
    let mut product = Product {
        venue: venue(&value, config, own.emails),
        options: Vec::new(),
    };
    let mut kinds: Option<Vec<Choice>> = None;
    for (option, named) in chosen(list(&value, "options"), &own)? {
        let unit = named.and_then(|named| named.unit.as_ref());
        let units = units(option, unit.or(own.unit.as_ref()))?;
        let here = choices(&units);
        product.add(option, named.and_then(|named| named.area.as_ref()), &units)?;
        match &mut kinds {
            // Nobody may be told of a kind that the table she then takes does not have.
            Some(kinds) => kinds.retain(|kind| here.iter().any(|other| other.id == kind.id)),
            None => kinds = Some(here),
        }
    }
    let venue = &mut product.venue;
    venue.capabilities.areas = venue.areas.len() > 1;
    if let Some(options) = kinds.filter(|kinds| kinds.len() > 1) {
        venue.guest_fields.push(Field {
            options,
            ..field(KIND, FieldKind::Choice)
        });
    }
    Ok(product)
}

/// Those the file names, in its order; else the only one, or the one that is the usual.
fn chosen<'v, 'o>(
    all: &'v [Value],
    own: &'o Own,
) -> Result<Vec<(&'v Value, Option<&'o Named>)>, Failure> {
    let mut chosen = Vec::new();
    for named in &own.options {
        let option = all.iter().find(|one| text(one, "id") == Ok(&named.id));
        let field = if own.several { "options " } else { "optionId " };
        let gone = || wrong(&[field, &named.id, " is none of the product's options"]);
        chosen.push((option.ok_or_else(gone)?, Some(named)));
    }
    if chosen.is_empty() {
        let usual = |option: &&Value| option.get("default") == Some(&Value::Bool(true));
        let option = match all {
            [] => return Err(malformed("options")),
            [only] => Some(only),
            _ => all.iter().find(usual),
        };
        let several = || wrong(&["optionId is missing, and the product has several options"]);
        chosen.push((option.ok_or_else(several)?, None));
    }
    Ok(chosen)
}

/// What the product says of itself, without its options.
fn venue(value: &Value, config: &Config, emails: bool) -> Venue {
    let name = text(value, "title").or_else(|_| text(value, "internalName"));
    Venue {
        trial: config.trial,
        name: one(name.unwrap_or_default()),
        time_zone: text(value, "timeZone").unwrap_or(BOGOTA).to_owned(),
        party_min: u8::MAX,
        party_max: 0,
        services: Vec::new(),
        hold_extensions: 2,
        cancellation_cutoff_minutes: 0,
        areas: Vec::new(),
        lead_fields: Vec::new(),
        guest_fields: Vec::new(),
        house_rules: Vec::new(),
        capabilities: Capabilities {
            holds: true,
            modify: true,
            messages: emails,
            async_confirmation: part(value, "instantConfirmation") == &Value::Bool(false),
            ..Capabilities::default()
        },
        notice: None,
    }
}

impl Product {
    /// One more option, in this part of the house.
    fn add(
        &mut self,
        option: &Value,
        area: Option<&Text>,
        units: &[&Value],
    ) -> Result<(), Failure> {
        let usual = *units.first().ok_or_else(|| malformed("units"))?;
        let venue = &mut self.venue;
        let (party, cutoff) = (limits(option, usual), cutoff(option));
        venue.party_min = venue.party_min.min(party.0);
        venue.party_max = venue.party_max.max(party.1);
        venue.cancellation_cutoff_minutes = venue.cancellation_cutoff_minutes.max(cutoff);
        venue.services.push(service(option));
        ask(&mut venue.lead_fields, fields(option)?);
        for unit in units {
            ask(&mut venue.guest_fields, fields(unit)?);
        }
        // What is called the same is the same part of the house.
        let area = area.map(|name| {
            if venue.areas.iter().all(|area| area.id != name.es) {
                venue.areas.push(Area {
                    id: name.es.clone(),
                    name: name.clone(),
                    description: Text::default(),
                });
            }
            name.es.clone()
        });
        let mut places = Vec::new();
        for unit in units {
            places.push((kind(unit, units).to_owned(), text(unit, "id")?.to_owned()));
        }
        self.options.push(Offered {
            id: text(option, "id")?.to_owned(),
            area,
            cutoff,
            party,
            units: places,
        });
        Ok(())
    }
}

fn ask(asked: &mut Vec<Field>, more: Vec<Field>) {
    for field in more {
        if !asked.contains(&field) {
            asked.push(field);
        }
    }
}

/// The kinds of places a guest may have, the usual one first. Each is for one person: a place for a family
/// would make the number of guests another than what was said.
fn units<'v>(option: &'v Value, id: Option<&String>) -> Result<Vec<&'v Value>, Failure> {
    let all = list(option, "units");
    if let Some(id) = id {
        let unit = all.iter().find(|unit| text(unit, "id") == Ok(id));
        let gone = || wrong(&["unitId ", id, " is none of the option's units"]);
        return Ok(vec![unit.ok_or_else(gone)?]);
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

/// What a unit is called in every option: the standard's word for whom it is, where that says which.
fn kind<'v>(unit: &'v Value, among: &[&'v Value]) -> &'v str {
    let word = |unit: &'v Value| text(unit, "type").unwrap_or_default();
    let same = among.iter().filter(|other| word(other) == word(unit));
    if same.count() == 1 {
        word(unit)
    } else {
        text(unit, "id").unwrap_or_default()
    }
}

fn choices(units: &[&Value]) -> Vec<Choice> {
    let choice = |unit: &&Value| {
        let id = kind(unit, units);
        let label = text(unit, "title").or_else(|_| text(unit, "internalName"));
        Choice {
            id: id.to_owned(),
            label: one(label.unwrap_or(id)),
        }
    };
    units.iter().map(choice).collect()
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
        name: one(text(option, "title")
            .or_else(|_| text(option, "internalName"))
            .unwrap_or_default()),
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

/// One text for both languages.
fn one(text: &str) -> Text {
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
        label: one(id),
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
                let why = ["the product requires ", word, " of a guest"];
                return Err(Failure::Misconfigured(why.concat()));
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
