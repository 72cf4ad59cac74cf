//! How booking is doing, for whoever runs the site. Everything that can be said stands in the page, hidden
//! (`pages/publication/status.rs`); here is decided what holds.

pub mod door;

use booking::venue::Capabilities;
use booking::{Failure, Venue};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::part::Part;
use crate::i18n::Locale;
use crate::pages::fragment::{Fragment, fragment_page};
use crate::platform::following::follow;
use crate::platform::standing::Piece;
use crate::platform::{clock, form, intl};
use crate::reservations::{Checked, Config, Heard, check};

const AGAIN: &str = "status-again";
/// Where the house is, for as long as the venue's own zone is not known.
const HOME: &str = "America/Bogota";
/// Up to here two clocks agree: answers take their time and tell whole seconds.
const EVEN_MS: i64 = 5_000;
/// The fields of `config.json` that have an explanation of their own.
const FIELDS: [&str; 16] = [
    "provider",
    "baseUrl",
    "venueId",
    "optionId",
    "options",
    "unitId",
    "eventTypeId",
    "partyField",
    "partyMin",
    "partyMax",
    "timeZone",
    "sendsEmail",
    "mode",
    "version",
    "key",
    "reservations",
];

/// The page, which asks as soon as it is there.
pub fn status_page(fragment: Fragment, locale: Locale) -> Part {
    let asking = Asking {
        shown: StoredValue::default(),
        under_way: StoredValue::new(false),
        locale,
    };
    follow(move || asking.ask());
    form::listen(AGAIN, move |_| asking.ask());
    fragment_page(fragment)
}

#[derive(Clone, Copy)]
struct Asking {
    /// What is on show of what was told last.
    shown: StoredValue<Vec<String>>,
    under_way: StoredValue<bool>,
    locale: Locale,
}

impl Asking {
    fn ask(self) {
        if self.under_way.get_value() {
            return;
        }
        self.under_way.set_value(true);
        self.show(vec!["asking".to_owned(), "again".to_owned()]);
        spawn_local(async move {
            let began_ms = clock::now_ms();
            let checked = check(clock::today_in(HOME)).await;
            let told = Told::of(&checked, [began_ms, clock::now_ms()], self.locale);
            // The page may have been left meanwhile.
            if self.under_way.try_set_value(false).is_none() {
                for (name, text) in &told.written {
                    with_piece(name, |piece| piece.say(text));
                }
                self.show(told.shown);
            }
        });
    }

    fn show(self, shown: Vec<String>) {
        with_piece("waiting", |piece| piece.show(false));
        let before = self.shown.get_value();
        for name in before.iter().filter(|name| !shown.contains(name)) {
            with_piece(name, |piece| piece.show(false));
        }
        for name in &shown {
            with_piece(name, |piece| piece.show(true));
        }
        self.shown.set_value(shown);
    }
}

fn with_piece(name: &str, change: impl Fn(&Piece)) {
    if let Some(piece) = Piece::find(&["status-", name].concat()) {
        change(&piece);
    }
}

/// What the page says: the pieces that are shown, and what is written into which.
#[derive(Debug, Default)]
pub struct Told {
    /// Names of pieces, without what all of them begin with.
    pub shown: Vec<String>,
    /// Names of pieces with their texts.
    pub written: Vec<(&'static str, String)>,
}

impl Told {
    /// What there is to say of what was asked between two moments of the visitor's clock.
    pub fn of(checked: &Checked, [began_ms, ended_ms]: [i64; 2], locale: Locale) -> Self {
        let mut told = Self::default();
        told.show("again");
        told.show("asked");
        let zone = match &checked.came {
            Ok(venue) => venue.time_zone.as_str(),
            Err(_) => HOME,
        };
        let now = intl::time_in(ended_ms, zone, locale);
        let home = intl::time_in(ended_ms, HOME, locale);
        told.write("time", now.clone().or(home).unwrap_or_default());
        let zone_of_time = if now.is_some() { zone } else { HOME };
        told.write("clock-zone", zone_of_time.to_owned());
        told.write("took", (ended_ms - began_ms).to_string());
        if let Some(config) = &checked.config {
            told.config(config);
            told.clock(checked.heard, began_ms.midpoint(ended_ms));
        }
        match &checked.came {
            Ok(venue) => {
                told.show("well");
                told.venue(venue, now, locale);
                told.nights(checked, locale);
            }
            Err(why) => told.failure(why, checked),
        }
        told
    }

    fn show(&mut self, name: &str) {
        self.shown.push(name.to_owned());
    }

    fn write(&mut self, name: &'static str, text: String) {
        self.written.push((name, text));
    }

    fn config(&mut self, config: &Config) {
        self.show("source");
        self.show(&["is-", &config.provider].concat());
        self.show(&["keeps-", &config.provider].concat());
        self.write("kind", config.provider.clone());
        self.write("base", config.base_url.clone());
        self.write("id", config.venue_id.clone());
        self.write("name", String::new());
    }

    /// How the visitor's clock goes, by the server's.
    fn clock(&mut self, heard: Heard, now_ms: i64) {
        if heard.status.is_none() {
            return;
        }
        self.show("clock");
        let Some(server_ms) = heard.server_ms else {
            return self.show("no-clock");
        };
        // It tells the second that was going on.
        let ahead = now_ms.saturating_sub(server_ms).saturating_sub(500);
        let off = ahead.saturating_abs();
        let by = length(off);
        if off <= EVEN_MS {
            self.show("even");
        } else if ahead > 0 {
            self.show("ahead");
            self.write("ahead-by", by);
        } else {
            self.show("behind");
            self.write("behind-by", by);
        }
    }

    fn venue(&mut self, venue: &Venue, now: Option<String>, locale: Locale) {
        self.write("name", locale.pick(&venue.name).to_owned());
        for name in ["venue", "mode-row", "there-row"] {
            self.show(name);
        }
        self.show(if venue.trial { "trial" } else { "live" });
        if let Some(now) = now {
            self.show("zone");
            self.write("there", now);
            self.write("zone-name", venue.time_zone.clone());
        } else {
            self.show("no-zone");
            self.write("no-zone-name", venue.time_zone.clone());
        }
        for (name, can) in abilities(venue.capabilities) {
            let answer = if can { "can-" } else { "not-" };
            self.show(&[answer, name].concat());
        }
    }

    /// What else was asked: the first night that is free, and who the supplier is.
    fn nights(&mut self, checked: &Checked, locale: Locale) {
        self.show("nights");
        match checked.first_free {
            Some(date) => {
                self.show("free");
                self.write("first", intl::date(date, intl::DateStyle::Full, locale));
            }
            None => self.show("no-nights"),
        }
        let Some(supplier) = &checked.supplier else {
            return;
        };
        self.show("supplier");
        match supplier {
            Ok(said) => {
                self.show("who");
                self.write("who", said.clone());
            }
            Err(_) => self.show("no-who"),
        }
    }

    fn failure(&mut self, why: &Failure, checked: &Checked) {
        self.show(match why {
            Failure::Unreachable if checked.config.is_none() => "missing",
            Failure::Unreachable => "unreachable",
            Failure::Down => "down",
            Failure::Busy { .. } => "busy",
            Failure::Malformed(_) => "malformed",
            Failure::Misconfigured(words) => about(words),
            _ => "refused",
        });
        let words = match why {
            Failure::Misconfigured(words) | Failure::Malformed(words) => words.as_str(),
            _ => "",
        };
        let status = checked.heard.status;
        let status = status.map(|status| ["HTTP ", &status.to_string()].concat());
        let detail = [words, &status.unwrap_or_default()].join(" · ");
        let detail = detail.trim_matches([' ', '·']);
        if !detail.is_empty() {
            self.show("detail");
            self.write("words", detail.to_owned());
        }
    }
}

fn abilities(can: Capabilities) -> [(&'static str, bool); 8] {
    [
        ("holds", can.holds),
        ("modify", can.modify),
        ("erase", can.erase),
        ("preorder", can.preorder),
        ("areas", can.areas),
        ("waitlist", can.waitlist),
        ("later", can.async_confirmation),
        ("messages", can.messages),
    ]
}

/// What is explained of a mistake in `config.json`: the field it begins with, or the file as a whole; what
/// is none of the file's is between it and the API.
fn about(words: &str) -> &'static str {
    let Some(rest) = words.strip_prefix("config.json: ") else {
        return "refused";
    };
    let field = rest.split(' ').next().unwrap_or_default();
    FIELDS
        .into_iter()
        .find(|known| *known == field)
        .unwrap_or("file")
}

/// A length of time, as short as it may be said.
fn length(ms: i64) -> String {
    let seconds = ms / 1_000;
    let (number, unit) = match seconds {
        0..120 => (seconds, " s"),
        120..7_200 => (seconds / 60, " min"),
        _ => (seconds / 3_600, " h"),
    };
    [&number.to_string(), unit].concat()
}
