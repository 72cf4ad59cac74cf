//! Who helped, as the press named them.

use leptos::prelude::*;

use super::sheet::Sheet;
use super::{Draft, prose};
use crate::content::library::{Ally, Group, escape};

pub(super) fn page(sheet: &mut Sheet<'_>) -> Draft {
    let front = &sheet.edition.allies.front;
    let (head, rest) = prose::head(
        sheet,
        &front.title,
        &front.description,
        &sheet.edition.allies.body,
    );
    let years = by_year(sheet);
    let text = sheet.prose(rest, &[]);
    let chefs = names(sheet, |ally| ally.group == Group::Chef);
    let partners = prose::between_rules(
        "partners".to_owned(),
        view! { <h2 id="partners">{front.partners_title.clone()}</h2> }.into_any(),
        view! { <div class="flow">{years}</div> }.into_any(),
    );
    let advisers = prose::between_rules(
        "chefs".to_owned(),
        view! { <h2 id="chefs">{front.chefs_title.clone()}</h2> }.into_any(),
        view! {
            <div class="flow">
                <div class="fragment" inner_html=text></div>
                {chefs}
            </div>
        }
        .into_any(),
    );
    let view = view! {
        {head}
        {partners}
        {advisers}
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

/// Institutions and companies with their years, in one list.
pub(super) fn partners(sheet: &Sheet<'_>) -> AnyView {
    let rows: Vec<_> = all(sheet)
        .filter(|ally| ally.group == Group::Partner)
        .map(|ally| {
            let name = ally.name.pick(sheet.locale).to_owned();
            let year = ally
                .year
                .clone()
                .map(|year| view! { " "<small>{year}</small> });
            view! { <li>{name}{year}</li> }
        })
        .collect();
    view! { <ul class="allies">{rows}</ul> }.into_any()
}

/// Institutions and companies under the years in which they were named; a year carries its source.
fn by_year(sheet: &mut Sheet<'_>) -> Vec<AnyView> {
    let mut years: Vec<Option<&str>> = Vec::new();
    for ally in all(sheet).filter(|ally| ally.group == Group::Partner) {
        if !years.contains(&ally.year.as_deref()) {
            years.push(ally.year.as_deref());
        }
    }
    let years: Vec<Option<String>> = years
        .into_iter()
        .map(|year| year.map(str::to_owned))
        .collect();
    years
        .into_iter()
        .map(|year| {
            let of_year = |ally: &Ally| ally.group == Group::Partner && ally.year == year;
            let facts: Vec<String> = all(sheet)
                .filter(|ally| of_year(ally))
                .map(|ally| ally.fact.clone())
                .collect();
            let mut title = escape(
                year.as_deref()
                    .unwrap_or(&sheet.edition.words.allies.year_unknown),
            );
            for (index, fact) in facts.iter().enumerate() {
                if !facts.iter().take(index).any(|earlier| earlier == fact) {
                    title += &sheet.mark(fact);
                }
            }
            let list = names(sheet, of_year);
            view! {
                <h3 inner_html=title></h3>
                {list}
            }
            .into_any()
        })
        .collect()
}

fn names(sheet: &Sheet<'_>, wanted: impl Fn(&Ally) -> bool) -> AnyView {
    let rows: Vec<_> = all(sheet)
        .filter(|ally| wanted(ally))
        .map(|ally| {
            let name = ally.name.pick(sheet.locale).to_owned();
            let role = (ally.group == Group::Partner).then(|| {
                let role = ally.role.pick(sheet.locale).to_owned();
                view! { " "<small>{role}</small> }
            });
            view! { <li>{name}{role}</li> }
        })
        .collect();
    view! { <ul class="allies">{rows}</ul> }.into_any()
}

fn all<'a>(sheet: &Sheet<'a>) -> impl Iterator<Item = &'a Ally> + use<'a> {
    sheet.library.allies.ally.iter().map(toml::Spanned::get_ref)
}
