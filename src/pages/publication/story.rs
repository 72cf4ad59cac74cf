//! 2012 to today, as one drawn line with its gaps.

use leptos::prelude::*;

use super::sheet::Sheet;
use super::{Draft, plainly, structured};
use crate::content::library::Line;
use crate::routes::Route;

pub(super) fn page(sheet: &mut Sheet<'_>) -> Draft {
    let page = &sheet.edition.story;
    let front = &page.front;
    // The opening stands before the line and keeps its source with it.
    sheet.begin_part("opening");
    let (head, _) = super::prose::head(sheet, &front.title, &front.description, &page.body);
    let stops: Vec<_> = (0..sheet.edition.stops.len())
        .filter_map(|index| stop(sheet, index))
        .collect();
    let words = &sheet.edition.words.story_end;
    let view = view! {
        {head}
        <div class="wrap">
            <ol class="timeline">{stops}</ol>
        </div>
        <section class="statement statement-sand bars">
            <div class="wrap">
                <h2>{words.title.clone()}</h2>
                <div class="flow">
                    <p>{words.text.clone()}</p>
                    <p>
                        <a class="go" href=sheet.path(Route::SecondChances)>{words.link.clone()}</a>
                    </p>
                </div>
            </div>
        </section>
    };
    Draft {
        name: front.title.clone(),
        description: front.description.clone(),
        view: view.into_any(),
        json_ld: vec![structured::article(sheet, &front.title, &front.description)],
        updated: None,
    }
}

fn stop(sheet: &mut Sheet<'_>, index: usize) -> Option<AnyView> {
    let (name, page) = sheet.edition.stops.get(index)?;
    let front = &page.front;
    // `05-2016-opening.md` is the place `opening-2016`… in neither language: its number alone is stable.
    let id = name
        .split('-')
        .next()
        .map(|number| ["stop-", number].concat())
        .unwrap_or_default();
    sheet.begin_part(&id);
    let text = sheet.prose(&page.body, &[]);
    let sources = sheet.part_sources();
    let class = front.line.map(|line| match line {
        Line::Key => "is-key",
        Line::Break => "is-break",
    });
    let day = front
        .date
        .as_deref()
        .and_then(|date| plainly::day(date, sheet.locale))
        .map(|day| view! { <p class="timeline-day">{day}</p> });
    let art = front
        .art
        .as_deref()
        .map(|name| view! { <div class="dish-art" inner_html=sheet.art(name)></div> });
    Some(
        view! {
            <li class=class id=id>
                <div class="timeline-when">
                    <p class="timeline-year">{front.year.clone()}</p>
                    {day}
                </div>
                <div class="timeline-text">
                    <h2>{front.title.clone()}</h2>
                    <div class="fragment" inner_html=text></div>
                    {art}
                    {sources}
                </div>
            </li>
        }
        .into_any(),
    )
}
