//! The menu's page: stands there as the prerenderer wrote it, and is brought to life.

mod composing;
mod filtering;
mod shelf;

use leptos::prelude::*;

use crate::booking::carte::{Served, use_cartes};
use crate::i18n::Locale;
use crate::pages::fragment::{Fragment, FragmentPage};
use crate::platform::standing::Piece;

/// The menu's page.
#[component]
pub fn MenuPage(fragment: Fragment, locale: Locale) -> impl IntoView {
    let served = use_cartes().of(locale);
    Effect::new(move |_| match served.get() {
        Served::Awaited => {}
        Served::Here(carte) => untrack(|| {
            filtering::start(carte.clone(), locale);
            let plan = RwSignal::new(booking::Plan::default());
            composing::start(
                carte,
                plan.into(),
                Callback::new(move |new| plan.set(new)),
                locale,
            );
        }),
        Served::Missing => {
            if let Some(words) = Piece::find("filter-failed") {
                words.show(true);
            }
        }
    });
    view! { <FragmentPage fragment/> }
}
