//! The pages editors write, rendered from the library at build time.
//!
//! One file a page. What they share: [`sheet`] gathers the sources a page rests on, [`markdown`]
//! turns texts into HTML, [`plainly`] writes dates and money, [`structured`] says the same to
//! machines.

mod allies;
mod dish;
mod foundation;
mod home;
mod markdown;
mod menu;
mod menu_filter;
mod photograph;
mod plainly;
mod press;
mod prose;
mod sheet;
mod status;
mod story;
mod structured;
pub mod trouble;
mod visit;

use leptos::prelude::*;
use serde_json::Value;

use crate::content::library::Library;
use crate::i18n::Locale;
use crate::routes::{Address, Route};
use sheet::Sheet;

/// A page, ready to be put into its frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Publication {
    /// What the window is called.
    pub title: String,
    /// One or two sentences for those who have not opened it yet.
    pub description: String,
    /// What stands inside `<main>`.
    pub html: String,
    /// The page as machines read it; `{origin}` stands for the site's address, `{picture}` for the path of
    /// its picture for shared links.
    pub json_ld: Vec<Value>,
    /// When its text was last reviewed, where the page says so.
    pub updated: Option<String>,
}

/// A page's title in its largest type; empty for the wizard's pages.
pub fn headline(library: &Library, address: &Address, locale: Locale) -> String {
    let edition = library.edition(locale);
    match address.route() {
        Route::Home => &edition.home.front.hero_title,
        Route::Story => &edition.story.front.title,
        Route::SecondChances => &edition.second_chances.front.title,
        Route::Foundation => &edition.foundation.front.title,
        Route::Menu => &edition.words.menu.title,
        Route::Dish => library
            .dish_at(address)
            .map_or("", |dish| dish.name.pick(locale)),
        Route::Visit => &edition.visit.front.title,
        Route::Allies => &edition.allies.front.title,
        Route::Press => &edition.press.front.title,
        Route::Accessibility => &edition.accessibility.front.title,
        Route::Privacy => &edition.privacy.front.title,
        Route::Credits => &edition.credits.front.title,
        Route::Status => &edition.words.status.title,
        Route::Book(_) | Route::Manage => "",
    }
    .to_owned()
}

/// What a page's own file gives back.
struct Draft {
    /// Its name, without the site's.
    name: String,
    description: String,
    view: AnyView,
    json_ld: Vec<Value>,
    updated: Option<String>,
}

/// Renders a publication. The wizard's pages are the app's own and come out empty.
pub fn render(library: &Library, address: impl Into<Address>, locale: Locale) -> Publication {
    let owner = Owner::new();
    owner.with(|| {
        let mut sheet = Sheet::new(library, address.into(), locale);
        let route = sheet.route;
        let draft = match route {
            Route::Home => home::page(&mut sheet),
            Route::Story => story::page(&mut sheet),
            Route::Menu => menu::page(&mut sheet),
            Route::Dish => dish::page(&mut sheet),
            Route::Foundation => foundation::page(&mut sheet),
            Route::Visit => visit::page(&mut sheet),
            Route::Allies => allies::page(&mut sheet),
            Route::Press => press::page(&mut sheet),
            Route::Status => status::page(&mut sheet),
            Route::SecondChances
            | Route::Accessibility
            | Route::Privacy
            | Route::Credits
            | Route::Book(_)
            | Route::Manage => prose::page(&mut sheet),
        };
        let mut json_ld = draft.json_ld;
        let title = if route == Route::Home {
            draft.name
        } else {
            json_ld.insert(0, structured::breadcrumbs(&sheet, &draft.name));
            [&draft.name, " · ", locale.messages().site.name].concat()
        };
        Publication {
            title,
            description: draft.description,
            // Nothing here is hydrated, so the markers that hydration needs can go.
            html: draft.view.to_html().replace("<!>", ""),
            json_ld,
            updated: draft.updated,
        }
    })
}
