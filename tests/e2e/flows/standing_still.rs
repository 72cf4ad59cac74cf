//! What a visitor has begun to read stays where it is.

use std::time::Duration;

use crate::{
    engine::Engine,
    failure::Outcome,
    find::{PATIENCE, wait_until},
    flow::Flow,
    proxy::{Call, Fault},
};

const PROGRAM: Call = Call("GET", "/assets/interno_bg-*.wasm");
/// The page is seen before the program comes.
const A_LITTLE_LATE: Fault = Fault::Late(Duration::from_secs(1));

/// Adds up how far things moved that nobody had touched, as browsers measure it.
const WATCH: &str = "
    window.moved = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });";

const MEASURED: &str = "only Chromium measures it";

/// The foot of the page stood in the first screen until the question came, and was pushed out of it.
#[tokio::test]
async fn nothing_moves_when_a_page_finds_out_what_to_show() -> Outcome {
    Flow::named("nothing_moves_when_a_page_finds_out_what_to_show")
        .before_the_app(WATCH)
        .through_faults()
        .not_in(Engine::Firefox, MEASURED)
        .not_in(Engine::WebKit, MEASURED)
        .run(async |scene| {
            let (page, faults) = (&scene.page, scene.faults()?);
            faults.always(PROGRAM, A_LITTLE_LATE);
            for (path, heading) in [
                ("/es/reservar/listo/", "¿Para cuántas personas?"),
                ("/en/book/night/", "How many of you?"),
                ("/en/reservation/", "You need your link"),
            ] {
                page.open_ready(path).await?;
                page.heading(heading).await?;
                // What moved is told a frame later.
                let moved = async || {
                    let script = "return new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(window.moved), 50)));";
                    Ok(page.script(script, &[]).await?.as_f64())
                };
                let moved = wait_until(PATIENCE, moved).await?.unwrap_or(1.0);
                // Google calls a tenth good; the strip that says it is a trial comes late to My booking.
                assert!(moved < 0.1, "{path}: {moved}");
            }
            Ok(())
        })
        .await
}
