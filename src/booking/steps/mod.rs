//! A view a step. Each shows the wizard's state and dispatches events; none decides anything.

mod agree;
pub mod along;
mod check;
mod dishes;
mod done;
pub mod door;
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
        later => door::view(later, session, locale),
    }
}
