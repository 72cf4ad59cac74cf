//! "My booking" without a link: the copies kept on this device, what is needed otherwise, and whom to ask.

use std::sync::Arc;

use booking::Step;
use leptos::prelude::*;

use crate::booking::kept::{self, Copy};
use crate::booking::steps::keep::manage_path;
use crate::components::button::button;
use crate::components::element::{Element, element};
use crate::components::part::{IntoPart, Part, live};
use crate::i18n::{Locale, fill, sentence};
use crate::platform::{intl, page};
use crate::routes::Route;

/// Takes the copy of a reservation away.
pub type Drop = Arc<dyn Fn(&str) + Send + Sync>;

/// The copies on this device, what is needed otherwise, and what can be done where it is lost.
pub fn without_link(lost: Element, locale: Locale) -> Part {
    let copies = RwSignal::new(kept::text());
    let dropped = RwSignal::new(false);
    let words = &locale.messages().manage;
    let drop_copy: Drop = Arc::new(move |id: &str| {
        kept::drop_copy(id);
        copies.set(kept::text());
        dropped.set(true);
        page::focus_soon("#kept");
    });
    let said = element("p")
        .with("id", "kept")
        .with("role", "status")
        .with("tabindex", "-1")
        .live_text(move || if dropped.get() { words.dropped } else { "" }.to_owned());
    // The link that is needed gives way to the copies that carry it.
    let first = live(move || match &kept::from_text(&copies.get())[..] {
        [] => needed(locale).part(),
        copies => list(copies, &drop_copy, locale),
    });
    let second = live(move || {
        let kept = !kept::from_text(&copies.get()).is_empty();
        kept.then(|| needed(locale)).part()
    });
    [
        element("div").class("flow").child(first).inner(said).part(),
        element("div")
            .class("flow")
            .child(second)
            .inner(lost)
            .inner(not_yet(locale))
            .part(),
    ]
    .part()
}

/// The copies, each with the way to open it and the way to be rid of it.
pub fn list(copies: &[Copy], drop_copy: &Drop, locale: Locale) -> Part {
    let words = &locale.messages().manage;
    let rows = copies
        .iter()
        .map(|copy| row(copy, drop_copy, locale).part());
    element("section")
        .class("flow")
        .inner(element("h2").text(words.copies_title))
        .inner(element("p").text(words.copies_text))
        .inner(element("ul").class("rows kept").children(rows))
        .part()
}

fn row(copy: &Copy, drop_copy: &Drop, locale: Locale) -> Element {
    let words = &locale.messages().manage;
    let date = |date, style| intl::date(date, style, locale);
    let state = match (copy.trial, copy.pending) {
        (true, _) => words.copy_trial,
        (_, true) => words.copy_pending,
        _ => words.copy_confirmed,
    };
    let state = fill(
        state,
        &[("date", &date(copy.kept_on, intl::DateStyle::Day))],
    );
    let when = date(copy.date, intl::DateStyle::Full);
    let when = [&sentence(&when), ", ", &copy.time.to_string()].concat();
    let named = |message| fill(message, &[("reference", &copy.reference)]);
    let path = manage_path(&copy.access.id, &copy.access.token, locale);
    let open = element("a")
        .class("go")
        .with("href", &path)
        .text(&named(words.open_copy));
    let (id, drop_copy) = (copy.access.id.clone(), drop_copy.clone());
    let away = Callback::new(move |()| drop_copy(&id));
    element("li")
        .inner(element("strong").class("kept-when").text(&when))
        .inner(element("p").class("muted").text(&state))
        .inner(element("p").class("actions").inner(open).child(button(
            "link-button",
            &named(words.drop_copy),
            away,
        )))
}

/// What a visitor without JavaScript reads: what is needed, and why it cannot be opened here. As on the
/// pages of the wizard, the app carries nothing of it.
pub fn without_script(locale: Locale) -> Element {
    #[cfg(feature = "ssr")]
    let html = served(locale).part().to_html();
    #[cfg(not(feature = "ssr"))]
    let html = {
        let _ = locale;
        String::new()
    };
    element("noscript").html(html)
}

#[cfg(feature = "ssr")]
fn served(locale: Locale) -> Element {
    use crate::components::contact::contact;
    use crate::content::Site;

    let words = &locale.messages().manage;
    let site = use_context::<Site>().unwrap_or_default();
    let why = element("p")
        .class("notice notice-warn")
        .text(words.noscript);
    let lost = element("section")
        .class("flow")
        .inner(element("h2").text(words.lost_title))
        .child(contact(locale, &site));
    element("div")
        .class("wrap split section")
        .inner(needed(locale).inner(why))
        .inner(
            element("div")
                .class("flow")
                .inner(lost)
                .inner(not_yet(locale)),
        )
}

/// What is needed to open a reservation, and where it may be.
fn needed(locale: Locale) -> Element {
    let words = &locale.messages().manage;
    let places = [words.link_last, words.link_mail, words.link_copied];
    let places = places.map(|place| element("li").text(place).part());
    element("section")
        .class("flow")
        .inner(element("h2").text(words.no_link_title))
        .inner(element("p").text(words.no_link))
        .inner(element("ul").class("rows").children(places))
}

/// The way to book.
fn not_yet(locale: Locale) -> Element {
    let words = locale.messages();
    let book = element("a")
        .class("button button-line")
        .with("href", &Route::Book(Step::Party).path(locale))
        .text(words.nav.book);
    element("section")
        .class("flow")
        .inner(element("h3").text(words.manage.book_title))
        .inner(element("p").inner(book))
}
