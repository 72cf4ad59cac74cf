//! The foot of every page: all the ways, and who operates the site.

use booking::Step;
use leptos::prelude::*;

use crate::content::Site;
use crate::i18n::Locale;
use crate::routes::Route;

/// The foot of every page.
#[component]
pub fn Footer(locale: Locale, site: Site) -> impl IntoView {
    let words = &locale.messages().nav;
    let links = move |pages: Vec<(Route, &'static str)>| {
        pages
            .into_iter()
            .map(|(route, label)| view! { <li><a href=route.path(locale)>{label}</a></li> })
            .collect_view()
    };
    view! {
        <footer class="footer" id="pages">
            <div class="wrap footer-grid">
                <nav class="footer-nav footer-main" aria-label=words.all>
                    <ul>
                        {links(vec![
                            (Route::Home, words.home),
                            (Route::Story, words.story),
                            (Route::SecondChances, words.second_chances),
                            (Route::Foundation, words.foundation),
                            (Route::Menu, words.menu),
                            (Route::Visit, words.visit),
                            (Route::Book(Step::Party), words.book),
                            (Route::Manage, words.manage),
                        ])}
                    </ul>
                </nav>
                <div class="footer-small">
                    <nav aria-label=words.about>
                        <ul>
                            {links(vec![
                                (Route::Allies, words.allies),
                                (Route::Press, words.press),
                                (Route::Accessibility, words.accessibility),
                                (Route::Privacy, words.privacy),
                                (Route::Credits, words.credits),
                            ])}
                        </ul>
                    </nav>
                    <p class="footer-note">{locale.pick(&site.operator).to_owned()}</p>
                </div>
            </div>
        </footer>
    }
}
