//! The direction of the house: who may use whom, read from the sources.
//!
//! Crates cannot depend on each other in circles, modules can. This test reads every path in
//! `src/` (in `use`, in code, inside macros) and fails on one that the table does not allow. A
//! new room, or a new arrow, is a decision: it belongs into this table with its reason in
//! DESIGN.md.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "the helpers of a test may end it, as the test itself may"
)]

mod paths;

use std::{fs, path::Path};

use paths::paths_of;

/// A room of the site: the rooms that it may use. Main and the module map use everything.
const ROOMS: [(&str, &str); 12] = [
    ("i18n", ""),
    ("json", "platform"),
    ("routes", "i18n"),
    ("content", "i18n routes json"),
    ("menu", "i18n routes content"),
    ("platform", "i18n"),
    ("reservations", "i18n platform json"),
    ("components", "i18n routes platform content menu"),
    // The session and what it keeps: `src/booking/` without the steps.
    (
        "booking",
        "i18n json routes platform content menu reservations",
    ),
    (
        "booking/steps",
        "i18n routes platform content menu components booking",
    ),
    (
        "pages",
        "i18n json routes platform content menu reservations components booking booking/steps",
    ),
    (
        "app",
        "i18n routes platform content components booking pages",
    ),
];

/// A name: the only rooms that may say it, anywhere in a path. What belongs to the browser goes
/// through `platform`, what belongs to the wire through `reservations`.
const RESERVED: [(&str, &str); 7] = [
    ("web_sys", "platform"),
    ("js_sys", "platform"),
    ("wasm_bindgen", "platform"),
    ("wasm_bindgen_futures", "platform"),
    ("gloo_net", "platform reservations"),
    ("reservation_contract", "reservations"),
    // Only pages and the session load data; a component that does is a defect.
    ("spawn_local", "platform reservations booking pages app"),
];

/// A crate: the names it must not say.
const CRATES: [(&str, &str); 5] = [
    // A pure state machine: a native test runs a million sessions of it.
    (
        "booking",
        "leptos leptos_router interno reservation_contract serde_json web_sys js_sys \
         wasm_bindgen gloo_net tokio SystemTime Instant",
    ),
    // Hundreds of thousands of evenings, all of whose time and chance come from the seed.
    (
        "simulation",
        "leptos leptos_router interno reservation_contract reservation_server web_sys tokio \
         SystemTime rand",
    ),
    (
        "reservation-contract",
        "leptos leptos_router interno booking axum sqlx",
    ),
    (
        "reservation-server",
        "leptos leptos_router interno prerender",
    ),
    ("prerender", "reservation_server"),
];

#[test]
fn every_arrow_of_the_site_points_the_agreed_way() {
    let files = sources(&root().join("src"));
    assert!(
        files.len() > 5,
        "src/ was not found: this test would prove nothing"
    );
    let found: Vec<_> = files
        .iter()
        .flat_map(|(file, source)| faults_of_site(file, source))
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_crate_keeps_to_itself() {
    let mut found = Vec::new();
    for (name, forbidden) in CRATES {
        let files = sources(&root().join("crates").join(name).join("src"));
        assert!(!files.is_empty(), "crates/{name}/src was not found");
        for (file, source) in files {
            found.extend(faults_of_crate(
                &format!("crates/{name}/src/{file}"),
                &source,
                forbidden,
            ));
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_planted_arrow_is_found() {
    for (file, source, named) in [
        (
            "components/card.rs",
            "use crate::pages::menu::MenuPage;",
            "pages",
        ),
        (
            "components/card.rs",
            "use super::super::{i18n::Locale, reservations::{native, config}};",
            "reservations",
        ),
        (
            "components/card.rs",
            "fn f() { leptos::task::spawn_local(async {}); }",
            "spawn_local",
        ),
        (
            "components/card.rs",
            "fn f() -> View { view! { <p>{crate::pages::title()}</p> } }",
            "pages",
        ),
        (
            "menu/filter.rs",
            "mod deep { use super::super::super::components::Card; }",
            "components",
        ),
        (
            "booking/steps/party.rs",
            "use crate::reservations::Client;",
            "reservations",
        ),
        (
            "booking/session.rs",
            "use super::steps::party;",
            "booking/steps",
        ),
        (
            "pages/home.rs",
            "fn f(w: leptos::web_sys::Window) {}",
            "web_sys",
        ),
        (
            "i18n.rs",
            "use crate as site; use crate::routes::Route as R;",
            "routes",
        ),
        ("cellar/wine.rs", "", "no room"),
    ] {
        let found = faults_of_site(file, source);
        assert!(!found.is_empty(), "{file}: {source}");
        assert!(found.iter().all(|fault| fault.contains(named)), "{found:?}");
    }
    let found = faults_of_crate(
        "x",
        "use std::time::{Duration, Instant};",
        "SystemTime Instant",
    );
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn what_only_looks_like_an_arrow_is_not_one() {
    for (file, source) in [
        (
            "components/card.rs",
            "// use crate::pages::X;\nconst S: &str = \"crate::pages\";",
        ),
        (
            "components/card.rs",
            "mod tests { use super::*; } fn pages() { let pages = 1; }",
        ),
        (
            "pages/home.rs",
            "use crate::{booking::session::Session, components::card::Card};",
        ),
        (
            "booking/session.rs",
            "use booking::{Event, Wizard}; use crate::reservations::native;",
        ),
        (
            "main.rs",
            "use interno::app::App; fn main() { wasm_bindgen_futures::spawn_local(f()); }",
        ),
    ] {
        let found = faults_of_site(file, source);
        assert!(found.is_empty(), "{file}: {found:?}");
    }
}

/// Whether a list of the tables names something.
fn names(list: &str, name: &str) -> bool {
    list.split_whitespace().any(|listed| listed == name)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder, with its path from there.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.expect("a folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let source = fs::read_to_string(&path).expect("a source is text");
                let file = path.strip_prefix(folder).expect("it is below");
                files.push((file.to_string_lossy().replace('\\', "/"), source));
            }
        }
    }
    files.sort();
    files
}

fn faults_of_site(file: &str, source: &str) -> Vec<String> {
    let module = module_of(file);
    let Some((own, may_use)) = room_of(&module) else {
        // The entry and the map of the modules name everything and hold nothing.
        let exempt = ["lib.rs", "main.rs"].contains(&file);
        return if exempt {
            Vec::new()
        } else {
            vec![format!("src/{file}: is in no room of the table")]
        };
    };
    let mut faults = Vec::new();
    for path in paths_of(source, &module) {
        let written = path.join("::");
        if path.first().is_some_and(|first| first == "crate") {
            let used = room_of(&path[1..]).map_or("", |(room, _)| room);
            if !used.is_empty() && used != own && !names(may_use, used) {
                faults.push(format!(
                    "src/{file}: {own} must not use {used} (`{written}`)"
                ));
            }
        }
        for (name, owners) in RESERVED {
            if path.iter().any(|segment| segment == name) && !names(owners, own) {
                faults.push(format!(
                    "src/{file}: {own} must not say {name} (`{written}`)"
                ));
            }
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

fn faults_of_crate(file: &str, source: &str, forbidden: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for path in paths_of(source, &[]) {
        if let Some(name) = forbidden
            .split_whitespace()
            .find(|name| path.iter().any(|segment| segment == *name))
        {
            faults.push(format!(
                "{file}: must not say {name} (`{}`)",
                path.join("::")
            ));
        }
    }
    faults
}

/// `booking/steps/party.rs` → booking, steps, party; a `mod.rs` is its folder.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').map(str::to_owned).collect()
}

/// The room a module path is in: the longest name that fits.
fn room_of(module: &[String]) -> Option<(&'static str, &'static str)> {
    let fits = |name: &str| {
        name.split('/')
            .zip(0..)
            .all(|(part, at)| module.get(at).is_some_and(|m| m == part))
    };
    ROOMS
        .into_iter()
        .filter(|(name, _)| fits(name))
        .max_by_key(|(name, _)| name.len())
}
