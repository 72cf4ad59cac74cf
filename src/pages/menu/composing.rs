//! The composed table on the menu's page: a place for each guest, the sum in sight, the way into the
//! booking. What the table is, the session knows; what it costs and contradicts, the menu.

pub mod door;

use std::sync::Arc;

use booking::{Plan, Step};
use leptos::prelude::*;

use crate::components::button::button;
use crate::components::element::element;
use crate::components::part::Part;
use crate::components::places::{Laid, places};
use crate::i18n::{Locale, fill, pesos};
use crate::menu::table::MOST_GUESTS;
use crate::menu::{Carte, Table};
use crate::platform::following::follow;
use crate::platform::location::Location;
use crate::platform::{page, parts, share, standing};
use crate::routes::Route;

/// A table somebody is composing.
#[derive(Clone)]
struct Composing {
    laid: Laid,
    locale: Locale,
    /// What has become of copying the link.
    copied: RwSignal<String>,
}

/// Shows the table in the page and follows its address, for as long as the current owner lives.
pub fn start(carte: Arc<Carte>, plan: Signal<Plan>, change: Callback<Plan>, locale: Locale) {
    let Some(location) = use_context::<Location>() else {
        return;
    };
    follow_address(location, carte.clone(), plan, change);
    let table = {
        let carte = carte.clone();
        Signal::derive(move || plan.with(|plan| Table::from_plan(plan, &carte)))
    };
    let changed = {
        let carte = carte.clone();
        Callback::new(move |table: Table| {
            change.run(table.to_plan(&carte));
            let query = location.place().with_untracked(|place| place.query.clone());
            location.rewrite(&query, &table.to_fragment(&carte, locale), true);
        })
    };
    let composing = Composing {
        laid: Laid {
            carte,
            table,
            changed,
        },
        locale,
        copied: RwSignal::new(String::new()),
    };
    let bar = composing.clone();
    standing::mount("table-place", move || section(composing));
    let foot = move || standing::mount("table-bar", move || foot(bar));
    parts::with("table", Box::new(foot));
}

/// A table in the address takes the place of the one composed before; what the guests cannot eat is in
/// no address and stays.
fn follow_address(
    location: Location,
    carte: Arc<Carte>,
    plan: Signal<Plan>,
    change: Callback<Plan>,
) {
    let place = location.place();
    follow(move || {
        let told = place.with(|place| Table::from_fragment(&place.fragment, &carte));
        let Some(mut table) = told else {
            return;
        };
        let before = plan.with_untracked(|plan| Table::from_plan(plan, &carte));
        for (guest, old) in before.guests().iter().enumerate() {
            table.need(guest, old.needs);
            table.note(guest, old.note.clone());
        }
        if table != before {
            change.run(table.to_plan(&carte));
        }
    });
}

impl Composing {
    fn sum(&self) -> String {
        let sum = self.laid.table.with(|table| table.sum(&self.laid.carte));
        pesos(sum, self.locale)
    }

    fn guests(&self) -> usize {
        self.laid.table.with(|table| table.guests().len())
    }

    /// Whether anything was chosen.
    fn begun(&self) -> bool {
        let fresh = Table::new(&self.laid.carte, 1);
        self.laid.table.with(|table| *table != fresh)
    }

    /// The party is as large as the table.
    fn way_to_booking(&self) -> String {
        let party = match self.locale {
            Locale::Es => "?personas=",
            Locale::En => "?party=",
        };
        let path = Route::Book(Step::Night).path(self.locale);
        [&path, party, &self.guests().to_string()].concat()
    }

    fn seat(&self, change: impl FnOnce(usize) -> usize) {
        let mut table = self.laid.table.get_untracked();
        table.seat(change(table.guests().len()));
        self.laid.changed.run(table);
    }
}

fn section(composing: Composing) -> Part {
    let words = &composing.laid.carte.words;
    let (title, lead) = (words.title.clone(), words.lead.clone());
    let inside = element("div")
        .class("wrap")
        .inner(
            element("h2")
                .with("id", "table")
                .with("tabindex", "-1")
                .text(&title),
        )
        .inner(element("p").class("lead").text(&lead))
        .child(stepper(composing.clone()))
        .child(places(&composing.laid, None))
        .child(bill(composing));
    element("section")
        .class("table-set")
        .with("aria-labelledby", "table")
        .inner(inside)
        .part()
}

/// How many sit there.
fn stepper(composing: Composing) -> Part {
    let words = composing.laid.carte.words.clone();
    let step = |label: String, sign: &'static str, change: fn(usize) -> usize| {
        let composing = composing.clone();
        element("button")
            .with("type", "button")
            .with("aria-label", &label)
            .text(sign)
            .on("click", move |_| composing.seat(change))
    };
    let fewer = step(words.fewer, "−", |guests| guests.saturating_sub(1));
    let more = step(words.more, "+", |guests| (guests + 1).min(MOST_GUESTS));
    let count = element("output").live_text(move || match composing.guests() {
        1 => words.one_seat.clone(),
        guests => fill(&words.more_seats, &[("n", &guests.to_string())]),
    });
    element("div")
        .class("stepper")
        .with("role", "group")
        .with("aria-label", &words.seats)
        .inner(fewer)
        .inner(count)
        .inner(more)
        .part()
}

/// The sum, what nobody promises, and the ways on.
fn bill(composing: Composing) -> Part {
    let carte = composing.laid.carte.clone();
    let words = carte.words.clone();
    let price = pesos(u64::from(carte.price), composing.locale);
    let (sum, made) = (composing.clone(), composing.clone());
    let sum = element("p")
        .class("bill-sum")
        .inner(element("span").text(&words.total))
        .text(" ")
        .inner(element("b").live_text(move || sum.sum()))
        .text(" ")
        .inner(element("span").class("muted").live_text(move || {
            let guests = made.guests().to_string();
            fill(&words.each, &[("n", &guests), ("price", &price)])
        }));
    element("div")
        .class("bill")
        .inner(sum)
        .inner(element("p").class("small muted").text(&carte.price_note))
        .inner(element("p").text(&words.ask))
        .children(ways(composing))
        .part()
}

fn ways(composing: Composing) -> [Part; 2] {
    let words = composing.laid.carte.words.clone();
    let copied = composing.copied;
    let seats = composing.clone();
    let book = element("a")
        .class("button")
        .live("href", move || Some(seats.way_to_booking()))
        .text(&words.book);
    let copy = Callback::new(move |()| {
        let (done, failed) = (words.copied.clone(), words.not_copied.clone());
        copied.set(String::new());
        share::copy_address(move |worked| {
            copied.try_set(if worked { done } else { failed });
        });
    });
    let clear = Callback::new(move |()| {
        let carte = &composing.laid.carte;
        composing.laid.changed.run(Table::new(carte, 1));
    });
    let ways = element("p")
        .class("actions")
        .inner(book)
        .child(button("button button-line", &words.copy, copy))
        .child(button(
            "button button-line",
            &words.print,
            Callback::new(|()| page::print()),
        ))
        .child(button("link-button", &words.clear, clear));
    let said = element("p")
        .class("small")
        .with("role", "status")
        .live_text(move || copied.get());
    [ways.part(), said.part()]
}

/// The bar at the foot of the page: the sum in sight, wherever one reads.
fn foot(composing: Composing) -> Part {
    let words = composing.laid.carte.words.clone();
    let table = composing.clone();
    let over = element("span").class("bar-over").live_text(move || {
        if table.begun() {
            fill(&words.bar_table, &[("n", &table.guests().to_string())])
        } else {
            words.bar_start.clone()
        }
    });
    let now = element("span")
        .class("bar-now")
        .live_text(move || composing.sum());
    let to_table = Callback::new(|()| page::focus_soon("#table"));
    let row = element("div")
        .class("bar-row wrap")
        .inner(
            element("p")
                .class("bar-sum")
                .inner(over)
                .text(" ")
                .inner(now),
        )
        .child(button("button button-deep", &words.bar_go, to_table));
    element("aside")
        .class("bar")
        .with("aria-label", &words.title)
        .inner(row)
        .part()
}
