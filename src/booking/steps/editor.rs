//! The dishes of the party, chosen on the wizard's own page: the places of the composed table.

use std::sync::Arc;

use booking::Event;
use leptos::prelude::*;

use super::super::carte::{Served, use_cartes};
use super::super::session::Session;
use super::parts::plan_lines;
use crate::components::element::element;
use crate::components::part::{IntoPart, Part, live};
use crate::components::places::{Laid, places};
use crate::components::state::loading;
use crate::components::summary::summary_list;
use crate::i18n::Locale;
use crate::menu::{Carte, Table};
use crate::routes::Route;

/// Where the plan is shown, and made.
pub fn editor(session: Session, locale: Locale) -> Part {
    let served = use_cartes().of(locale);
    let shown = live(move || {
        let words = &locale.messages().dishes;
        match served.get() {
            Served::Awaited => loading(words.menu_coming, ""),
            Served::Here(carte) => places(&laid(carte, session), Some(words.note)),
            Served::Missing => planned(session, locale),
        }
    });
    let to_menu = locale.messages().party.menu_link;
    let link = element("a")
        .class("go")
        .with("href", &Route::Menu.path(locale))
        .text(to_menu);
    [shown, element("p").inner(link).part()].part()
}

/// A place for everyone who comes; what was planned for more guests than that stays where it is.
fn laid(carte: Arc<Carte>, session: Session) -> Laid {
    let wizard = session.wizard();
    let plan = Memo::new(move |_| {
        wizard.with(|wizard| {
            let draft = wizard.draft();
            (draft.plan.clone(), draft.party.unwrap_or(1))
        })
    });
    let menu = carte.clone();
    let table = Signal::derive(move || {
        plan.with(|(plan, party)| {
            let mut table = Table::from_plan(plan, &menu);
            table.seat(usize::from(*party));
            table
        })
    });
    let menu = carte.clone();
    let changed = Callback::new(move |table: Table| {
        let mut new = table.to_plan(&menu);
        plan.with_untracked(|(old, _)| {
            let beyond = old.places.iter().skip(new.places.len());
            new.places.extend(beyond.cloned().collect::<Vec<_>>());
        });
        session.dispatch(Event::PlanChanged(new));
    });
    Laid {
        carte,
        table,
        changed,
    }
}

/// Without the menu the plan can be read, and the way on is open.
fn planned(session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    live(move || {
        let words = locale.messages();
        let lines = plan_lines(&wizard.with(booking::Wizard::ordered), None, locale);
        let list = (!lines.is_empty()).then(|| summary_list(&lines, words.book.change));
        let missing = element("p").text(words.dishes.menu_missing);
        [missing.part(), list.part()].part()
    })
}
