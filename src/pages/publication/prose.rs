//! Pages of prose alone: second chances, accessibility, privacy, credits.

use leptos::prelude::*;

use super::sheet::Sheet;
use super::{Draft, markdown, plainly, structured};
use crate::content::library::escape;
use crate::i18n::fill;
use crate::routes::Route;

pub(super) fn page(sheet: &mut Sheet<'_>) -> Draft {
    let (page, english) = match sheet.route {
        Route::SecondChances => (
            &sheet.edition.second_chances,
            &sheet.english().second_chances,
        ),
        Route::Accessibility => (&sheet.edition.accessibility, &sheet.english().accessibility),
        Route::Privacy => (&sheet.edition.privacy, &sheet.english().privacy),
        _ => (&sheet.edition.credits, &sheet.english().credits),
    };
    let front = &page.front;
    let (head, rest) = head(sheet, &front.title, &front.description, &page.body);
    let text = sheet.prose(rest, &markdown::ids(&english.body));
    let updated = front.updated.as_deref().map(|date| {
        let date = plainly::date(date, sheet.locale);
        let text = fill(&sheet.edition.words.plain.updated, &[("date", &date)]);
        view! { <p class="source">{text}</p> }
    });
    let json_ld = if sheet.route == Route::SecondChances {
        vec![structured::article(sheet, &front.title, &front.description)]
    } else {
        Vec::new()
    };
    let view = view! {
        {head}
        <div class="wrap split">
            <div></div>
            <div class="flow">
                <div class="fragment" inner_html=text></div>
                {updated}
            </div>
        </div>
        {sheet.foot()}
    };
    Draft {
        name: front.title.clone(),
        description: front.description.clone(),
        view: view.into_any(),
        json_ld,
        updated: front.updated.clone(),
    }
}

/// A page's title and its opening paragraph, or its description where the text begins with a heading; and what is left of the text.
pub(super) fn head<'t>(
    sheet: &mut Sheet<'_>,
    title: &str,
    description: &str,
    body: &'t str,
) -> (AnyView, &'t str) {
    let (opening, rest) = markdown::opening(body);
    let lead = match opening {
        Some(text) => sheet.inline(text),
        None => escape(description),
    };
    // Where every part of a page carries its own sources, so does the opening.
    let sources = sheet.part_sources().map(|line| {
        view! { <div class="split"><div></div>{line}</div> }
    });
    let view = view! {
        <div class="wrap page-head page-head-big">
            <h1 tabindex="-1">{title.to_owned()}</h1>
            <p class="lead" inner_html=lead></p>
            {sources}
        </div>
    };
    (view.into_any(), rest)
}
