//! The foot of every page: all the ways, and who operates the site.

use super::element::{Element, element};
use super::part::Part;
use crate::content::Site;
use crate::i18n::Locale;
use crate::routes::Route;
use booking::Step;

/// The foot of every page.
pub fn footer(locale: Locale, site: &Site) -> Part {
    let words = &locale.messages().nav;
    let main = [
        (Route::Home, words.home),
        (Route::Story, words.story),
        (Route::SecondChances, words.second_chances),
        (Route::Foundation, words.foundation),
        (Route::Menu, words.menu),
        (Route::Visit, words.visit),
        (Route::Book(Step::Party), words.book),
        (Route::Manage, words.manage),
    ];
    let about = [
        (Route::Allies, words.allies),
        (Route::Press, words.press),
        (Route::Accessibility, words.accessibility),
        (Route::Privacy, words.privacy),
        (Route::Credits, words.credits),
    ];
    let main = element("nav")
        .class("footer-nav footer-main")
        .with("aria-label", words.all)
        .inner(links(&main, locale));
    let about = element("nav")
        .with("aria-label", words.about)
        .inner(links(&about, locale));
    let operator = element("p")
        .class("footer-note")
        .text(locale.pick(&site.operator));
    let small = element("div")
        .class("footer-small")
        .inner(about)
        .inner(operator);
    element("footer")
        .class("footer")
        .with("id", "pages")
        .inner(
            element("div")
                .class("wrap footer-grid")
                .inner(main)
                .inner(small),
        )
        .part()
}

fn links(pages: &[(Route, &'static str)], locale: Locale) -> Element {
    let link = |(route, label): &(Route, &'static str)| {
        let link = element("a").with("href", &route.path(locale)).text(label);
        element("li").inner(link).part()
    };
    element("ul").children(pages.iter().map(link))
}
