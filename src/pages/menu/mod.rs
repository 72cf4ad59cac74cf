//! The menu's page: stands there as the prerenderer wrote it, and is brought to life.

mod composing;
mod filtering;
mod shelf;

use crate::components::part::Part;
use crate::i18n::Locale;
use crate::pages::fragment::{Fragment, fragment_page};
use crate::platform::parts;

/// The menu's page.
pub fn menu_page(fragment: Fragment, locale: Locale) -> Part {
    parts::with("menu", Box::new(move || filtering::door::play(locale)));
    fragment_page(fragment)
}
