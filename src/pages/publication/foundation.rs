//! Who is behind it, and whom it reached.

use leptos::prelude::*;

use super::sheet::Sheet;
use super::{Draft, plainly, prose};
use crate::content::library::escape;
use crate::i18n::fill;

pub(super) fn page(sheet: &mut Sheet<'_>) -> Draft {
    let page = &sheet.edition.foundation;
    let front = &page.front;
    let (head, rest) = prose::head(sheet, &front.title, &front.description, &page.body);
    let mut sections = prose::named_sections(rest, &sheet.english().foundation.body);
    let work = sections
        .next()
        .map(|section| prose::chapter(sheet, section));
    let chart = chart(sheet);
    let note = sheet.inline(&front.figures_note);
    let others: Vec<_> = sections
        .map(|section| prose::chapter(sheet, section))
        .collect();
    let figures = prose::between_rules(
        "figures".to_owned(),
        view! {
            <h2 id="figures">{front.figures_title.clone()}</h2>
            <p class="source" inner_html=note></p>
        }
        .into_any(),
        chart,
    );
    let view = view! {
        {head}
        {work}
        {figures}
        {others}
        {sheet.foot()}
    };
    Draft {
        name: front.title.clone(),
        description: front.description.clone(),
        view: view.into_any(),
        json_ld: Vec::new(),
        updated: None,
    }
}

/// A table whose rows carry their bars: read or seen, it says the same.
fn chart(sheet: &mut Sheet<'_>) -> AnyView {
    const FULL: u64 = 1000;
    let figures = &sheet.library.figures.figure;
    let most = figures
        .iter()
        .map(|row| row.get_ref().value)
        .max()
        .unwrap_or(1)
        .max(1);
    let rows: Vec<_> = figures
        .iter()
        .map(|row| {
            let figure = row.get_ref();
            let number = plainly::number(figure.value, sheet.locale);
            let value = if figure.at_least {
                fill(&sheet.edition.words.foundation.at_least, &[("n", &number)])
            } else {
                number
            };
            let label = [
                &escape(figure.label.pick(sheet.locale)),
                sheet.mark(&figure.fact).as_str(),
            ]
            .concat();
            let width = u64::from(figure.value) * FULL / u64::from(most);
            view! {
                <tr>
                    <th scope="row">{figure.year}</th>
                    <td>
                        <span class="price">{value}</span>
                        " "
                        <small inner_html=label></small>
                        <svg class="chart-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                            <rect width=width height="10"></rect>
                        </svg>
                    </td>
                </tr>
            }
        })
        .collect();
    let words = &sheet.edition.words.foundation;
    view! {
        <table class="chart">
            <caption class="visually-hidden">{sheet.edition.foundation.front.figures_title.clone()}</caption>
            <thead>
                <tr>
                    <th scope="col">{words.year.clone()}</th>
                    <th scope="col">{words.people.clone()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
