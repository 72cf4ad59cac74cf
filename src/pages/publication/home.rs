//! The front door: what it was, what it is today, and where to go on.

use booking::Step;
use leptos::prelude::*;

use super::sheet::Sheet;
use super::{Draft, photograph, structured};
use crate::content::VenueState;
use crate::content::library::{escape, page as page_of};
use crate::routes::Route;

pub(super) fn page(sheet: &mut Sheet<'_>) -> Draft {
    let front = &sheet.edition.home.front;
    let view = view! {
        {hero(sheet)}
        {sheet.banner()}
        {fact_box(sheet)}
        {photograph::at(sheet, "table")}
        {statement(sheet, 0, "statement bars", Route::Story)}
        {workshop(sheet)}
        {photograph::at(sheet, "workshop")}
        {statement(sheet, 1, "statement statement-sand bars", Route::Foundation)}
        {time(sheet)}
        {doors(sheet)}
        {allies(sheet)}
        {sheet.sources()}
    };
    Draft {
        name: front.title.clone(),
        description: front.description.clone(),
        view: view.into_any(),
        json_ld: vec![structured::restaurant(sheet, &front.description)],
        updated: None,
    }
}

/// The wall, the gate, and the first way: the one a visitor of today can walk.
fn hero(sheet: &mut Sheet<'_>) -> AnyView {
    let front = &sheet.edition.home.front;
    let words = &sheet.edition.words.home;
    let lead = sheet.inline(&front.hero_lead);
    let (first, label) = if sheet.library.state() == VenueState::Open {
        (Route::Book(Step::Party), &words.book)
    } else {
        (Route::Visit, &words.visit_today)
    };
    view! {
        <section class="hero" aria-labelledby="hero">
            <div class="hero-grid wrap">
                <h1 id="hero" tabindex="-1">{front.hero_title.clone()}</h1>
                <div class="hero-art" inner_html=sheet.art("gate")></div>
                <div class="hero-words">
                    <p class="lead" inner_html=lead></p>
                    <div class="actions">
                        <a class="button button-deep" href=sheet.path(first)>{label.clone()}</a>
                        <a class="button button-line" href=sheet.path(Route::Menu)>{words.see_menu.clone()}</a>
                    </div>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn fact_box(sheet: &mut Sheet<'_>) -> AnyView {
    let rows: Vec<_> = sheet
        .edition
        .home
        .front
        .fact_box
        .iter()
        .map(|row| {
            let row = row.get_ref();
            let value = [escape(&row.value), sheet.mark(&row.fact)].concat();
            view! { <div><dt>{row.label.clone()}</dt><dd inner_html=value></dd></div> }
        })
        .collect();
    let label = sheet.edition.words.home.facts.clone();
    view! {
        <section class="facts-box" aria-label=label>
            <div class="wrap"><dl>{rows}</dl></div>
        </section>
    }
    .into_any()
}

fn statement(
    sheet: &mut Sheet<'_>,
    index: usize,
    class: &'static str,
    to: Route,
) -> Option<AnyView> {
    let statement = sheet.edition.home.front.statement.get(index)?;
    let words = &sheet.edition.words.home;
    let text = sheet.inline(&statement.text);
    let label = if to == Route::Story {
        &words.to_story
    } else {
        &words.to_foundation
    };
    Some(
        view! {
            <section class=class>
                <div class="wrap">
                    <h2>{statement.title.clone()}</h2>
                    <div class="flow">
                        <p inner_html=text></p>
                        <p><a class="go" href=sheet.path(to)>{label.clone()}</a></p>
                    </div>
                </div>
            </section>
        }
        .into_any(),
    )
}

/// The second scene: the workshop behind the table.
fn workshop(sheet: &mut Sheet<'_>) -> AnyView {
    let front = &sheet.edition.home.front;
    let text = sheet.inline(&front.scene2_text);
    let parts: Vec<_> = front
        .scene2_list
        .iter()
        .map(|part| view! { <li>{part.clone()}</li> })
        .collect();
    view! {
        <section class="scene" aria-labelledby="workshop">
            <div class="wrap">
                <div class="scene-art" inner_html=sheet.art("workshop")></div>
                <div class="scene-text">
                    <h2 id="workshop">{front.scene2_title.clone()}</h2>
                    <p class="lead" inner_html=text></p>
                    <ul class="scene-list">{parts}</ul>
                    <p>
                        <a class="go" href=sheet.path(Route::SecondChances)>
                            {sheet.edition.words.home.to_second_chances.clone()}
                        </a>
                    </p>
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// The distinction, and the third statement, which is about it.
fn time(sheet: &mut Sheet<'_>) -> AnyView {
    let front = &sheet.edition.home.front;
    let text = sheet.inline(&front.time_text);
    let third = front.statement.get(2).map(|statement| {
        let text = sheet.inline(&statement.text);
        view! {
            <h3>{statement.title.clone()}</h3>
            <p inner_html=text></p>
        }
    });
    view! {
        <section class="statement statement-pink statement-time bars">
            <div class="wrap">
                <p class="time-number" aria-hidden="true">{front.time_number.clone()}</p>
                <div class="flow">
                    <h2>{front.time_title.clone()}</h2>
                    <p inner_html=text></p>
                    {third}
                    <p>
                        <a class="go" href=sheet.path(Route::Press)>
                            {sheet.edition.words.home.to_press.clone()}
                        </a>
                    </p>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn doors(sheet: &mut Sheet<'_>) -> AnyView {
    let doors: Vec<_> = sheet
        .edition
        .home
        .front
        .door
        .iter()
        .filter_map(|row| {
            let door = row.get_ref();
            let route = page_of(&door.page)?;
            let art = match route {
                Route::Story => "door-story",
                Route::Book(_) => "door-book",
                _ => "plate-main",
            };
            let text = sheet.inline(&door.text);
            Some(view! {
                <li>
                    <a class="door" href=sheet.path(route)>
                        <span>
                            <span class="door-title">{door.title.clone()}</span>
                            <span class="door-text" inner_html=text></span>
                        </span>
                        <span class="door-art" inner_html=sheet.art(art)></span>
                    </a>
                </li>
            })
        })
        .collect();
    view! {
        <section class="section wrap" aria-labelledby="doors">
            <h2 class="visually-hidden" id="doors">{sheet.edition.words.home.doors.clone()}</h2>
            <ul class="doors">{doors}</ul>
        </section>
    }
    .into_any()
}

fn allies(sheet: &mut Sheet<'_>) -> AnyView {
    let front = &sheet.edition.home.front;
    let text = sheet.inline(&front.allies_text);
    let names = super::allies::partners(sheet);
    view! {
        <section class="section wrap" aria-labelledby="allies">
            <div class="split">
                <h2 id="allies">{front.allies_title.clone()}</h2>
                <div class="flow">
                    <p class="muted" inner_html=text></p>
                    {names}
                    <p>
                        <a class="go" href=sheet.path(Route::Allies)>
                            {sheet.edition.words.home.to_allies.clone()}
                        </a>
                    </p>
                </div>
            </div>
        </section>
    }
    .into_any()
}
