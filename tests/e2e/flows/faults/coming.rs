//! What was tapped is on its way, on a slow network: the tap is heard.

use std::time::Duration;

use crate::{
    failure::{Failure, Outcome},
    flow::Flow,
    flows::{walk::Walk, words::ES},
    proxy::{Call, Fault, PART},
};

const COMING: &str = "Un momento: ya viene en camino.";
const COMING_EN: &str = "One moment: it is on its way.";
const STORY: Call = Call("GET", "/es/historia/page.json");
const VISIT: Call = Call("GET", "/en/visit/page.json");
/// The styles that a page does not bring.
const LOOKS: Call = Call("GET", "/assets/style-*.css");
/// What of the program filters the menu.
const FILTER: Call = Call("GET", "/assets/interno_menu-*.wasm");
const WAITING: &str = "El filtro se aplica en cuanto termine de cargar la página.";
const FAILED: &str = "El filtro no cargó. Aquí abajo está la carta completa.";
/// Longer than it takes to open a page and look at it, and shorter than anybody's patience here.
const LATE: Fault = Fault::Late(Duration::from_secs(8));
const A_LITTLE_LATE: Fault = Fault::Late(Duration::from_secs(4));

#[tokio::test]
async fn a_tap_on_what_is_on_its_way_is_heard() -> Outcome {
    Flow::named("a_tap_on_what_is_on_its_way_is_heard")
        .sampled()
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
            let page = walk.page;
            // A part of the program.
            faults.next(PART, LATE);
            page.open_ready(ES.book).await?;
            assert!(!page.text().await?.contains(COMING), "nobody tapped");
            let party = ES.party(walk.party);
            page.link(party.as_str()).await?.click().await?;
            page.shows(COMING).await?;
            page.heading(ES.titles.night).await?;
            page.shows_no_longer(COMING).await?;
            // A page that is read, in the language on show.
            page.open_ready("/es/").await?;
            faults.always(STORY, A_LITTLE_LATE);
            let main = page.navigation("Principal").await?;
            page.within(&main).link("Historia").await?.click().await?;
            page.shows(COMING).await?;
            page.arrives_at("/es/historia/").await?;
            page.shows_no_longer(COMING).await?;
            page.link("English").await?.click().await?;
            page.arrives_at("/en/story/").await?;
            faults.always(VISIT, A_LITTLE_LATE);
            let main = page.navigation("Main").await?;
            page.within(&main).link("Visit").await?.click().await?;
            page.shows(COMING_EN).await?;
            page.arrives_at("/en/visit/").await?;
            page.shows_no_longer(COMING_EN).await?;
            page.no_console_errors().await
        })
        .await
}

/// A page is styled before it is seen: it brings only its own styles, and the app the rest.
#[tokio::test]
async fn another_page_waits_for_what_it_looks_like() -> Outcome {
    Flow::named("another_page_waits_for_what_it_looks_like")
        .through_faults()
        .run(async |scene| {
            let (page, faults) = (&scene.page, scene.faults()?);
            let styled = async || {
                let script = "return [...document.styleSheets].some(({ href }) => href?.includes('/assets/style-'))";
                Ok::<_, Failure>(page.script(script, &[]).await? == true)
            };
            faults.always(LOOKS, LATE);
            page.open_ready("/es/aliados/").await?;
            assert!(!styled().await?, "the app does not wait for it");
            let main = page.navigation("Principal").await?;
            page.within(&main).link("Carta").await?.click().await?;
            page.heading("La carta").await?;
            assert!(styled().await?, "the menu was shown without its looks");
            // The first question wants nothing that its page does not bring.
            page.open_ready(ES.book).await?;
            page.link(ES.party(3).as_str()).await?;
            assert!(!styled().await?, "the question waited");
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn a_filter_that_is_on_its_way_or_does_not_come_says_so() -> Outcome {
    Flow::named("a_filter_that_is_on_its_way_or_does_not_come_says_so")
        .through_faults()
        .run(async |scene| {
            let (page, faults) = (&scene.page, scene.faults()?);
            let tick = async || {
                let group = page.group("Sin").await?;
                page.within(&group).checkbox("leche").await?.click().await
            };
            faults.next(FILTER, LATE);
            page.open_ready("/es/menu/").await?;
            assert!(!page.text().await?.contains(WAITING), "nobody tapped");
            tick().await?;
            page.shows(WAITING).await?;
            page.shows("14 de 20 platos").await?;
            page.shows_no_longer(WAITING).await?;
            // The menu is read without it.
            faults.always(FILTER, Fault::RequestLost);
            page.open_ready("/es/menu/").await?;
            tick().await?;
            page.shows(FAILED).await?;
            page.shows_no_longer(WAITING).await?;
            page.shows("20 platos").await
        })
        .await
}
