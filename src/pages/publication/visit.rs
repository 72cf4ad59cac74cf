//! Before you come: what holds today, how booking works, how one finds the place, and what people ask.

use leptos::prelude::*;

use super::sheet::Sheet;
use super::{Draft, photograph, prose, structured};
use crate::content::library::escape;

pub(super) fn page(sheet: &mut Sheet<'_>) -> Draft {
    let page = &sheet.edition.visit;
    let front = &page.front;
    let banner = sheet.banner();
    let (head, _) = prose::head(sheet, &front.title, &front.description, &page.body);
    let mut sections: Vec<_> =
        prose::named_sections(&page.body, &sheet.english().visit.body).collect();
    let last = sections.pop();
    let chapters: Vec<_> = sections
        .into_iter()
        .map(|section| prose::chapter(sheet, section))
        .collect();
    let way = last.map(|section| way(sheet, section));
    let contact = contact(sheet);
    let questions = questions(sheet);
    let view = view! {
        {banner}
        {head}
        {chapters}
        {way}
        {photograph::at(sheet, "street")}
        {contact}
        {questions}
        {sheet.sources()}
    };
    Draft {
        name: front.title.clone(),
        description: front.description.clone(),
        view: view.into_any(),
        json_ld: vec![structured::questions(sheet)],
        updated: None,
    }
}

/// The last section says how one finds the place; the map stands beside it.
fn way(sheet: &mut Sheet<'_>, (id, title, text): (String, &str, &str)) -> AnyView {
    let text = sheet.prose(text, &[]);
    let caption = place(sheet);
    view! {
        <section class="way" aria-labelledby=id>
            <div class="wrap">
                <div class="way-map" inner_html=sheet.art("map")></div>
                <div class="flow">
                    <h2 id=id.clone()>{title.to_owned()}</h2>
                    <div class="fragment" inner_html=text></div>
                    <p class="source" inner_html=caption></p>
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// What the map is, and the address as far as it is known, as HTML.
fn place(sheet: &mut Sheet<'_>) -> String {
    let address = &sheet.library.venue.address;
    let locale = sheet.locale;
    let place = escape(&format!(
        "{}. {}, {}",
        address.place.pick(locale),
        address.street,
        address.district
    ));
    [
        &escape(&sheet.edition.words.visit.map),
        " ",
        &place,
        sheet.mark(&address.fact).as_str(),
        ". ",
        &escape(address.note.pick(locale)),
    ]
    .concat()
}

/// How to ask, in words; the way to the foundation's own site where nothing better is known.
fn contact(sheet: &mut Sheet<'_>) -> AnyView {
    let contact = &sheet.library.venue.contact;
    let site = contact.site.clone().map(|url| {
        let name = contact.site_name.clone().unwrap_or_else(|| url.clone());
        view! { <p><a class="go" href=url rel="external">{name}</a></p> }
    });
    let note = contact.site_note.as_ref().map(|note| {
        let mark = contact
            .site_fact
            .as_deref()
            .map(|fact| sheet.mark(fact))
            .unwrap_or_default();
        let text = [escape(note.pick(sheet.locale)), mark].concat();
        view! { <p class="small muted" inner_html=text></p> }
    });
    let body = view! {
        <div class="flow">
            <p>{contact.text.pick(sheet.locale).to_owned()}</p>
            {site}
            {note}
        </div>
    };
    let head = view! { <h2 id="ask">{sheet.edition.words.visit.contact.clone()}</h2> };
    prose::between_rules("ask".to_owned(), head.into_any(), body.into_any())
}

fn questions(sheet: &mut Sheet<'_>) -> AnyView {
    let faq = &sheet.edition.faq.front;
    let rows: Vec<_> = faq
        .question
        .iter()
        .enumerate()
        .map(|(index, row)| {
            let question = row.get_ref();
            let answer = sheet.inline(&question.a);
            // The first answer, whether one can dine there today, needs no tap.
            view! {
                <details id=question.id.clone() open=index == 0>
                    <summary>{question.q.clone()}</summary>
                    <p inner_html=answer></p>
                </details>
            }
        })
        .collect();
    let head = view! {
        <h2 id="questions">{faq.title.clone()}</h2>
        <p class="muted">{faq.description.clone()}</p>
    };
    let body = view! { <div class="faq">{rows}</div> };
    prose::between_rules("questions".to_owned(), head.into_any(), body.into_any())
}
