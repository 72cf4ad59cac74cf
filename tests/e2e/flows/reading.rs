//! A reader keeps the place: in the other language, on Back, and while the page settles.

use std::time::Duration;

use serde_json::Value;

use crate::{
    engine::Engine,
    failure::{Failure, Outcome},
    find::{Element, PATIENCE, starting, wait_until},
    flow::Flow,
    flows::{
        walk::{TIME, Walk},
        words::{EN, ES},
    },
    page::Page,
    proxy::{Call, Fault},
};

/// How far a place may end up from where it stood, in CSS pixels: browsers round.
const NEAR: f64 = 4.0;

/// What nothing answers without.
const PROGRAM: Call = Call("GET", "/assets/interno_bg-*.wasm");

/// The most that may move without the visitor's doing (Cumulative Layout Shift; 0.1 is called good).
const STILL: f64 = 0.01;

#[tokio::test]
async fn the_other_language_is_read_on_where_this_one_was() -> Outcome {
    Flow::named("the_other_language_is_read_on_where_this_one_was")
        .sampled()
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready("/es/visita/").await?;
            let rules = page.heading("Reglas de la casa").await?;
            page.script("arguments[0].scrollIntoView()", &[handle(&rules)?])
                .await?;
            let stood = top_of(page, &rules).await?;
            // By script: the switch is out of sight, and a driver would scroll to it.
            let english = page.link("English").await?;
            page.script("arguments[0].click()", &[handle(&english)?])
                .await?;
            page.arrives_at("/en/visit/").await?;
            let rules = page.heading("House rules").await?;
            is_near(page, &rules, stood).await?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn back_leads_to_where_a_page_was_left() -> Outcome {
    Flow::named("back_leads_to_where_a_page_was_left")
        .sampled()
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready("/en/story/").await?;
            let link = page.link("second chances").await?;
            page.script(
                "arguments[0].scrollIntoView({ block: 'center' })",
                &[handle(&link)?],
            )
            .await?;
            let stood = top_of(page, &link).await?;
            link.click().await?;
            page.arrives_at("/en/second-chances/").await?;
            page.heading("Second chances").await?;
            page.back().await?;
            page.arrives_at("/en/story/").await?;
            let link = page.link("second chances").await?;
            is_near(page, &link, stood).await?;
            page.no_console_errors().await
        })
        .await
}

/// The heading of a new step takes the focus a moment after it is there. Whoever was faster and is
/// in a field already would lose what is typed.
#[tokio::test]
async fn a_field_that_was_taken_first_keeps_the_focus() -> Outcome {
    const TAKE_THE_FIRST_FIELD: &str = r"
        new MutationObserver((_, observer) => {
            const fields = document.querySelectorAll('main input[type=text], main input:not([type])');
            const field = [...fields].find((one) => one.checkVisibility());
            if (!field) return;
            observer.disconnect();
            field.focus();
            requestAnimationFrame(() => requestAnimationFrame(() => { window.settled = true; }));
        }).observe(document.documentElement, { childList: true, subtree: true });
    ";
    Flow::named("a_field_that_was_taken_first_keeps_the_focus")
        .before_the_app(TAKE_THE_FIRST_FIELD)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            walk.to_time().await?;
            page.button(starting(TIME)).await?.click().await?;
            walk.sees_dishes().await?;
            walk.press(ES.next).await?;
            let settled = wait_until(PATIENCE, async || {
                let settled = page.script("return window.settled === true", &[]).await?;
                Ok(settled.as_bool().filter(|settled| *settled))
            })
            .await?;
            assert_eq!(settled, Some(true), "the script took a field");
            page.attends("textbox", ES.fields[0]).await
        })
        .await
}

/// Notes how far things move that nobody has touched.
const COUNT_SHIFTS: &str = r"
    window.shifts = [];
    new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifts.push(shift.value);
    }).observe({ type: 'layout-shift', buffered: true });
";

/// How far they have moved, a moment after the fonts have come: what moves for them has moved then.
const SUM_OF_SHIFTS: &str = r"
    const done = arguments[arguments.length - 1];
    document.fonts.ready.then(() => setTimeout(
        () => done(window.shifts.reduce((sum, shift) => sum + shift, 0)), 300));
";

const ONLY_CHROMIUM_MEASURES: &str = "it does not tell what moved";

async fn has_moved(page: &Page) -> Outcome<f64> {
    let moved = page.script_async(SUM_OF_SHIFTS, &[]).await?;
    Ok(moved.as_f64().unwrap_or(f64::MAX))
}

/// Fonts, answers and drawings have their room before they come.
#[tokio::test]
async fn nothing_moves_while_a_page_settles() -> Outcome {
    Flow::named("nothing_moves_while_a_page_settles")
        .not_in(Engine::Firefox, ONLY_CHROMIUM_MEASURES)
        .not_in(Engine::WebKit, ONLY_CHROMIUM_MEASURES)
        .before_the_app(COUNT_SHIFTS)
        .run(async |scene| {
            let page = &scene.page;
            for path in [
                "/es/",
                "/en/story/",
                "/es/menu/",
                "/en/visit/",
                "/es/reservar/",
            ] {
                page.open_ready(path).await?;
                if path == ES.book {
                    page.shows(ES.trial).await?;
                }
                let moved = has_moved(page).await?;
                if moved > STILL {
                    return Err(Failure::new(format!("{path} moved by {moved}.")));
                }
            }
            Ok(())
        })
        .await
}

/// The foot of the page stood in the first screen until the question came, and was pushed out of it.
#[tokio::test]
async fn nothing_moves_when_a_page_finds_out_what_to_show() -> Outcome {
    Flow::named("nothing_moves_when_a_page_finds_out_what_to_show")
        .not_in(Engine::Firefox, ONLY_CHROMIUM_MEASURES)
        .not_in(Engine::WebKit, ONLY_CHROMIUM_MEASURES)
        .before_the_app(COUNT_SHIFTS)
        .through_faults()
        .run(async |scene| {
            let (page, faults) = (&scene.page, scene.faults()?);
            // The page is seen before the program comes.
            faults.always(PROGRAM, Fault::Late(Duration::from_secs(1)));
            for (path, heading, most) in [
                ("/es/reservar/listo/", ES.titles.party, STILL),
                ("/en/book/night/", EN.titles.party, STILL),
                // That it is a trial is known late here, and told above all else.
                ("/en/reservation/", "You need your link", 0.1),
            ] {
                page.open_ready(path).await?;
                page.heading(heading).await?;
                let moved = has_moved(page).await?;
                if moved > most {
                    return Err(Failure::new(format!("{path} moved by {moved}.")));
                }
            }
            Ok(())
        })
        .await
}

fn handle(element: &Element) -> Outcome<Value> {
    Ok(element.raw().to_json()?)
}

async fn top_of(page: &Page, element: &Element) -> Outcome<f64> {
    let script = "return arguments[0].getBoundingClientRect().top";
    let top = page.script(script, &[handle(element)?]).await?;
    top.as_f64()
        .ok_or_else(|| Failure::new("An element has no place."))
}

/// The element stands where another stood, once the page has found its place.
async fn is_near(page: &Page, element: &Element, stood: f64) -> Outcome {
    let near = wait_until(PATIENCE, async || {
        let top = top_of(page, element).await?;
        Ok(((top - stood).abs() <= NEAR).then_some(()))
    })
    .await?;
    near.ok_or_else(|| Failure::new(format!("Nothing stands {stood} pixels down the window.")))
}
