//! What a venue asks of its guests, and the parts of its house.

use booking::venue::{Area, Choice, Field, FieldKind, Text};
use serde_json::Value;

use super::super::json::{both, list, shown, text};

/// The parts of the house; what a guest cannot be told the name of is no choice.
pub fn read_areas(venue: &Value) -> Vec<Area> {
    let area = |value| {
        Some(Area {
            id: text(value, "id").ok()?.to_owned(),
            name: both(value, "name")?,
            description: both(value, "description").unwrap_or_default(),
        })
    };
    list(venue, "areas").iter().filter_map(area).collect()
}

/// The fields of a list; one without a name cannot be answered and is left out, and so is one whose name is
/// taken.
pub fn read(asked: &Value, name: &str) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    // More than that nobody can be asked.
    for field in list(asked, name).iter().take(usize::from(u8::MAX)) {
        let Some(field) = read_field(field) else {
            continue;
        };
        if !fields.iter().any(|known| known.id == field.id) {
            fields.push(field);
        }
    }
    fields
}

fn read_field(value: &Value) -> Option<Field> {
    let id = text(value, "id").ok().filter(|id| !id.is_empty())?;
    let options: Vec<_> = list(value, "options").iter().filter_map(choice).collect();
    Some(Field {
        id: id.to_owned(),
        kind: match text(value, "type").unwrap_or_default() {
            "name" => FieldKind::Name,
            "email" => FieldKind::Email,
            "phone" => FieldKind::Phone,
            "date" => FieldKind::Date,
            "document" => FieldKind::Document,
            "choice" if !options.is_empty() => FieldKind::Choice,
            _ => FieldKind::Text,
        },
        required: value
            .get("required")
            .and_then(Value::as_bool)
            .unwrap_or(false),
        label: both(value, "label").unwrap_or_else(|| called(id)),
        why: both(value, "why").unwrap_or_default(),
        seen_by: both(value, "seenBy").unwrap_or_default(),
        options,
    })
}

fn choice(value: &Value) -> Option<Choice> {
    let id = text(value, "id").ok().filter(|id| !id.is_empty())?;
    Some(Choice {
        id: id.to_owned(),
        label: both(value, "label").unwrap_or_else(|| called(id)),
    })
}

/// What has no words is called by its name in the API.
fn called(id: &str) -> Text {
    Text {
        es: shown(id),
        en: shown(id),
    }
}
