//! No page is wider than its window: on the narrowest phones, and with text at twice its size.

use serde_json::Value;

use crate::{
    engine::Engine,
    failure::{Failure, Outcome},
    flow::{Flow, Scene},
    site::Site,
};

/// The script names what sticks out, so that a fault can be found.
const TOO_WIDE: &str = r"
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return null;
    const out = [...document.querySelectorAll('body *')].filter((element) =>
        element.getBoundingClientRect().right > width + 1 && !element.closest('svg'));
    return `${document.documentElement.scrollWidth} of ${width}: ` + out.slice(0, 3)
        .map((element) => element.outerHTML.slice(0, 80)).join(' … ');
";

const WHY: &str = "only Chromium starts with other sizes of window and text";

#[tokio::test]
async fn no_page_is_wider_than_the_narrowest_phone() -> Outcome {
    Flow::named("no_page_is_wider_than_the_narrowest_phone")
        .not_in(Engine::Firefox, WHY)
        .not_in(Engine::WebKit, WHY)
        .width(320)
        .run(async |scene| every_page_fits(scene, "return innerWidth === 320").await)
        .await
}

#[tokio::test]
async fn no_page_is_wider_than_its_window_with_text_at_twice_its_size() -> Outcome {
    const LARGE: &str = "return getComputedStyle(document.documentElement).fontSize === '32px'";
    Flow::named("no_page_is_wider_than_its_window_with_text_at_twice_its_size")
        .not_in(Engine::Firefox, WHY)
        .not_in(Engine::WebKit, WHY)
        .text_size(32)
        .run(async |scene| every_page_fits(scene, LARGE).await)
        .await
}

async fn every_page_fits(scene: &Scene, condition: &str) -> Outcome {
    let page = &scene.page;
    let mut faults = Vec::new();
    for path in Site::pages()?
        .iter()
        .map(String::as_str)
        .chain(["/404.html"])
    {
        page.open(path).await?;
        assert_eq!(
            page.script(condition, &[]).await?,
            true,
            "the browser does not show {path} as this test means to see it"
        );
        if let Value::String(fault) = page.script(TOO_WIDE, &[]).await? {
            faults.push(format!("{path}: {fault}"));
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::new(faults.join("\n")))
}
