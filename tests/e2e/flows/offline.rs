//! What a phone reads without a network, and how a new version of the site comes to it.

use std::time::Duration;

use serde_json::Value;

use crate::{
    failure::{Failure, Outcome},
    find::{PATIENCE, wait_until},
    flow::Flow,
    flows::{
        walk::{GUEST, Walk},
        words::ES,
    },
    page::Page,
};

/// The kill switch, as `cargo xtask offline off` publishes it.
const LEAVES: &str = include_str!("../../../public/sw-off.js");

const SEARCH: &str = "Buscar un plato o un ingrediente";

/// The browser asks for the worker anew, as it does by itself from time to time.
const HEAR: &str = "const done = arguments[0];
    navigator.serviceWorker.ready.then((it) => it.update()).then(() => done(), () => done());";

/// Forty files are fetched when the page has become idle, beside the other flows of a run.
const KEEPING: Duration = Duration::from_mins(1);

const NOTHING: &str = "/* The flow has a copy of the site of its own. */";

/// Waits until the phone has kept the pages: no worker is ready before. What state it says to be in is
/// not asked, `WebKit` may stay behind with that.
async fn is_kept(page: &Page) -> Outcome {
    let script = "const done = arguments[0];
        setTimeout(done, 1000, false);
        navigator.serviceWorker.ready.then(() => done(true));";
    let kept = wait_until(KEEPING, async || {
        let ready = page.script_async(script, &[]).await?;
        Ok((ready == true).then_some(()))
    });
    kept.await?
        .ok_or_else(|| Failure::new("The phone kept no page."))
}

/// The names of the phone's copies.
async fn copies(page: &Page) -> Outcome<Vec<String>> {
    let script = "caches.keys().then(arguments[0])";
    let names = page.script_async(script, &[]).await?;
    let names = names.as_array().into_iter().flatten();
    Ok(names.filter_map(Value::as_str).map(str::to_owned).collect())
}

/// Waits until the phone's copies are these.
async fn comes_to_keep(page: &Page, wanted: &[&str]) -> Outcome {
    let kept = wait_until(PATIENCE, async || {
        let names = copies(page).await?;
        Ok((names == wanted).then_some(()))
    });
    let seen = copies(page).await?;
    kept.await?
        .ok_or_else(|| Failure::new(format!("The phone keeps {seen:?}, not {wanted:?}.")))
}

#[tokio::test]
async fn what_was_opened_once_is_read_without_the_network() -> Outcome {
    Flow::named("what_was_opened_once_is_read_without_the_network")
        .sampled()
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready("/es/menu/?sin=leche").await?;
            is_kept(page).await?;
            scene.site.stop().await?;
            // A page that was never opened, by the app and by the browser itself.
            let main = page.navigation("Principal").await?;
            page.within(&main).link("Historia").await?.click().await?;
            page.arrives_at("/es/historia/").await?;
            page.open_ready("/es/visita/").await?;
            page.heading("Antes de ir").await?;
            // The menu and its filter, with a wish that nobody wrote down.
            page.open_ready("/es/menu/").await?;
            page.searchbox(SEARCH).await?.fill("pescado").await?;
            let kept = page
                .script_async(
                    "const done = arguments[0];
                    caches.keys()
                        .then((names) => Promise.all(names.map((name) => caches.open(name))))
                        .then((caches) => Promise.all(caches.map((cache) => cache.keys())))
                        .then((lists) => done(lists.flat().map(({ url }) => url).join(' ')));",
                    &[],
                )
                .await?;
            let kept = kept.as_str().unwrap_or_default();
            assert!(kept.contains("/es/menu/"), "{kept}");
            for never in ["?", "/api/", "config.json", "/en/"] {
                assert!(!kept.contains(never), "“{never}” is in: {kept}");
            }
            // What it has no copy of, it says so of, and leads on.
            page.open("/en/press/").await?;
            page.heading("No network, and no copy of this page").await?;
            // A booking needs the network: it says so, and whom to ask.
            page.open_ready(ES.book).await?;
            page.heading("¿Para cuántas personas?").await?;
            scene.site.start().await?;
            page.open_ready("/en/press/").await?;
            page.heading("In the press").await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_kept_confirmation_opens_without_the_network() -> Outcome {
    Flow::named("a_kept_confirmation_opens_without_the_network")
        .sampled()
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let booked = walk.to_done().await?;
            walk.press("Guardar una copia en este aparato").await?;
            page.shows("Hay una copia en este aparato.").await?;
            is_kept(page).await?;
            scene.site.stop().await?;
            let page = &scene.page;
            page.open_ready("/es/reserva/").await?;
            page.shows(&booked.reference).await?;
            page.shows("De prueba, según la copia del ").await?;
            scene.site.start().await
        })
        .await
}

#[tokio::test]
async fn a_new_version_never_comes_into_a_booking() -> Outcome {
    Flow::named("a_new_version_never_comes_into_a_booking")
        .sampled()
        .before_the_app(NOTHING)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let night = walk.to_guests().await?;
            is_kept(page).await?;
            let first = copies(page).await?;
            walk.type_guest().await?;
            // The next version is published, and the browser hears of it.
            let worker = scene.site.published("sw.js")?;
            let menu = scene.site.published("es/menu/index.html")?;
            let before = first
                .first()
                .map_or("", |name| name.trim_start_matches("interno-"));
            scene
                .site
                .publish("sw.js", &worker.replace(before, "next"))?;
            let menu = menu.replace(">La carta</h1>", ">La carta nueva</h1>");
            scene.site.publish("es/menu/index.html", &menu)?;
            page.script_async(HEAR, &[]).await?;
            comes_to_keep(
                page,
                &[first.first().map_or("", String::as_str), "interno-next"],
            )
            .await?;
            // The booking goes on as if nothing had been.
            for (label, value) in ES.fields.iter().zip(GUEST) {
                assert_eq!(page.textbox(*label).await?.value().await?, value);
            }
            walk.press(ES.next).await?;
            page.arrives_at(&walk.at(ES.steps.check)).await?;
            walk.consent().await?;
            walk.press(ES.confirm).await?;
            walk.booked(night).await?;
            // A page that is opened now is the new one.
            page.open_ready("/es/menu/").await?;
            page.heading("La carta nueva").await?;
            // With the last tab of the old version its copies go.
            let old = page.driver().window().await?;
            let tab = page.driver().new_tab().await?;
            page.driver().switch_to_window(old).await?;
            page.driver().close_window().await?;
            page.driver().switch_to_window(tab).await?;
            page.open_ready("/es/menu/").await?;
            comes_to_keep(page, &["interno-next"]).await?;
            // And where something is wrong with all of it, it goes away under a tab that is open.
            scene.site.publish("sw.js", LEAVES)?;
            page.script_async(HEAR, &[]).await?;
            comes_to_keep(page, &[]).await?;
            page.searchbox(SEARCH).await?.fill("pescado").await?;
            page.open_ready("/es/historia/").await?;
            Ok(())
        })
        .await
}
