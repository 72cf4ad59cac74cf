//! The way into the page of a reservation, which comes with a part of the program: see `crates/xtask/src/split`.

use super::manage_page;
use crate::components::part::Part;
use crate::i18n::Locale;

/// An existing reservation.
#[inline(never)]
pub fn page(locale: Locale) -> Part {
    manage_page(locale)
}
