//! What `config.json` says for this API alone, which tells a browser nothing of itself.

use booking::Failure;

use super::super::config::{Config, wrong};
use super::super::wall::BOGOTA;

/// The largest party where the file names none.
const PARTY_MAX: u8 = 8;

/// The file's own words.
#[derive(Debug)]
pub struct Own {
    /// Which booking field says how many come.
    pub party_field: String,
    /// How few and how many may come.
    pub party: (u8, u8),
    /// IANA name of the zone on the venue's wall.
    pub zone: String,
}

/// Reads them.
pub fn own(config: &Config) -> Result<Own, Failure> {
    let field = config.told("partyField")?;
    let small = |name: &str, usual| match config.own(name) {
        None => Ok(usual),
        Some(value) => value
            .as_u64()
            .and_then(|number| u8::try_from(number).ok())
            .filter(|number| *number > 0)
            .ok_or_else(|| wrong(&[name, " is no small number"])),
    };
    let party = (small("partyMin", 1)?, small("partyMax", PARTY_MAX)?);
    if party.0 > party.1 {
        return Err(wrong(&["partyMin is more than partyMax"]));
    }
    Ok(Own {
        party_field: field.ok_or_else(|| wrong(&["partyField is missing"]))?,
        party,
        zone: config
            .told("timeZone")?
            .unwrap_or_else(|| BOGOTA.to_owned()),
    })
}
