//! The way into the wizard, which comes with a part of the program: see `crates/xtask/src/split`.

use booking::Step;

use super::book_page;
use crate::booking::session::use_session;
use crate::components::part::Part;
use crate::i18n::Locale;
use crate::platform::parts;

/// A page of the booking wizard.
#[inline(never)]
pub fn page(step: Step, locale: Locale) -> Part {
    // Whoever answers the first question comes to the next.
    parts::ahead("later");
    use_session().find_today_soon();
    book_page(step, locale)
}
