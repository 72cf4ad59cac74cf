//! Confirmations that a guest chose to keep on this device, as text in its lasting storage.
//!
//! Reference, time, what opens it, and how it stood on that day: nobody's name goes in here.

use booking::{Access, Date, LocalTime, Reservation, Status};
use serde_json::{Map, Value};

use crate::json;
use crate::platform::storage;

const NAME: &str = "interno.kept";

/// More than a guest keeps; whatever else stands there was not written here.
const MOST: usize = 24;

/// A confirmation as it stood on the day it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// What opens it.
    pub access: Access,
    /// The word a guest says at the door.
    pub reference: String,
    /// The night.
    pub date: Date,
    /// When, on the venue's wall.
    pub time: LocalTime,
    /// Whether the venue had yet to answer.
    pub pending: bool,
    /// Whether it was a rehearsal.
    pub trial: bool,
    /// The day it was kept, at the venue.
    pub kept_on: Date,
}

impl Copy {
    /// A reservation as it stands today.
    pub fn of(reservation: &Reservation, trial: bool, today: Date) -> Self {
        Self {
            access: reservation.access.clone(),
            reference: reservation.reference.clone(),
            date: reservation.slot.date,
            time: reservation.slot.starts,
            pending: reservation.status == Status::Pending,
            trial,
            kept_on: today,
        }
    }
}

/// What is kept on this device, as it stands there; nothing while prerendering.
pub fn text() -> String {
    storage::read_lasting(NAME).unwrap_or_default()
}

/// Whether a text keeps a copy of this reservation.
pub fn holds(text: &str, id: &str) -> bool {
    from_text(text).iter().any(|copy| copy.access.id == id)
}

/// Keeps one more, the latest first. Tells whether the browser did.
pub fn keep(copy: Copy) -> bool {
    let mut copies = without(&copy.access.id);
    copies.insert(0, copy);
    storage::write_lasting(NAME, Some(&to_text(&copies)))
}

/// Takes one away, and with the last of them the place where they stood.
pub fn drop_copy(id: &str) {
    let copies = without(id);
    let text = (!copies.is_empty()).then(|| to_text(&copies));
    storage::write_lasting(NAME, text.as_deref());
}

fn without(id: &str) -> Vec<Copy> {
    let mut copies = from_text(&text());
    copies.retain(|copy| copy.access.id != id);
    copies
}

/// What is kept, as text.
pub fn to_text(copies: &[Copy]) -> String {
    let copies = copies.iter().take(MOST).map(write_copy);
    json::write(&Value::Array(copies.collect()))
}

fn write_copy(copy: &Copy) -> Value {
    let mut map = Map::new();
    let mut put = |name: &str, value: Value| {
        map.insert(name.to_owned(), value);
    };
    put("id", copy.access.id.as_str().into());
    put("token", copy.access.token.as_str().into());
    put("reference", copy.reference.as_str().into());
    put("date", copy.date.to_string().into());
    put("time", copy.time.to_string().into());
    put("pending", copy.pending.into());
    put("trial", copy.trial.into());
    put("keptOn", copy.kept_on.to_string().into());
    Value::Object(map)
}

/// What a text keeps; what cannot be read of it is left out.
pub fn from_text(text: &str) -> Vec<Copy> {
    let value = json::read(text);
    let list = value.as_ref().and_then(Value::as_array);
    let list = list.map_or(&[][..], Vec::as_slice);
    list.iter().take(MOST).filter_map(read_copy).collect()
}

fn read_copy(value: &Value) -> Option<Copy> {
    let word = |name: &str| {
        let word = value.get(name).and_then(Value::as_str)?;
        (!word.is_empty() && word.len() <= 200).then_some(word)
    };
    // What would not come through a link as it is opens nothing.
    let part = |name: &str| {
        let fits = |word: &&str| {
            word.bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b'&')
        };
        word(name).filter(fits).map(str::to_owned)
    };
    let flag = |name: &str| value.get(name).and_then(Value::as_bool);
    Some(Copy {
        access: Access {
            id: part("id")?,
            token: part("token")?,
        },
        reference: word("reference")?.to_owned(),
        date: Date::parse(word("date")?)?,
        time: LocalTime::parse(word("time")?)?,
        pending: flag("pending")?,
        trial: flag("trial")?,
        kept_on: Date::parse(word("keptOn")?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn copies() -> impl Strategy<Value = Vec<Copy>> {
        let day = || (-700_000..2_900_000).prop_filter_map("no day", Date::from_days_since_epoch);
        let time = (0_u8..24, 0_u8..60).prop_map(|(hour, minute)| LocalTime { hour, minute });
        let secret = "[!-%'-~]{1,60}";
        let copy = (
            secret,
            secret,
            ".{1,40}",
            day(),
            time,
            any::<bool>(),
            any::<bool>(),
            day(),
        );
        let copy = copy.prop_map(
            |(id, token, reference, date, time, pending, trial, kept_on)| Copy {
                access: Access { id, token },
                reference,
                date,
                time,
                pending,
                trial,
                kept_on,
            },
        );
        proptest::collection::vec(copy, 0..4)
    }

    #[test]
    fn what_somebody_else_wrote_there_is_left_out_and_the_rest_stays() {
        let good = r#"{"id":"r1","token":"t=1","reference":"KTMWRB","date":"2026-12-05","time":"19:00","pending":false,"trial":true,"keptOn":"2026-11-26"}"#;
        for (from, to) in [
            ("\"r1\"", "7"),
            ("\"r1\"", "\"\""),
            ("\"t=1\"", "\"a&t=b\""),
            ("\"t=1\"", "\"a b\""),
            ("2026-12-05", "2026-02-30"),
            ("19:00", "25:00"),
            ("\"trial\":true", "\"trial\":\"yes\""),
            ("\"keptOn\"", "\"kept\""),
        ] {
            let bad = good.replace(from, to);
            assert_ne!(bad, good);
            let copies = from_text(&["[null,7,[],", &bad, ",", good, "]"].concat());
            assert_eq!(copies.len(), 1, "{bad}");
            assert_eq!(copies[0].reference, "KTMWRB");
        }
        let many = vec![good; 400].join(",");
        assert_eq!(from_text(&["[", &many, "]"].concat()).len(), MOST);
        for odd in ["", "null", "{}", "[", "\"x\"", "[[[[[[[["] {
            assert_eq!(from_text(odd), []);
        }
    }

    #[test]
    fn a_copy_has_no_field_for_a_name() {
        let day = Date::new(2026, 12, 5).unwrap();
        let copy = Copy {
            access: Access {
                id: "r1".into(),
                token: "t1".into(),
            },
            reference: "KTMWRB".into(),
            date: day,
            time: LocalTime::new(19, 0).unwrap(),
            pending: false,
            trial: false,
            kept_on: day,
        };
        let value = json::read(&to_text(&[copy])).unwrap();
        let fields: Vec<_> = value[0].as_object().unwrap().keys().cloned().collect();
        let mut fields: Vec<_> = fields.iter().map(String::as_str).collect();
        fields.sort_unstable();
        let agreed = [
            "date",
            "id",
            "keptOn",
            "pending",
            "reference",
            "time",
            "token",
            "trial",
        ];
        assert_eq!(fields, agreed);
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(copies in copies()) {
            prop_assert_eq!(from_text(&to_text(&copies)), copies);
        }

        #[test]
        fn what_cannot_be_read_does_no_harm(text in "(?s).{0,200}") {
            let _ = from_text(&text);
        }
    }
}
