//! A view a step. Each shows the wizard's state and dispatches events; none decides anything.

mod agree;
mod check;
mod dishes;
mod done;
mod editor;
mod errors;
mod guests;
mod hold;
mod night;
pub mod parts;
mod party;
mod rules;
mod time;

use booking::Step;
use leptos::prelude::*;

use crate::components::part::{IntoPart, Part};

use super::session::Session;
use crate::i18n::Locale;

/// The view of a step.
pub fn view(step: Step, session: Session, locale: Locale) -> Part {
    match step {
        Step::Party => view! { <party::PartyStep session locale/> }.part(),
        Step::Night => view! { <night::NightStep session locale/> }.part(),
        Step::Time => view! { <time::TimeStep session locale/> }.part(),
        Step::Dishes => view! { <dishes::DishesStep session locale/> }.part(),
        Step::Guests => view! { <guests::GuestsStep session locale/> }.part(),
        Step::Rules => view! { <rules::RulesStep session locale/> }.part(),
        Step::Check => view! { <check::CheckStep session locale/> }.part(),
        Step::Done => view! { <done::DoneStep session locale/> }.part(),
    }
}
