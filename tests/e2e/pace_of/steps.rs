//! The longest interaction of each step of the wizard, as the browser itself times it: from a finger or a key to
//! the frame that shows what came of it.

use std::{fmt::Write as _, sync::Mutex};

use crate::{
    failure::Outcome,
    find::starting,
    flow::{Flow, Scene},
    flows::{
        walk::{TIME, Walk},
        words::ES,
    },
    page::Page,
    slow_down,
};

/// The browser tells of interactions of 16 ms or more, in steps of 8.
const LISTEN: &str = "
    window.longest = 0;
    new PerformanceObserver((list) => {
        for (const event of list.getEntries())
            if (event.interactionId) window.longest = Math.max(window.longest, event.duration);
    }).observe({ type: 'event', durationThreshold: 16 });";

/// Waits until what was done last is painted and told of.
const LONGEST: &str = "
    const done = arguments[arguments.length - 1];
    setTimeout(() => { done(window.longest); window.longest = 0; }, 900)";

/// The table of all steps.
pub async fn report() -> Outcome<String> {
    let rows = Mutex::new(String::new());
    Flow::named("pace_of_the_steps")
        .before_the_app(LISTEN)
        .run(async |scene| {
            let found = steps(scene).await?;
            if let Ok(mut rows) = rows.lock() {
                *rows = found;
            }
            Ok(())
        })
        .await?;
    Ok(format!(
        "## The steps of the wizard\n\nThe longest interaction in milliseconds, the processor slowed down four \
         times; under 16 the browser does not tell.\n\n| step | longest |\n|---|---|\n{}",
        rows.into_inner().unwrap_or_default()
    ))
}

async fn steps(scene: &Scene) -> Outcome<String> {
    let walk = Walk::of(scene, &ES);
    let page = walk.page;
    page.open_ready(ES.book).await?;
    slow_down(page).await?;
    let mut rows = String::new();
    walk.choose_party().await?;
    row(page, "party", &mut rows).await?;
    page.button(ES.choose_first).await?;
    let night = walk.choose_night().await?;
    row(page, "night", &mut rows).await?;
    page.button(starting(TIME)).await?.click().await?;
    walk.sees_dishes().await?;
    row(page, "time", &mut rows).await?;
    walk.comes_to_guests().await?;
    row(page, "dishes", &mut rows).await?;
    walk.fill_guests().await?;
    row(page, "guests", &mut rows).await?;
    walk.consent().await?;
    walk.press(ES.confirm).await?;
    walk.booked(night).await?;
    row(page, "check", &mut rows).await?;
    Ok(rows)
}

async fn row(page: &Page, step: &str, rows: &mut String) -> Outcome {
    let longest = page.script_async(LONGEST, &[]).await?;
    let told = match longest.as_f64() {
        Some(longest) if longest >= 16.0 => format!("{longest:.0}"),
        _ => "< 16".to_owned(),
    };
    let _ = writeln!(rows, "| {step} | {told} |");
    Ok(())
}
