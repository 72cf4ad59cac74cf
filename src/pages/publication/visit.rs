//! Before you come: what holds today, how booking works, how one finds the place, and what people ask.

use leptos::prelude::*;

use super::sheet::Sheet;
use super::{Draft, markdown, photograph, structured};
use crate::content::library::escape;

pub(super) fn page(sheet: &mut Sheet<'_>) -> Draft {
    let page = &sheet.edition.visit;
    let front = &page.front;
    let banner = sheet.banner();
    let (head, _) = super::prose::head(sheet, &front.title, &front.description, &page.body);
    let map = map(sheet);
    let ids = markdown::ids(&sheet.english().visit.body);
    let sections: Vec<_> = markdown::sections(&page.body)
        .into_iter()
        .zip(ids)
        .map(|((title, text), id)| {
            let text = sheet.prose(text, &[]);
            view! {
                <section class="wrap split section" aria-labelledby=id>
                    <h2 id=id.clone()>{title.to_owned()}</h2>
                    <div class="fragment" inner_html=text></div>
                </section>
            }
        })
        .collect();
    let contact = contact(sheet);
    let questions = questions(sheet);
    let view = view! {
        {banner}
        {head}
        {map}
        {photograph::at(sheet, "street")}
        {sections}
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

fn map(sheet: &mut Sheet<'_>) -> AnyView {
    let address = &sheet.library.venue.address;
    let locale = sheet.locale;
    let place = escape(&format!(
        "{}. {}, {}",
        address.place.pick(locale),
        address.street,
        address.district
    ));
    let caption = [
        &escape(&sheet.edition.words.visit.map),
        " ",
        &place,
        sheet.mark(&address.fact).as_str(),
        ". ",
        &escape(address.note.pick(locale)),
    ]
    .concat();
    view! {
        <div class="wrap">
            <figure class="map">
                <div inner_html=sheet.art("map")></div>
                <figcaption inner_html=caption></figcaption>
            </figure>
        </div>
    }
    .into_any()
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
    view! {
        <section class="wrap split section" aria-labelledby="ask">
            <h2 id="ask">{sheet.edition.words.visit.contact.clone()}</h2>
            <div class="flow">
                <p>{contact.text.pick(sheet.locale).to_owned()}</p>
                {site}
                {note}
            </div>
        </section>
    }
    .into_any()
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
    view! {
        <section class="wrap split section" aria-labelledby="questions">
            <div class="flow">
                <h2 id="questions">{faq.title.clone()}</h2>
                <p class="muted">{faq.description.clone()}</p>
            </div>
            <div class="rows faq">{rows}</div>
        </section>
    }
    .into_any()
}
