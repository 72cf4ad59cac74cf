//! The ways into the steps behind the first, which come with a part of the program: see `crates/xtask/src/split`.

use booking::Step;

use super::{check, dishes, done, guests, night, rules, time};
use crate::booking::session::Session;
use crate::components::part::Part;
use crate::i18n::Locale;

/// The view of a step behind the first.
#[inline(never)]
pub fn view(step: Step, session: Session, locale: Locale) -> Part {
    match step {
        Step::Party | Step::Night => night::night_step(session, locale),
        Step::Time => time::time_step(session, locale),
        Step::Dishes => dishes::dishes_step(session, locale),
        Step::Guests => guests::guests_step(session, locale),
        Step::Rules => rules::rules_step(session, locale),
        Step::Check => check::check_step(session, locale),
        Step::Done => done::done_step(session, locale),
    }
}
