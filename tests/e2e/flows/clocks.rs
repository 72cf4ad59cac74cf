//! Phones in other time zones, with wrong clocks, at midnight and at the end of a month: days and times
//! are the venue's, nothing that can be booked is refused, and a table is kept as long as it is kept.

use serde_json::{Value, json};

use crate::{
    engine::Engine,
    failure::{Failure, Outcome},
    find::containing_all,
    flow::Flow,
    flows::{
        walk::{TIME, Walk},
        words::ES,
    },
    page::Page,
};

const MOVED: &str = "Chromium's own protocol moves its time zone";

/// A clock that is off by what the tab was told.
const WRONG: &str = r"
    const off = Number(sessionStorage.getItem('e2e.clock') ?? 0);
    const Real = Date;
    globalThis.Date = class extends Real {
        constructor(...parts) {
            if (parts.length) super(...parts);
            else super(Real.now() + off);
        }
        static now() {
            return Real.now() + off;
        }
    };
";

/// A page on which nothing of the booking is alive.
const NO_APP: &str = "/404.html";

const DAY_MS: i64 = 86_400_000;

#[tokio::test]
async fn days_and_times_are_the_venues_on_every_phone() -> Outcome {
    Flow::named("days_and_times_are_the_venues_on_every_phone")
        .before_the_app(WRONG)
        .not_in(Engine::Firefox, MOVED)
        .not_in(Engine::WebKit, MOVED)
        .run(async |scene| {
            for (zone, off_ms) in [
                ("Australia/Sydney", 3 * DAY_MS),
                ("America/Los_Angeles", -3 * DAY_MS),
                ("Pacific/Kiritimati", 0),
            ] {
                let walk = Walk::of(scene, &ES);
                let page = walk.page;
                page.open(NO_APP).await?;
                let here = json!({ "timezoneId": zone });
                let cdp = page.driver().cdp();
                cdp.send_raw("Emulation.setTimezoneOverride", here).await?;
                is_off(page, off_ms.into()).await?;
                books_what_it_reads(&walk)
                    .await
                    .map_err(|failure| failure.while_doing(zone))?;
            }
            scene.page.no_console_errors().await
        })
        .await
}

/// The tab begins anew, with a clock that is off by so much.
async fn is_off(page: &Page, off_ms: Value) -> Outcome {
    let set = "sessionStorage.clear(); sessionStorage.setItem('e2e.clock', arguments[0])";
    page.script(set, &[off_ms]).await?;
    Ok(())
}

async fn books_what_it_reads(walk: &Walk<'_>) -> Outcome {
    let page = walk.page;
    walk.to_night().await?;
    let free = walk.api.free_nights(walk.party).await?;
    let first = free.first().copied();
    let first = first.ok_or_else(|| Failure::new("The API has no free night."))?;
    page.shows(ES.first_free).await?;
    page.button(ES.free_night(first)).await?;
    let night = walk.choose_night().await?;
    page.shows("Hora de Cartagena.").await?;
    walk.take_seating().await?;
    keeps_ten_minutes(page).await?;
    walk.fill_guests().await?;
    for part in ES.night_parts(night) {
        page.shows(&part).await?;
    }
    page.shows(TIME).await?;
    page.shows("hora de Cartagena").await?;
    keeps_ten_minutes(page).await?;
    walk.consent().await?;
    walk.press(ES.confirm).await?;
    walk.booked(night).await?;
    let [weekday, date] = ES.night_parts(night);
    page.heading(containing_all([weekday, date, TIME.to_owned()]))
        .await?;
    Ok(())
}

async fn keeps_ten_minutes(page: &Page) -> Outcome {
    let text = page.text().await?;
    let kept = |minutes: u8| text.contains(&format!("Le guardamos esta mesa {minutes} min"));
    if kept(10) || kept(9) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "It does not say ten minutes:\n{text}"
    )))
}

#[tokio::test]
async fn midnight_at_the_end_of_a_month_takes_nothing_away() -> Outcome {
    const FIVE_SECONDS_BEFORE: &str = "
        const wall = new Date(Date.now() - 5 * 3600e3);
        const month = Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 1, 5);
        return month - 8000 - Date.now();
    ";
    Flow::named("midnight_at_the_end_of_a_month_takes_nothing_away")
        .before_the_app(WRONG)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            page.open(NO_APP).await?;
            let off_ms = page.script(FIVE_SECONDS_BEFORE, &[]).await?;
            is_off(page, off_ms).await?;
            walk.to_night().await?;
            page.button(ES.choose_first).await?;
            // By this phone a month begins; by the venue it is days away, or hours ago.
            tokio::time::sleep(std::time::Duration::from_secs(8)).await;
            page.back().await?;
            page.heading(ES.titles.party).await?;
            books_what_it_reads(&walk).await?;
            page.no_console_errors().await
        })
        .await
}
