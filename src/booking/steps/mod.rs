//! A view a step. Each shows the wizard's state and dispatches events; none decides anything.

mod check;
mod done;
mod guests;
mod hold;
mod night;
mod party;
pub mod parts;
mod time;

use booking::Step;
use leptos::prelude::*;

use super::session::Session;
use crate::i18n::Locale;

/// The view of a step.
pub fn view(step: Step, session: Session, locale: Locale) -> AnyView {
    match step {
        Step::Party => view! { <party::PartyStep session locale/> }.into_any(),
        Step::Night => view! { <night::NightStep session locale/> }.into_any(),
        Step::Time => view! { <time::TimeStep session locale/> }.into_any(),
        Step::Guests => view! { <guests::GuestsStep session locale/> }.into_any(),
        Step::Check => view! { <check::CheckStep session locale/> }.into_any(),
        Step::Done => view! { <done::DoneStep session locale/> }.into_any(),
    }
}
