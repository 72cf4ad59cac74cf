//! The app itself: it does not come, comes late, or stops in the middle of something.

use std::time::Duration;

use serde_json::Value;

use crate::{
    failure::{Failure, Outcome},
    find::{PATIENCE, wait_until},
    flow::Flow,
    flows::{
        walk::{GUEST, Walk},
        words::{EN, ES},
    },
    page::Page,
    proxy::{Fault, GLUE, MISSING, PAGE, PROBLEM, WASM},
};

const ENDED: &str = "Esta página dejó de responder";
const ENDED_EN: &str = "This page has stopped responding";
const SAFE: &str = "no se perdió: lo que eligió sigue guardado en esta pestaña.";
pub const RELOAD: &str = "Recargar la página";
const LATE: &str = "Esta página todavía está llegando.";
const CONTACT: &str = "fundacionaccioninterna.org";

#[tokio::test]
async fn an_app_that_does_not_come_is_said() -> Outcome {
    Flow::named("an_app_that_does_not_come_is_said")
        .sampled()
        .through_faults()
        .run(async |scene| {
            let faults = scene.faults()?;
            let page = &scene.page;
            for (call, fault) in [
                // First: a script that has come once is not asked for again in every engine.
                (GLUE, Fault::Instead(MISSING)),
                (GLUE, Fault::RequestLost),
                (WASM, Fault::Instead(MISSING)),
                (WASM, Fault::Instead(PROBLEM)),
                (WASM, Fault::Instead(PAGE)),
                (WASM, Fault::Cut),
                (WASM, Fault::RequestLost),
            ] {
                faults.always(call, fault);
                page.open(ES.book).await?;
                let said = says_that_it_ended(page).await;
                said.map_err(|failure| failure.while_doing(&format!("{call:?} {fault:?}")))?;
                // A page that is only read is not said to be broken.
                page.open("/es/menu/").await?;
                failed(page).await?;
                assert!(!page.text().await?.contains(ENDED));
                faults.mended();
            }
            // A server that does not know what a WebAssembly is keeps nobody from booking.
            faults.always(WASM, Fault::RequestLost);
            page.open(ES.book).await?;
            says_that_it_ended(page).await?;
            faults.mended();
            faults.always(WASM, Fault::Called("text/plain"));
            page.button(RELOAD).await?.click().await?;
            page.is_ready().await?;
            Walk::of(scene, &ES).choose_party().await?;
            assert!(!page.text().await?.contains(ENDED));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_app_that_is_late_is_said_to_be_coming() -> Outcome {
    Flow::named("an_app_that_is_late_is_said_to_be_coming")
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
            let page = walk.page;
            faults.next(WASM, Fault::Late(Duration::from_secs(11)));
            page.open(ES.book).await?;
            page.heading(ES.titles.party).await?;
            assert!(!page.text().await?.contains(LATE), "not at once");
            page.shows(LATE).await?;
            page.is_ready().await?;
            assert!(!page.text().await?.contains(LATE), "not any more");
            walk.choose_party().await?;
            page.no_console_errors().await
        })
        .await
}

/// The next thing the app asks of the browser ends it, as a panic does: in the middle of something,
/// with everything that it had begun left as it is. No page and no function of the app knows of this.
const TRAP: &str = r"
    const real = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = (source, imports) => {
        for (const part of Object.values(imports)) {
            for (const [name, call] of Object.entries(part)) {
                if (typeof call !== 'function') continue;
                part[name] = (...args) => {
                    if (window.trapped) {
                        window.trapped = false;
                        throw new WebAssembly.RuntimeError('unreachable');
                    }
                    return call(...args);
                };
            }
        }
        return real.call(WebAssembly, source, imports);
    };
";

#[tokio::test]
async fn an_app_that_stops_loses_nothing_and_holds_nobody() -> Outcome {
    Flow::named("an_app_that_stops_loses_nothing_and_holds_nobody")
        .sampled()
        .before_the_app(TRAP)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            walk.to_guests().await?;
            walk.type_guest().await?;
            let before = walk.hold_in_tab().await?;
            stops(page, ES.next).await?;
            says_that_it_ended(page).await?;
            // What was just being sent must not get into the address.
            page.arrives_at(&walk.at(ES.steps.guests)).await?;
            for (label, typed) in ES.fields.iter().zip(GUEST) {
                let value = page.textbox(*label).await?.value().await?;
                assert_eq!(value, typed, "what was typed can still be copied");
            }
            page.button(RELOAD).await?.click().await?;
            stands_again(&walk, &before).await?;

            // Links are the browser's own again.
            stops(page, ES.next).await?;
            says_that_it_ended(page).await?;
            page.script("window.sameDocument = true", &[]).await?;
            let menu = "document.querySelector('header a[href=\"/es/menu/\"]').click()";
            page.script(menu, &[]).await?;
            page.arrives_at("/es/menu/").await?;
            let same = page.script("return window.sameDocument === true", &[]);
            assert_eq!(same.await?, false, "the page was loaded");
            page.back().await?;
            stands_again(&walk, &before).await?;

            // So is Back.
            stops(page, ES.next).await?;
            says_that_it_ended(page).await?;
            page.back().await?;
            page.arrives_at(&walk.at(ES.steps.dishes)).await?;
            page.is_ready().await?;
            walk.sees_dishes().await?;
            walk.comes_to_guests().await?;

            // What is said is in the language on show, whatever the page was loaded in.
            page.link("English").await?.click().await?;
            let english = Walk::of(scene, &EN);
            page.arrives_at(&english.at(EN.steps.guests)).await?;
            english.sees_guests().await?;
            stops(page, EN.next).await?;
            page.heading(ENDED_EN).await?;
            page.focus_says(ENDED_EN).await?;
            assert!(!page.text().await?.contains(ENDED), "in one language");
            Ok(())
        })
        .await
}

/// A press on the way on, in which the app stops.
async fn stops(page: &Page, next: &str) -> Outcome {
    page.button(next).await?;
    let press = "
        window.trapped = true;
        [...document.querySelectorAll('button')]
            .find((one) => one.textContent.trim() === arguments[0]).click();
    ";
    page.script(press, &[next.into()]).await?;
    failed(page).await
}

async fn failed(page: &Page) -> Outcome {
    let now = async || {
        let state = page.script("return document.documentElement.dataset.app", &[]);
        Ok((state.await? == "failed").then_some(()))
    };
    let failed = wait_until(PATIENCE, now).await?;
    failed.ok_or_else(|| Failure::new("The page does not know that the app has ended."))
}

pub async fn says_that_it_ended(page: &Page) -> Outcome {
    page.heading(ENDED).await?;
    page.shows(SAFE).await?;
    let notice = page.alert("").await?;
    page.within(&notice).link(CONTACT).await?;
    page.focus_says(ENDED).await
}

/// The table is the same, and the app is there again.
async fn stands_again(walk: &Walk<'_>, before: &Value) -> Outcome {
    walk.page.is_ready().await?;
    walk.sees_guests().await?;
    let after = walk.hold_in_tab().await?;
    for key in ["id", "status", "expiresAt"] {
        assert_eq!(before.get(key), after.get(key), "{key} is the same");
    }
    Ok(())
}
