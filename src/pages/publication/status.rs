//! How booking is doing: everything that could be said of it stands in the page, hidden. The app asks, and
//! shows what holds (`pages/status.rs`), so neither the words nor the views are in the WebAssembly.

use leptos::prelude::*;

use super::sheet::Sheet;
use super::{Draft, prose};
use crate::content::library::escape;
use crate::i18n::fill;

/// What a system can do, in the order it is told.
const ABILITIES: [&str; 8] = [
    "holds", "modify", "erase", "preorder", "areas", "waitlist", "later", "messages",
];

pub(super) fn page(sheet: &mut Sheet<'_>) -> Draft {
    let words = &sheet.edition.words.status;
    let (head, _) = prose::head(sheet, &words.title, &words.description, "");
    let view = view! {
        {head}
        {now(sheet)}
        <div id="status-source" hidden>{source(sheet)}</div>
        <div id="status-venue" hidden>{abilities(sheet)} {promises(sheet)}</div>
    };
    Draft {
        name: words.title.clone(),
        description: words.description.clone(),
        view: view.into_any(),
        json_ld: Vec::new(),
        updated: None,
    }
}

fn id(name: &str) -> String {
    ["status-", name].concat()
}

/// A text whose placeholders the app fills, as HTML.
fn filled(text: &str, names: &[(&str, &str)]) -> String {
    let places: Vec<_> = names
        .iter()
        .map(|(name, place)| (*name, format!("<span id=\"{}\"></span>", id(place))))
        .collect();
    let places: Vec<_> = places
        .iter()
        .map(|(name, place)| (*name, place.as_str()))
        .collect();
    fill(&escape(text), &places)
}

/// Words that are shown if they hold.
fn perhaps(name: &str, text: &str, names: &[(&str, &str)]) -> AnyView {
    view! { <span id=id(name) hidden inner_html=filled(text, names)></span> }.into_any()
}

/// Words that the app writes.
fn told(name: &str) -> AnyView {
    view! { <code id=id(name)></code> }.into_any()
}

fn row(name: &str, value: AnyView) -> AnyView {
    view! {
        <div>
            <dt>{name.to_owned()}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

/// A row that is shown if it holds.
fn perhaps_row(name: &str, title: &str, values: Vec<AnyView>) -> AnyView {
    view! {
        <div id=id(name) hidden>
            <dt>{title.to_owned()}</dt>
            <dd>{values}</dd>
        </div>
    }
    .into_any()
}

fn chapter(name: &str, title: &str, body: AnyView) -> AnyView {
    let head = view! { <h2 id=id(name)>{title.to_owned()}</h2> };
    prose::between_rules(id(name), head.into_any(), body)
}

/// What came of asking, and asking again.
fn now(sheet: &Sheet<'_>) -> AnyView {
    let words = &sheet.edition.words.status;
    let said: Vec<_> = words
        .says
        .iter()
        .map(|(name, said)| {
            let class = if name == "well" {
                "notice notice-ok"
            } else {
                "notice notice-error"
            };
            view! {
                <div id=id(name) class=class hidden>
                    <h3 class="notice-title">{said.title.clone()}</h3>
                    <p>{said.text.clone()}</p>
                </div>
            }
        })
        .collect();
    let asked = filled(
        &words.asked,
        &[("time", "time"), ("zone", "clock-zone"), ("ms", "took")],
    );
    let body = view! {
        <div class="flow">
            <p id="status-waiting">{words.waiting.clone()}</p>
            <div class="flow" role="status">
                <p id="status-asking" hidden>
                    <strong>{words.asking.clone()}</strong>
                </p>
                {said}
                <p id="status-detail" hidden>{words.detail.clone()} " " {told("words")}</p>
            </div>
            <p id="status-asked" class="small muted" hidden inner_html=asked></p>
            <form id="status-again" hidden>
                <button class="button button-line">{words.again.clone()}</button>
            </form>
        </div>
    };
    chapter("now", &words.now, body.into_any())
}

/// What `config.json` and the venue say of themselves.
fn source(sheet: &Sheet<'_>) -> AnyView {
    let words = &sheet.edition.words.status;
    let kinds = [
        ("native", &words.native),
        ("octo", &words.octo),
        ("calcom", &words.calcom),
    ]
    .map(|(name, text)| perhaps(&["is-", name].concat(), text, &[]));
    let provider = view! { {kinds.into_iter().collect_view()} " " {told("kind")} };
    let venue = view! { <span id="status-name"></span> " " {told("id")} };
    let mode = [("live", &words.live), ("trial", &words.trial)]
        .map(|(name, text)| perhaps(name, text, &[]));
    let there = [
        perhaps(
            "zone",
            &words.zone,
            &[("time", "there"), ("zone", "zone-name")],
        ),
        perhaps("no-zone", &words.no_zone, &[("zone", "no-zone-name")]),
    ];
    let supplier = [
        view! { <span id="status-who" hidden></span> }.into_any(),
        perhaps("no-who", &words.no_who, &[]),
    ];
    let nights = [
        perhaps("free", &words.free, &[("date", "first")]),
        perhaps("no-nights", &words.no_nights, &[]),
    ];
    let clock = [
        perhaps("even", &words.even, &[]),
        perhaps("ahead", &words.ahead, &[("by", "ahead-by")]),
        perhaps("behind", &words.behind, &[("by", "behind-by")]),
        perhaps("no-clock", &words.no_clock, &[]),
    ];
    let rows = view! {
        <dl class="rows">
            {row(&words.provider, provider.into_any())} {row(&words.address, told("base"))}
            {row(&words.venue, venue.into_any())}
            {perhaps_row("supplier", &words.supplier, supplier.into())}
            {perhaps_row("nights", &words.nights, nights.into())}
            {perhaps_row("mode-row", &words.mode, mode.into())}
            {perhaps_row("there-row", &words.there, there.into())}
            {perhaps_row("clock", &words.clock, clock.into())}
        </dl>
    };
    chapter("source-title", &words.source, rows.into_any())
}

/// Yes or no, for each thing a system may be able to do.
fn abilities(sheet: &Sheet<'_>) -> AnyView {
    let words = &sheet.edition.words.status;
    let rows: Vec<_> = ABILITIES
        .iter()
        .map(|name| {
            let answers = [("can-", &words.yes), ("not-", &words.no)]
                .map(|(answer, text)| perhaps(&[answer, name].concat(), text, &[]));
            let name = words.can.get(*name).cloned().unwrap_or_default();
            row(&name, answers.into_iter().collect_view().into_any())
        })
        .collect();
    let rows = view! { <dl class="rows">{rows}</dl> };
    chapter("abilities", &words.abilities, rows.into_any())
}

/// What each kind of system guarantees; only its own is shown.
fn promises(sheet: &Sheet<'_>) -> AnyView {
    let words = &sheet.edition.words.status;
    let lists: Vec<_> = words
        .keeps
        .iter()
        .map(|(kind, keeps)| {
            let keeps: Vec<_> = keeps
                .iter()
                .map(|text| view! { <li>{text.clone()}</li> })
                .collect();
            view! { <ul id=id(&["keeps-", kind].concat()) class="rows" hidden>{keeps}</ul> }
        })
        .collect();
    let body = view! { <div>{lists}</div> };
    chapter("promises", &words.promises, body.into_any())
}
