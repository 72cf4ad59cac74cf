//! Pages as machines read them (schema.org). `{origin}` stands for the site's address, `{picture}` for the
//! path of the page's picture for shared links.

use serde_json::{Value, json};

use super::sheet::Sheet;
use crate::content::VenueState;
use crate::content::library::{Dish, plain};
use crate::routes::Route;
use booking::Step;

const CONTEXT: &str = "https://schema.org";

/// The picture of the page for shared links; the prerenderer knows its address.
const PICTURE: &str = "{origin}{picture}";

/// Who answers for the texts, in the operator's own words.
fn operator(sheet: &Sheet<'_>) -> Value {
    let name = &sheet.library.venue.operator.name;
    json!({ "@type": "Organization", "name": name.pick(sheet.locale) })
}

fn url(sheet: &Sheet<'_>, route: Route) -> String {
    absolute(&sheet.path(route))
}

fn absolute(path: &str) -> String {
    ["{origin}", path].concat()
}

/// The page's own address.
fn own_url(sheet: &Sheet<'_>) -> String {
    absolute(sheet.address.path(sheet.locale))
}

/// Where the page stands: below the front page, a dish below the menu.
pub(super) fn breadcrumbs(sheet: &Sheet<'_>, name: &str) -> Value {
    let home = sheet.locale.messages().site.name;
    let menu = sheet.edition.words.menu.title.as_str();
    let mut places = vec![(home, url(sheet, Route::Home))];
    if sheet.route == Route::Dish {
        places.push((menu, url(sheet, Route::Menu)));
    }
    places.push((name, own_url(sheet)));
    let places: Vec<Value> = (1..)
        .zip(places)
        .map(|(position, (name, item)): (u8, _)| {
            json!({ "@type": "ListItem", "position": position, "name": name, "item": item })
        })
        .collect();
    json!({ "@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": places })
}

/// A dish. No diets and no allergens, for the reason given at the menu; no picture, as the page's may
/// show a laid plate.
pub(super) fn dish(sheet: &Sheet<'_>, dish: &Dish) -> Value {
    json!({
        "@context": CONTEXT,
        "@type": "MenuItem",
        "name": dish.name.pick(sheet.locale),
        "description": dish.description.pick(sheet.locale),
        "url": own_url(sheet),
    })
}

/// A story that is read.
pub(super) fn article(sheet: &Sheet<'_>, headline: &str, description: &str) -> Value {
    json!({
        "@context": CONTEXT,
        "@type": "Article",
        "headline": headline,
        "description": description,
        "inLanguage": sheet.locale.code(),
        "mainEntityOfPage": own_url(sheet),
        "isAccessibleForFree": true,
        "image": PICTURE,
        "author": operator(sheet),
        "publisher": operator(sheet),
        "about": { "@type": "Organization", "name": sheet.library.venue.name },
    })
}

/// Questions with their answers.
pub(super) fn questions(sheet: &Sheet<'_>) -> Value {
    let questions: Vec<Value> = sheet
        .edition
        .faq
        .front
        .question
        .iter()
        .map(|row| {
            let question = row.get_ref();
            json!({
                "@type": "Question",
                "name": question.q,
                "acceptedAnswer": { "@type": "Answer", "text": plain(&question.a) },
            })
        })
        .collect();
    json!({
        "@context": CONTEXT,
        "@type": "FAQPage",
        "inLanguage": sheet.locale.code(),
        "mainEntity": questions,
    })
}

/// The menu. No diets: the recipes are a sample, and nobody may rely on them unasked.
pub(super) fn menu(sheet: &Sheet<'_>) -> Value {
    let menu = &sheet.library.menu;
    let sections: Vec<Value> = menu
        .course
        .iter()
        .map(|row| {
            let course = row.get_ref();
            let items: Vec<Value> = menu
                .dish
                .iter()
                .map(toml::Spanned::get_ref)
                .filter(|dish| dish.course == course.id)
                .map(|dish| {
                    json!({
                        "@type": "MenuItem",
                        "name": dish.name.pick(sheet.locale),
                        "description": dish.description.pick(sheet.locale),
                        "url": absolute(dish.address().path(sheet.locale)),
                    })
                })
                .collect();
            json!({
                "@type": "MenuSection",
                "name": course.name.pick(sheet.locale),
                "hasMenuItem": items,
            })
        })
        .collect();
    json!({
        "@context": CONTEXT,
        "@type": "Menu",
        "name": sheet.edition.words.menu.title,
        "url": url(sheet, Route::Menu),
        "inLanguage": sheet.locale.code(),
        "hasMenuSection": sections,
    })
}

/// The restaurant. While it does not receive guests it has no hours and takes no reservations.
pub(super) fn restaurant(sheet: &Sheet<'_>, description: &str) -> Value {
    let venue = &sheet.library.venue;
    let mut value = json!({
        "@context": CONTEXT,
        "@type": "Restaurant",
        "name": venue.name,
        "description": description,
        "url": url(sheet, Route::Home),
        "image": PICTURE,
        "hasMenu": url(sheet, Route::Menu),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": venue.address.street,
            "addressLocality": venue.address.city,
            "addressCountry": venue.address.country_code,
        },
    });
    if sheet.library.state() == VenueState::Open
        && let Some(map) = value.as_object_mut()
    {
        map.insert(
            "acceptsReservations".into(),
            url(sheet, Route::Book(Step::Party)).into(),
        );
        if !venue.hours.is_empty() {
            let hours: Vec<Value> = venue
                .hours
                .iter()
                .map(|hours| {
                    json!({
                        "@type": "OpeningHoursSpecification",
                        "dayOfWeek": hours.days,
                        "opens": hours.opens,
                        "closes": hours.closes,
                    })
                })
                .collect();
            map.insert("openingHoursSpecification".into(), hours.into());
        }
    }
    value
}
