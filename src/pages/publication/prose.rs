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
    let chapters = chapters(sheet, rest, &english.body);
    let updated = front.updated.as_deref().map(|date| {
        let date = plainly::date(date, sheet.locale);
        let text = fill(&sheet.edition.words.plain.updated, &[("date", &date)]);
        view! { <p class="wrap source chapters-end">{text}</p> }
    });
    let json_ld = if sheet.route == Route::SecondChances {
        vec![structured::article(sheet, &front.title, &front.description)]
    } else {
        Vec::new()
    };
    let view = view! {
        {head}
        {chapters}
        {updated}
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

/// The drawing beside a chapter, by the chapter's name.
const DRAWINGS: [(&str, &str); 2] = [("the-workshop", "workshop"), ("a-place-to-sleep", "cabins")];

/// The chapter about mail.
const MAIL: &str = "mail";

/// A text's chapters. `english` names the places of both languages.
pub(super) fn chapters(sheet: &mut Sheet<'_>, text: &str, english: &str) -> Vec<AnyView> {
    named_sections(text, english)
        .map(|section| chapter(sheet, section))
        .collect()
}

/// A text's sections with the names of their places.
pub(super) fn named_sections<'t>(
    text: &'t str,
    english: &str,
) -> impl Iterator<Item = (String, &'t str, &'t str)> {
    markdown::ids(english)
        .into_iter()
        .zip(markdown::sections(text))
        .map(|(id, (title, text))| (id, title, text))
}

/// A section between rules: its heading at the side, a drawing below it where there is one.
pub(super) fn chapter(sheet: &mut Sheet<'_>, (id, title, text): (String, &str, &str)) -> AnyView {
    let mut text = sheet.prose(text, &[]);
    // Who carries the mail is the operator's to say, where there is any.
    let carrier = &sheet.library.venue.operator.mail_carrier;
    if let Some(carrier) = carrier.as_ref().filter(|_| id == MAIL) {
        let carrier = escape(carrier.pick(sheet.locale));
        text.push_str(&["<p>", &carrier, "</p>"].concat());
    }
    let drawing = DRAWINGS
        .iter()
        .find(|(chapter, _)| *chapter == id)
        .map(|(_, art)| view! { <div class="chapter-art" inner_html=sheet.art(art)></div> });
    let head = view! {
        <h2 id=id.clone()>{title.to_owned()}</h2>
        {drawing}
    };
    let body = view! { <div class="fragment" inner_html=text></div> };
    between_rules(id, head.into_any(), body.into_any())
}

/// A part of a page: a rule above, its head at the side, what it says beside it. `id` names the
/// heading in the head.
pub(super) fn between_rules(id: String, head: AnyView, body: AnyView) -> AnyView {
    view! {
        <section class="wrap" aria-labelledby=id>
            <div class="chapter split">
                <div class="flow">{head}</div>
                {body}
            </div>
        </section>
    }
    .into_any()
}

/// The drawing a page opens with.
fn head_drawing(route: Route) -> Option<&'static str> {
    Some(match route {
        Route::Story => "door-story",
        Route::SecondChances => "apron",
        Route::Foundation => "house",
        Route::Visit => "street",
        Route::Allies => "chairs",
        Route::Press => "papers",
        Route::Accessibility => "ramp",
        Route::Privacy => "key",
        Route::Credits => "pencils",
        Route::Status => "door-book",
        Route::Home | Route::Menu | Route::Dish | Route::Book(_) | Route::Manage => return None,
    })
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
    let sources = sheet.part_sources();
    let drawing = head_drawing(sheet.route)
        .map(|name| view! { <div class="page-head-art" inner_html=sheet.art(name)></div> });
    let view = view! {
        <div class="wrap page-head page-head-big">
            <h1 tabindex="-1">{title.to_owned()}</h1>
            <div class="flow">
                <p class="lead" inner_html=lead></p>
                {sources}
            </div>
            {drawing}
        </div>
    };
    (view.into_any(), rest)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::content::library::Library;
    use crate::i18n::Locale;

    #[test]
    fn every_drawing_stands_beside_a_chapter_that_exists() {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let library = Library::load(&content).expect("the content is sound");
        let english = library.edition(Locale::En);
        let pages = [
            &english.second_chances,
            &english.accessibility,
            &english.privacy,
            &english.credits,
            &english.visit,
        ];
        let chapters: Vec<_> = pages
            .into_iter()
            .flat_map(|page| markdown::ids(&page.body))
            .collect();
        for (chapter, drawing) in DRAWINGS {
            assert!(chapters.iter().any(|id| id == chapter), "{chapter}");
            assert!(!library.art(drawing, Locale::En).is_empty(), "{drawing}");
        }
    }
}
