//! The life of a tab: leafed through, loaded again, copied, put aside, locked away with the phone.

use std::time::Duration;

use serde_json::Value;

use crate::{
    api::text,
    failure::{Failure, Outcome},
    find::{PATIENCE, starting, wait_until},
    flow::Flow,
    flows::{
        walk::{GUEST, TIME, Walk, few_places, short_hold},
        words::{EN, ES, Words},
    },
    page::Page,
};

const ENDED: &str = "Se acabó el tiempo para esta mesa";
const RETAKE: &str = "Guardar otra vez la mesa de las 19:00";
const SEEN_AGAIN: &str = "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))";

/// The steps in their order, with the question of each.
fn steps(words: &'static Words) -> [(String, &'static str); 6] {
    let (steps, titles) = (&words.steps, &words.titles);
    [
        (words.book.to_owned(), titles.party),
        (words.path(steps.night), titles.night),
        (words.path(steps.time), titles.time),
        (words.path(steps.dishes), titles.dishes),
        (words.path(steps.guests), titles.guests),
        (words.path(steps.check), titles.check),
    ]
}

/// The page of a step is on show, whatever stands in its query.
async fn is_at(page: &Page, (path, title): &(String, &'static str)) -> Outcome {
    let there = async || Ok(page.path().await?.starts_with(path).then_some(()));
    let came = wait_until(PATIENCE, there).await?;
    let is = page.path().await?;
    came.ok_or_else(|| Failure::new(format!("The visitor is at {is}, not at {path}.")))?;
    page.heading(*title).await?;
    Ok(())
}

#[tokio::test]
async fn every_step_is_left_and_found_again() -> Outcome {
    Flow::named("every_step_is_left_and_found_again")
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            walk.to_check().await?;
            let before = walk.hold_in_tab().await?;
            let (spanish, english) = (steps(&ES), steps(&EN));
            for step in spanish.iter().rev().skip(1) {
                page.back().await?;
                is_at(page, step).await?;
            }
            for step in spanish.iter().skip(1) {
                page.driver().forward().await?;
                is_at(page, step).await?;
            }
            for answer in GUEST {
                page.shows(answer).await?;
            }
            // The other language has the same step, and so has the way back.
            for (step, other) in spanish.iter().zip(&english).rev() {
                is_at(page, step).await?;
                page.link("English").await?.click().await?;
                is_at(page, other).await?;
                page.back().await?;
                is_at(page, step).await?;
                if step.0 != ES.book {
                    page.back().await?;
                }
            }
            // Whatever is loaded again is still there; names are typed again.
            for step in &spanish {
                page.open_ready(&step.0).await?;
                let shown = if step.0 == walk.at(ES.steps.check) {
                    &(walk.at(ES.steps.guests), ES.titles.guests)
                } else {
                    step
                };
                is_at(page, shown).await?;
                walk.bar_says(&[&ES.party(4), TIME]).await?;
                page.reload().await?;
                page.is_ready().await?;
                is_at(page, shown).await?;
            }
            page.open_ready(&walk.at(ES.steps.done)).await?;
            walk.sees_guests().await?;
            let after = walk.hold_in_tab().await?;
            same(&before, &after, &["id", "status", "version", "expiresAt"]);
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn a_link_to_a_step_leads_to_the_first_question_without_an_answer() -> Outcome {
    Flow::named("a_link_to_a_step_leads_to_the_first_question_without_an_answer")
        .run(async |scene| {
            let page = &scene.page;
            let done = [(ES.path(ES.steps.done), "")];
            for (path, _) in steps(&ES).iter().chain(&done) {
                page.open_ready(path).await?;
                page.arrives_at(ES.book).await?;
                page.heading(ES.titles.party).await?;
            }
            let night = [&ES.path(ES.steps.night), "?personas=3"].concat();
            page.open_ready(&night).await?;
            page.button(ES.choose_first).await?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn a_copied_tab_books_nothing_twice() -> Outcome {
    Flow::named("a_copied_tab_books_nothing_twice")
        .sampled()
        .settings(few_places(8))
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let night = walk.to_check().await?;
            walk.consent().await?;
            let first = page.driver().window().await?;
            let copy = copied(page).await?;
            page.open_ready(&walk.at(ES.steps.guests)).await?;
            walk.sees_guests().await?;
            walk.fill_guests().await?;
            walk.consent().await?;
            page.driver().switch_to_window(first.clone()).await?;
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            page.driver().switch_to_window(copy).await?;
            press_if_there(page, ES.confirm).await?;
            let found = walk.booked(night).await?;
            assert_eq!(found.reference, booked.reference, "it is the same booking");
            assert_eq!(walk.api.places_left(night, TIME).await?, 4, "one booking");

            // Another copy wants another night, and learns that there is a booking.
            page.driver().switch_to_window(first).await?;
            walk.press(ES.another).await?;
            page.arrives_at(ES.book).await?;
            walk.choose_party().await?;
            walk.choose_night().await?;
            walk.take_seating().await?;
            walk.fill_guests().await?;
            walk.consent().await?;
            let first = page.driver().window().await?;
            let copy = copied(page).await?;
            page.open_ready(&walk.at(ES.steps.night)).await?;
            page.button(ES.choose_first).await?;
            page.driver().switch_to_window(first).await?;
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            page.driver().switch_to_window(copy).await?;
            press_if_there(page, ES.choose_first).await?;
            let found = walk.booked(night).await?;
            assert_eq!(found.reference, booked.reference);
            let known = walk.api.reservation(&booked.access).await?;
            assert_eq!(text(&known, "status")?, "CONFIRMED", "not given back");
            assert_eq!(walk.api.places_left(night, TIME).await?, 0, "two bookings");
            Ok(())
        })
        .await
}

/// Presses a button, unless the copy has learned that there is a booking, on being looked at.
async fn press_if_there(page: &Page, name: &str) -> Outcome {
    let press = "
        [...document.querySelectorAll('main button')]
            .find((one) => one.textContent.trim() === arguments[0])?.click();
    ";
    page.script(press, &[name.into()]).await?;
    Ok(())
}

/// A new tab with everything that this one keeps, as a browser's "duplicate" makes it.
async fn copied(page: &Page) -> Outcome<thirtyfour::WindowHandle> {
    let kept = page
        .script("return JSON.stringify({ ...sessionStorage })", &[])
        .await?;
    let copy = page.driver().new_tab().await?;
    page.driver().switch_to_window(copy.clone()).await?;
    page.open("/404.html").await?;
    let write = "
        for (const [name, value] of Object.entries(JSON.parse(arguments[0])))
            sessionStorage.setItem(name, value);
    ";
    page.script(write, &[kept]).await?;
    Ok(copy)
}

#[tokio::test]
async fn a_page_put_aside_and_brought_back_looks_again() -> Outcome {
    Flow::named("a_page_put_aside_and_brought_back_looks_again")
        .sampled()
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            walk.to_guests().await?;
            walk.type_guest().await?;
            let before = walk.hold_in_tab().await?;
            // To a page without the app, and back: kept as it was, or loaded again.
            page.open("/404.html").await?;
            page.back().await?;
            page.is_ready().await?;
            walk.sees_guests().await?;
            same(
                &before,
                &walk.hold_in_tab().await?,
                &["id", "status", "expiresAt"],
            );
            // Where the browser kept the page, it kept what was typed.
            let [name, ..] = ES.fields;
            if page.textbox(name).await?.value().await?.is_empty() {
                walk.type_guest().await?;
            }
            // Whoever was away may have lost the table without a tick to tell: the page is told that it
            // was brought back, as a browser does that keeps pages.
            for event in [
                "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))",
                SEEN_AGAIN,
                "dispatchEvent(new Event('online'))",
            ] {
                walk.give_hold_back().await?;
                page.script(event, &[]).await?;
                page.heading(ENDED).await?;
                for (label, typed) in ES.fields.iter().zip(GUEST) {
                    let value = page.textbox(*label).await?.value().await?;
                    assert_eq!(value, typed, "{label} is still there");
                }
                walk.press(RETAKE).await?;
                page.shows(ES.hold[0]).await?;
            }
            // A page that is loaded is not one that was brought back.
            page.no_console_errors().await
        })
        .await
}

/// Nothing ticks, as in a phone that is locked.
const ASLEEP: &str = "window.setInterval = () => 0;";

#[tokio::test]
async fn a_locked_phone_learns_at_once_what_became_of_its_table() -> Outcome {
    Flow::named("a_locked_phone_learns_at_once_what_became_of_its_table")
        .settings(short_hold(14))
        .before_the_app(ASLEEP)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            walk.to_guests().await?;
            walk.type_guest().await?;
            tokio::time::sleep(Duration::from_secs(22)).await;
            assert_eq!(text(&walk.hold_in_tab().await?, "status")?, "EXPIRED");
            assert!(!page.text().await?.contains(ENDED), "nothing ticks");
            page.script(SEEN_AGAIN, &[]).await?;
            page.heading(ENDED).await?;
            for (label, typed) in ES.fields.iter().zip(GUEST) {
                let value = page.textbox(*label).await?.value().await?;
                assert_eq!(value, typed, "{label} is still there");
            }
            walk.press(RETAKE).await?;
            page.shows(ES.hold[0].trim_end()).await?;
            walk.fill_guests().await?;
            walk.consent().await?;
            walk.press(ES.confirm).await?;
            page.arrives_at(&walk.at(ES.steps.done)).await?;
            page.heading(starting(ES.would_look)).await?;
            page.no_console_errors().await
        })
        .await
}

fn same(before: &Value, after: &Value, keys: &[&str]) {
    for key in keys {
        assert_eq!(before.get(*key), after.get(*key), "{key} is the same");
    }
}
