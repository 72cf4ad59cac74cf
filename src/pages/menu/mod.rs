//! The menu's page: stands there as the prerenderer wrote it, and is brought to life.

mod composing;
mod filtering;
mod shelf;

use booking::Event;
use leptos::prelude::*;

use crate::booking::carte::{Served, use_cartes};
use crate::booking::session::use_session;
use crate::components::part::Part;
use crate::i18n::Locale;
use crate::pages::fragment::{Fragment, fragment_page};
use crate::platform::following::follow;
use crate::platform::standing::Piece;

/// The menu's page.
pub fn menu_page(fragment: Fragment, locale: Locale) -> Part {
    let served = use_cartes().of(locale);
    let session = use_session();
    let wizard = session.wizard();
    let plan = Memo::new(move |_| wizard.with(|wizard| wizard.draft().plan.clone()));
    let change = Callback::new(move |plan| session.dispatch(Event::PlanChanged(plan)));
    follow(move || match served.get() {
        Served::Awaited => {}
        Served::Here(carte) => untrack(|| {
            filtering::start(carte.clone(), locale);
            // What this tab kept of its table comes first: a link may then change it.
            session.wake(locale);
            composing::start(carte, plan.into(), change, locale);
        }),
        Served::Missing => {
            if let Some(words) = Piece::find("filter-failed") {
                words.show(true);
            }
        }
    });
    fragment_page(fragment)
}
