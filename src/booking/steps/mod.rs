//! A view a step. Each shows the wizard's state and dispatches events; none decides anything.

mod agree;
pub mod along;
mod check;
mod dishes;
mod done;
mod editor;
pub mod errors;
pub mod guests;
pub mod hold;
pub mod keep;
pub mod night;
pub mod parts;
mod party;
mod rules;
pub mod take;
mod time;
mod waiting;

use booking::Step;

use super::session::Session;
use crate::components::part::Part;
use crate::i18n::Locale;

/// The view of a step.
pub fn view(step: Step, session: Session, locale: Locale) -> Part {
    match step {
        Step::Party => party::party_step(session, locale),
        Step::Night => night::night_step(session, locale),
        Step::Time => time::time_step(session, locale),
        Step::Dishes => dishes::dishes_step(session, locale),
        Step::Guests => guests::guests_step(session, locale),
        Step::Rules => rules::rules_step(session, locale),
        Step::Check => check::check_step(session, locale),
        Step::Done => done::done_step(session, locale),
    }
}
