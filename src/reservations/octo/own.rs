//! What `config.json` says of a product: which of its options can be booked here, and which part of the
//! house each of them is.

use booking::Failure;
use booking::venue::Text;

use super::super::config::{Config, wrong};
use super::super::json::{both, text};

/// The name of a booking has one digit for its option.
const MOST: usize = 16;

/// An option, as the file names it.
#[derive(Debug)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// The unit everybody has there, where guests are not to be asked for theirs.
    pub unit: Option<String>,
    /// The part of the house that it is.
    pub area: Option<Text>,
}

/// The file's own words.
#[derive(Debug)]
pub struct Own {
    /// Those that can be booked; none where the product has to say it.
    pub options: Vec<Named>,
    /// Whether they stand in the list, and not alone.
    pub several: bool,
    /// The unit everybody has, where the option does not name one.
    pub unit: Option<String>,
    /// Whether the supplier writes to guests.
    pub emails: bool,
}

/// Reads them.
pub fn own(config: &Config) -> Result<Own, Failure> {
    let emails = config.own("sendsEmail").map(|value| {
        let said = value.as_bool();
        said.ok_or_else(|| wrong(&["sendsEmail is neither true nor false"]))
    });
    let single = config.told("optionId")?;
    let several = config.own("options").is_some();
    let options = match (config.own("options"), single) {
        (None, None) => Vec::new(),
        (None, Some(id)) => vec![Named {
            id,
            unit: None,
            area: None,
        }],
        (Some(_), Some(_)) => {
            return Err(wrong(&["options and optionId are both there: one will do"]));
        }
        (Some(list), None) => named(list.as_array().map_or(&[], Vec::as_slice))?,
    };
    Ok(Own {
        options,
        several,
        unit: config.told("unitId")?,
        emails: emails.transpose()?.unwrap_or(false),
    })
}

fn named(list: &[serde_json::Value]) -> Result<Vec<Named>, Failure> {
    let mut options: Vec<Named> = Vec::new();
    for item in list {
        let id = item.as_str().or_else(|| text(item, "id").ok());
        let Some(id) = id.filter(|id| !id.is_empty()) else {
            return Err(wrong(&["options has one without an id"]));
        };
        if options.iter().any(|known| known.id == id) {
            return Err(wrong(&["options names ", id, " twice"]));
        }
        let part = |name: &str| {
            let said = both(item, name).filter(|said| !said.es.is_empty() && !said.en.is_empty());
            if said.is_none() && item.get(name).is_some() {
                return Err(wrong(&["options has no text as ", name, " of ", id]));
            }
            Ok(said)
        };
        options.push(Named {
            id: id.to_owned(),
            unit: part("unit")?.map(|unit| unit.es),
            area: part("area")?,
        });
    }
    let areas = options.iter().filter(|option| option.area.is_some());
    let areas = areas.count();
    if options.is_empty() || options.len() > MOST {
        return Err(wrong(&["options is no list of one to 16 options"]));
    }
    if areas > 0 && areas < options.len() {
        return Err(wrong(&["options has some with an area and some without"]));
    }
    Ok(options)
}
