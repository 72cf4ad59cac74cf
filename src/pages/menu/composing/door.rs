//! The way to the composing of a table, which comes with a part of the program: see `crates/xtask/src/split`.

use std::sync::Arc;

use booking::Event;
use leptos::prelude::*;

use crate::booking::session::Session;
use crate::i18n::Locale;
use crate::menu::Carte;
use crate::platform::parts;

/// Brings the table of the page to life, for as long as the current owner lives.
#[inline(never)]
pub fn compose(carte: Arc<Carte>, session: Session, locale: Locale) {
    let wizard = session.wizard();
    let plan = Memo::new(move |_| wizard.with(|wizard| wizard.draft().plan.clone()));
    let change = Callback::new(move |plan| session.dispatch(Event::PlanChanged(plan)));
    // What this tab kept of its table comes first: a link may then change it.
    session.wake(locale);
    let start = move || super::start(carte, plan.into(), change, locale);
    parts::with("table", Box::new(start));
}
