//! The filter at work: what the form or the address asks, the dishes show.

pub mod door;

use std::sync::Arc;

use leptos::prelude::*;

use super::shelf::Shelf;
use crate::i18n::{Locale, fill};
use crate::menu::{Carte, Filter, Group, Table};
use crate::platform::clock;
use crate::platform::following::follow;
use crate::platform::form::{self, Deed};
use crate::platform::location::Location;
use crate::platform::standing::Piece;

const FORM: &str = "filter";

/// How long typing rests before it is written into the address and said aloud, in milliseconds.
const REST: u32 = 400;

/// The filter of a page.
#[derive(Clone, Copy)]
struct Filtering {
    locale: Locale,
    location: Location,
    carte: StoredValue<Arc<Carte>>,
    shelf: StoredValue<Shelf, LocalStorage>,
    filter: StoredValue<Filter>,
    /// How many dishes that leaves, in words.
    said: StoredValue<(String, String)>,
    /// Counts what was done, so that only the last of several deeds is written down.
    deeds: StoredValue<u32>,
    /// Whether Back leads from this entry of the history to the menu without a filter.
    pushed: StoredValue<bool>,
}

/// Brings the filter of the page to life, for as long as the current owner lives.
pub fn start(carte: Arc<Carte>, locale: Locale) {
    let Some(location) = use_context::<Location>() else {
        return;
    };
    let filtering = Filtering {
        locale,
        location,
        shelf: StoredValue::new_local(Shelf::of(&carte)),
        carte: StoredValue::new(carte),
        filter: StoredValue::new(Filter::default()),
        said: StoredValue::default(),
        deeds: StoredValue::new(0),
        pushed: StoredValue::new(false),
    };
    filtering.begin();
    form::listen(FORM, move |deed| filtering.done(deed));
    let place = location.place();
    follow(move || {
        let asked = place.with(|place| Filter::from_query(&place.query));
        untrack(|| filtering.follow(asked));
    });
}

impl Filtering {
    /// What was ticked before the app came counts, beside what the address asks.
    fn begin(self) {
        let ticked = Filter::from_fields(form::read(FORM));
        if ticked.is_empty() {
            return;
        }
        let asked = self
            .location
            .place()
            .with_untracked(|place| Filter::from_query(&place.query));
        self.set(asked.and(ticked));
        self.write_down();
    }

    /// Takes what the address asks: Back, Forward, a link.
    fn follow(self, asked: Filter) {
        if self.filter.with_value(|filter| *filter == asked) {
            return;
        }
        self.pushed.set_value(false);
        form::fill(FORM, |name, value| asked.ticks(name, value), &asked.search);
        self.set(asked);
    }

    fn done(self, deed: Deed) {
        let asked = match deed {
            // The fields are emptied only after this has been told.
            Deed::Cleared => Filter::default(),
            Deed::Typed | Deed::Chosen | Deed::Sent => Filter::from_fields(form::read(FORM)),
        };
        self.set(asked);
        let deed = self.deeds.try_update_value(|deeds| {
            *deeds += 1;
            *deeds
        });
        clock::after(REST, move || {
            if self.deeds.try_get_value() == deed {
                self.write_down();
                self.say();
            }
        });
    }

    fn set(self, filter: Filter) {
        let groups = self.carte.with_value(|carte| filter.groups(&carte.dishes));
        self.shelf.update_value(|shelf| shelf.arrange(&groups));
        let shown = |id: &str, shown: bool| {
            if let Some(piece) = Piece::find(id) {
                piece.show(shown);
            }
        };
        shown("filter-clear", !filter.is_empty());
        shown(
            "filter-none",
            groups.iter().all(|group| *group == Group::Hidden),
        );
        shown("filter-ask", groups.contains(&Group::Ask));
        let said = self.carte.with_value(|carte| counted(carte, &groups));
        if let Some(count) = Piece::find("filter-count") {
            count.say(&said.0);
        }
        self.filter.set_value(filter);
        self.said.set_value(said);
    }

    /// The address follows. The first filter is an entry of its own in the history, so that Back takes
    /// it off; the next ones take its place, so that Back need not be pressed for each.
    fn write_down(self) {
        let query = self
            .filter
            .with_value(|filter| filter.to_query(self.locale));
        let (now, fragment) = self
            .location
            .place()
            .with_untracked(|place| (place.query.clone(), place.fragment.clone()));
        if Filter::from_query(&now) == Filter::from_query(&query) {
            return;
        }
        // The name of a course in the address would lead there again.
        let table = self
            .carte
            .with_value(|carte| Table::from_fragment(&fragment, carte));
        let fragment = table.map_or("", |_| fragment.as_str());
        let replace = self.pushed.get_value() || query.is_empty();
        self.pushed.set_value(true);
        self.location.rewrite(&query, fragment, replace);
    }

    fn say(self) {
        let (count, last) = self.said.get_value();
        if let Some(said) = Piece::find("filter-said") {
            said.say([count, last].join(". ").trim_end_matches([' ', '.']));
        }
    }
}

/// How many dishes are shown, and how many of them stand last, in words.
fn counted(carte: &Carte, groups: &[Group]) -> (String, String) {
    let words = &carte.words;
    let all = groups.len();
    let shown = groups
        .iter()
        .filter(|group| **group != Group::Hidden)
        .count();
    let message = match shown {
        0 => &words.no_dish,
        shown if shown == all => &words.all_dishes,
        1 => &words.one_dish,
        _ => &words.some_dishes,
    };
    let number = shown.to_string();
    let count = fill(message, &[("n", &number), ("all", &all.to_string())]);
    let last = groups
        .iter()
        .filter(|group| **group == Group::MayContain)
        .count();
    let last = match last {
        0 => String::new(),
        1 => words.last_one.clone(),
        last => fill(&words.last_ones, &[("n", &last.to_string())]),
    };
    (count, last)
}
