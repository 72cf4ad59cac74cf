//! A day for the kitchen and the door: who comes when, and what they eat and must not eat. No addresses and no
//! documents: neither has any use there.

use serde_json::{Value, json};

use super::{Format, tell};
use crate::record::{Details, Record};
use crate::settings::Settings;
use reservation_contract::words::FieldType;

const HEADINGS: [&str; 10] = [
    "time",
    "area",
    "reference",
    "status",
    "people",
    "name",
    "guests",
    "dishes",
    "needs",
    "note",
];

pub(super) fn export(settings: &Settings, records: &[Record], format: Format) -> String {
    let coming: Vec<&Record> = records
        .iter()
        .filter(|record| tell::stands(record))
        .collect();
    match format {
        Format::Csv => {
            let mut text = row(HEADINGS.iter().map(|it| (*it).to_owned()));
            for record in coming {
                text.push_str(&row(cells(settings, record).into_iter()));
            }
            text
        }
        Format::Json => {
            let object = |record: &Record| {
                let cells = cells(settings, record).into_iter().map(Value::String);
                Value::Object(
                    HEADINGS
                        .iter()
                        .map(|it| (*it).to_owned())
                        .zip(cells)
                        .collect(),
                )
            };
            let all: Vec<Value> = coming.into_iter().map(object).collect();
            format!("{:#}\n", json!(all))
        }
    }
}

fn cells(settings: &Settings, record: &Record) -> Vec<String> {
    let time = record
        .seat
        .starts_at
        .to_zoned_datetime(settings.zone.clone());
    let details = record.details.as_ref();
    let of = |tell: fn(&Details) -> String| details.map_or_else(String::new, tell);
    vec![
        time.strftime("%H:%M").to_string(),
        record.seat.area_id.clone().unwrap_or_default(),
        record.reference.clone(),
        record.status.word().as_str().to_owned(),
        record.party_size.to_string(),
        tell::name(record),
        details.map_or_else(String::new, |it| names(settings, it)),
        of(dishes),
        of(needs),
        of(|it| it.note.clone().unwrap_or_default()),
    ]
}

/// The names of everybody at the table, where the venue asks for them.
pub(super) fn names(settings: &Settings, details: &Details) -> String {
    let asked = settings
        .guest_fields
        .iter()
        .filter(|field| field.kind == FieldType::Name);
    let asked: Vec<&String> = asked.map(|field| &field.id).collect();
    let of_guest = details.guests.iter().map(|guest| {
        let answers = asked.iter().filter_map(|id| guest.fields.get(*id));
        answers.map(String::as_str).collect::<Vec<_>>().join(" ")
    });
    of_guest
        .filter(|name| !name.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}

pub(super) fn dishes(details: &Details) -> String {
    let of_guest = details.dishes.iter().map(|it| {
        let items: Vec<&str> = it.items.iter().map(|dish| dish.name.as_str()).collect();
        format!("{}: {}", it.guest.saturating_add(1), items.join(", "))
    });
    of_guest.collect::<Vec<_>>().join("; ")
}

pub(super) fn needs(details: &Details) -> String {
    let of_guest = details.dietary.iter().map(|it| {
        let note = it.note.as_deref().filter(|note| !note.trim().is_empty());
        let words = it.codes.iter().map(String::as_str).chain(note);
        format!(
            "{}: {}",
            it.guest.saturating_add(1),
            words.collect::<Vec<_>>().join(", ")
        )
    });
    of_guest.collect::<Vec<_>>().join("; ")
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.map(|cell| quoted(&cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell a spreadsheet takes for text: what begins like a formula would be worked out by it.
fn quoted(cell: &str) -> String {
    let cell = cell.replace('"', "\"\"");
    let harmless = !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let mark = if harmless { "" } else { "'" };
    format!("\"{mark}{cell}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, told) in [
            ("Lucía", "\"Lucía\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("=1+1", "\"'=1+1\""),
            ("+57 300", "\"'+57 300\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("a,b\nc", "\"a,b\nc\""),
        ] {
            assert_eq!(quoted(cell), told);
        }
    }
}
