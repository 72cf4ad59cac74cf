//! A tap is answered at once, however long a slow phone needs for what comes of it.

use crate::{
    failure::Outcome,
    find::starting,
    flow::Flow,
    flows::{
        walk::{TIME, Walk},
        words::ES,
    },
};

/// Notes each formatter of dates that is made, and for what.
const COUNT: &str = "
    const Real = Intl.DateTimeFormat;
    window.formatters = [];
    Intl.DateTimeFormat = class extends Real {
        constructor(...parts) {
            super(...parts);
            window.formatters.push(JSON.stringify(parts));
        }
    };";

/// What the page shows when everything a tap does at once is done, and before any frame.
const TAP: &str = "
    const [button, done] = arguments;
    button.click();
    let left = 100;
    const go = () => {
        left -= 1;
        if (left) queueMicrotask(go);
        else done(document.querySelector('h1').textContent);
    };
    go();";

/// A new step took a slow phone up to 270 ms, in which its button looked as if nobody had touched it.
#[tokio::test]
async fn a_tap_does_not_wait_for_the_next_step() -> Outcome {
    Flow::named("a_tap_does_not_wait_for_the_next_step")
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            walk.to_night().await?;
            let night = page.button(ES.choose_first).await?;
            let shown = page.script_async(TAP, &[night.raw().to_json()?]).await?;
            assert_eq!(shown, ES.titles.night, "while the tap lasts");
            walk.sees_times().await?;
            page.button(starting(TIME)).await?.click().await?;
            walk.sees_dishes().await?;
            let next = page.button(ES.next).await?;
            let shown = page.script_async(TAP, &[next.raw().to_json()?]).await?;
            assert_eq!(shown, ES.titles.dishes, "while the tap lasts");
            walk.sees_guests().await?;
            page.no_console_errors().await
        })
        .await
}

/// Each of them takes a slow phone longer than the rest of a month.
#[tokio::test]
async fn a_formatter_of_dates_is_made_once() -> Outcome {
    Flow::named("a_formatter_of_dates_is_made_once")
        .before_the_app(COUNT)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            walk.to_night().await?;
            walk.press(ES.next_month).await?;
            let made = walk.page.script("return window.formatters", &[]).await?;
            let mut made: Vec<String> = serde_json::from_value(made)?;
            let all = made.len();
            made.sort();
            made.dedup();
            assert!(all > 2, "nights are told in words: {made:?}");
            assert_eq!(made.len(), all, "each once: {made:?}");
            Ok(())
        })
        .await
}

/// The first of them took a slow phone a fifth of a second, in which the menu did not answer.
#[tokio::test]
async fn no_date_is_put_into_words_before_one_is_shown() -> Outcome {
    Flow::named("no_date_is_put_into_words_before_one_is_shown")
        .before_the_app(COUNT)
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready("/es/menu/").await?;
            let group = page.group("Sin").await?;
            page.within(&group).checkbox("leche").await?.click().await?;
            page.shows("14 de 20 platos").await?;
            let made = page.script("return window.formatters", &[]).await?;
            assert_eq!(made, serde_json::json!([]));
            Ok(())
        })
        .await
}
