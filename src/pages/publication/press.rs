//! Who wrote about it.

use leptos::prelude::*;

use super::sheet::Sheet;
use super::{Draft, plainly, prose};

pub(super) fn page(sheet: &mut Sheet<'_>) -> Draft {
    let page = &sheet.edition.press;
    let front = &page.front;
    let (head, rest) = prose::head(sheet, &front.title, &front.description, &page.body);
    let text = sheet.prose(rest, &[]);
    let rows: Vec<_> = sheet
        .library
        .press
        .item
        .iter()
        .map(|row| {
            let item = row.get_ref();
            let date = plainly::date(&item.date, sheet.locale);
            let place = item
                .site
                .iter()
                .fold(date, |date, site| [&date, " · ", site].concat());
            view! {
                <div>
                    <dt>{item.outlet.clone()}</dt>
                    <dd>
                        {item.title.pick(sheet.locale).to_owned()}
                        <p class="source">{place}</p>
                    </dd>
                </div>
            }
        })
        .collect();
    let list = prose::between_rules(
        "list".to_owned(),
        view! { <h2 id="list">{sheet.edition.words.press.list.clone()}</h2> }.into_any(),
        view! {
            <div class="flow">
                <dl class="rows">{rows}</dl>
                <div class="fragment" inner_html=text></div>
            </div>
        }
        .into_any(),
    );
    let view = view! {
        {head}
        {list}
        {sheet.sources()}
    };
    Draft {
        name: front.title.clone(),
        description: front.description.clone(),
        view: view.into_any(),
        json_ld: Vec::new(),
        updated: None,
    }
}
