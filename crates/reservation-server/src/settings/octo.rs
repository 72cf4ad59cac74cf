//! `octo.toml`: what may be asked of a supplier that speaks OCTO, and how it is reached.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use axum::http::Uri;
use serde::Deserialize;

use super::check::{Checked, Outside, outside, within, wrong};
use super::raw;

/// The file an operator starts from.
pub const SAMPLE: &str = include_str!("../../octo.toml");

/// Checked settings of a server in front of a supplier.
#[derive(Clone, Debug)]
pub struct OctoSettings {
    /// Where its API is, as it was written: with a slash at its end, paths of collections have one.
    pub base_url: String,
    /// The product.
    pub product: String,
    /// Its options that can be booked.
    pub options: BTreeSet<String>,
    /// Their units that can be booked.
    pub units: BTreeSet<String>,
    /// Where its key is, if not in the environment.
    pub key_file: Option<PathBuf>,
    /// Minutes a table is kept at most, at a time.
    pub hold_minutes: u32,
    /// How often that can be made longer.
    pub max_extensions: u32,
    /// How long a connection may take to stand.
    pub connect_patience: Duration,
    /// How long an answer may take to be here.
    pub patience: Duration,
    /// The largest answer, in bytes.
    pub largest_answer: usize,
    /// Calls at once.
    pub calls_at_once: u32,
    /// Writing calls a minute from one address.
    pub writes_per_minute: u32,
    /// Reading calls a minute from one address.
    pub reads_per_minute: u32,
    /// Live holds of one client.
    pub holds_per_client: u32,
    /// Who may call, and how.
    pub outside: Outside,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    octo: Octo,
    #[serde(default)]
    http: raw::Http,
    limits: Limits,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Octo {
    base_url: String,
    product: String,
    options: Vec<String>,
    units: Vec<String>,
    key_file: Option<PathBuf>,
    hold_minutes: u32,
    max_extensions: u32,
    connect_seconds: u32,
    answer_seconds: u32,
    answer_kilobytes: u32,
    calls_at_once: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    writes_per_minute: u32,
    reads_per_minute: u32,
    holds_per_client: u32,
}

pub(super) fn check(file: File) -> Checked<OctoSettings> {
    let (octo, limits) = (file.octo, file.limits);
    base_url(&octo.base_url)?;
    id("octo.product", &octo.product)?;
    for (key, value, max) in [
        ("octo.hold_minutes", octo.hold_minutes, 60),
        ("octo.connect_seconds", octo.connect_seconds, 60),
        ("octo.answer_seconds", octo.answer_seconds, 60),
        ("octo.answer_kilobytes", octo.answer_kilobytes, 65_536),
        ("octo.calls_at_once", octo.calls_at_once, 10_000),
        (
            "limits.writes_per_minute",
            limits.writes_per_minute,
            1_000_000,
        ),
        (
            "limits.reads_per_minute",
            limits.reads_per_minute,
            1_000_000,
        ),
        (
            "limits.holds_per_client",
            limits.holds_per_client,
            1_000_000,
        ),
    ] {
        within(key, value, 1, max)?;
    }
    within("octo.max_extensions", octo.max_extensions, 0, 100)?;
    let seconds = |count: u32| Duration::from_secs(count.into());
    Ok(OctoSettings {
        base_url: octo.base_url,
        product: octo.product,
        options: ids("octo.options", octo.options)?,
        units: ids("octo.units", octo.units)?,
        key_file: octo.key_file,
        hold_minutes: octo.hold_minutes,
        max_extensions: octo.max_extensions,
        connect_patience: seconds(octo.connect_seconds),
        patience: seconds(octo.answer_seconds),
        largest_answer: octo.answer_kilobytes as usize * 1024,
        calls_at_once: octo.calls_at_once,
        writes_per_minute: limits.writes_per_minute,
        reads_per_minute: limits.reads_per_minute,
        holds_per_client: limits.holds_per_client,
        outside: outside(file.http)?,
    })
}

/// A key that travels without TLS is everybody's, but on one machine it does not travel.
fn base_url(text: &str) -> Checked<()> {
    let key = "octo.base_url";
    let Some(uri) = text
        .parse::<Uri>()
        .ok()
        .filter(|uri| uri.authority().is_some())
    else {
        return wrong(
            key,
            "must be an address such as \"https://api.example/octo\"",
        );
    };
    let host = uri.host().unwrap_or_default();
    let here = ["localhost", "127.0.0.1", "[::1]"].contains(&host);
    if uri.scheme_str() != Some("https") && !(here && uri.scheme_str() == Some("http")) {
        return wrong(
            key,
            "must begin with https://, because the key travels with every call",
        );
    }
    let user = uri.authority().is_some_and(|it| it.as_str().contains('@'));
    if user || text.contains(['?', '#']) {
        return wrong(
            key,
            "must be an address alone: no user, no query, no fragment",
        );
    }
    Ok(())
}

fn ids(key: &str, raw: Vec<String>) -> Checked<BTreeSet<String>> {
    for one in &raw {
        id(key, one)?;
    }
    if raw.is_empty() {
        return wrong(key, "must name at least one");
    }
    Ok(raw.into_iter().collect())
}

/// The supplier's ids are its own words; one that would lead to another path is none.
fn id(key: &str, value: &str) -> Checked<()> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~:".contains(&byte);
    let dots = value.bytes().all(|byte| byte == b'.');
    if value.len() <= 200 && value.bytes().all(plain) && !dots {
        Ok(())
    } else {
        wrong(
            key,
            "must hold ids: letters, digits, \"-\", \"_\", \".\", \"~\" or \":\"",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Serving, line_at, read_text};
    use super::*;

    fn told(from: &str, to: &str) -> Result<OctoSettings, String> {
        assert!(SAMPLE.contains(from), "{from}");
        match read_text("octo.toml", &SAMPLE.replacen(from, to, 1)) {
            Ok(Serving::Octo(settings)) => Ok(*settings),
            Ok(Serving::House(_)) => Err("a house".to_owned()),
            Err(why) => Err(why),
        }
    }

    #[test]
    fn the_file_to_start_from_is_right() {
        let settings = told("[octo]", "[octo]").unwrap();
        assert_eq!(settings.product, "dinner");
        assert_eq!(settings.patience, Duration::from_secs(10));
        assert_eq!(settings.outside.connections, 512);
        for base in [
            "http://127.0.0.1:9/octo/",
            "http://localhost:9",
            "http://[::1]:9/o",
        ] {
            let settings = told("https://api.example/octo", base).unwrap();
            assert_eq!(settings.base_url, base);
        }
    }

    #[test]
    fn mistakes_are_told_with_line_and_key() {
        let url = "\"https://api.example/octo\"";
        for (from, to, key) in [
            (url, "\"http://api.example/octo\"", "octo.base_url"),
            (url, "\"http://127.0.0.1.example/octo\"", "octo.base_url"),
            (url, "\"https://me:pw@api.example/\"", "octo.base_url"),
            (url, "\"https://api.example/?key=1\"", "octo.base_url"),
            (url, "\"/octo\"", "octo.base_url"),
            ("\"dinner\"", "\"../suppliers\"", "octo.product"),
            ("\"dinner\"", "\"..\"", "octo.product"),
            ("[\"evening\"]", "[]", "octo.options"),
            ("units = [\"adult\"]", "units = [\"a/b\"]", "octo.units"),
            ("hold_minutes = 10", "hold_minutes = 0", "octo.hold_minutes"),
            ("answer_seconds = 10", "answer_secnds = 10", "answer_secnds"),
            ("calls_at_once = 32", "api_key = \"x\"", "api_key"),
            (
                "reads_per_minute = 300",
                "reads_per_minute = 0",
                "limits.reads_per_minute",
            ),
            (
                "allowed_origins = []",
                "allowed_origins = [\"x\"]",
                "http.allowed_origins",
            ),
        ] {
            let message = told(from, to).unwrap_err();
            assert!(message.contains(key), "{message}");
            let line = line_at(SAMPLE, SAMPLE.find(from).unwrap());
            assert!(message.contains(&format!("line {line}:")), "{message}");
        }
    }

    #[test]
    fn seatings_have_no_place_in_it() {
        let message = told("[http]", "[venue]\nid = \"x\"\n[http]").unwrap_err();
        assert!(message.contains("unknown field `venue`"), "{message}");
    }
}
