//! The way into the operator's page, which comes with a part of the program: see `crates/xtask/src/split`.

use super::status_page;
use crate::components::part::Part;
use crate::i18n::Locale;
use crate::pages::fragment::Fragment;

/// How booking is doing.
#[inline(never)]
pub fn page(fragment: Fragment, locale: Locale) -> Part {
    status_page(fragment, locale)
}
