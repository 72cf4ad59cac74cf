//! A dish: from the menu to its page, to its translation, and back to its place on the menu.

use crate::{
    failure::{Failure, Outcome},
    find::{PATIENCE, wait_until},
    flow::Flow,
};

const DISH: &str = "Tiradito de tilapia en tamarindo";

/// Whether the dish's place has the focus, in view.
const AT_ITS_PLACE: &str = "
    const at = document.activeElement;
    const { top, bottom } = at.getBoundingClientRect();
    return at.id === 'tiradito-de-tilapia' && top >= 0 && top < innerHeight && bottom > 0";

#[tokio::test]
async fn a_dish_keeps_its_place() -> Outcome {
    Flow::named("a_dish_keeps_its_place")
        .sampled()
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready("/en/menu/").await?;
            page.script("window.marker = true", &[]).await?;
            page.link(DISH).await?.click().await?;
            page.arrives_at("/en/menu/tilapia-tiradito/").await?;
            page.attends("heading", DISH).await?;
            // No list of dishes is in the app: the page itself knows its translation.
            let languages = page.navigation("Language").await?;
            page.within(&languages)
                .link("Español")
                .await?
                .click()
                .await?;
            page.arrives_at("/es/menu/tiradito-de-tilapia/").await?;
            page.attends("heading", DISH).await?;
            page.link("Volver a la carta").await?.click().await?;
            page.arrives_at("/es/menu/#tiradito-de-tilapia").await?;
            let there = async || {
                let there = page.script(AT_ITS_PLACE, &[]).await?;
                Ok((there == true).then_some(()))
            };
            if wait_until(PATIENCE, there).await?.is_none() {
                return Err(Failure::new("The menu is not entered at the dish."));
            }
            let marker = page.script("return window.marker ?? null", &[]).await?;
            assert_eq!(marker, true, "a page was loaded anew");
            page.no_console_errors().await
        })
        .await
}
