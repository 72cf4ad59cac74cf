//! Calls that only read: the venue, the nights, the seatings.

use std::time::Duration;

use super::{AGAIN, DOWN, STRANGE, TOO_MANY, UNREACHABLE, only_the_network_failed, told, until};
use crate::{
    failure::{Failure, Outcome},
    find::{containing, containing_all, starting},
    flow::Flow,
    flows::{
        walk::{TIME, Walk, few_places},
        words::ES,
    },
    proxy::{
        BUSY_FOR_LONG, CALENDAR, CONFIG, EMPTY, EVENING, Fault, GATEWAY, MALFORMED, MISTYPED,
        PROBLEM, VENUE,
    },
};

/// Each fault of a call that reads, and what is said of it.
pub const FAULTS: [(Fault, &str); 8] = [
    (Fault::RequestLost, UNREACHABLE),
    (Fault::Cut, UNREACHABLE),
    (Fault::Instead(PROBLEM), DOWN),
    (Fault::Instead(GATEWAY), DOWN),
    (Fault::Instead(MALFORMED), STRANGE),
    (Fault::Instead(MISTYPED), STRANGE),
    (Fault::Instead(EMPTY), STRANGE),
    (Fault::Instead(BUSY_FOR_LONG), TOO_MANY),
];

#[tokio::test]
async fn a_venue_that_does_not_answer_is_said_and_asked_again() -> Outcome {
    Flow::named("a_venue_that_does_not_answer_is_said_and_asked_again")
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
            let page = walk.page;
            for (fault, words) in FAULTS {
                faults.next(VENUE, fault);
                page.open_ready(ES.book).await?;
                told(&walk, words, &[]).await?;
                page.shows("No pudimos consultar si hoy se puede reservar.")
                    .await?;
                walk.press(AGAIN).await?;
                page.shows(ES.trial).await?;
                page.no_button(AGAIN).await?;
            }
            faults.always(CONFIG, Fault::RequestLost);
            page.open_ready(ES.book).await?;
            told(&walk, UNREACHABLE, &[]).await?;
            faults.mended();
            // Whoever goes on without it is not left in doubt: the next step asks again.
            walk.choose_party().await?;
            page.shows(ES.trial).await?;
            only_the_network_failed(&walk).await
        })
        .await
}

#[tokio::test]
async fn nights_that_do_not_come_are_said_and_asked_again() -> Outcome {
    Flow::named("nights_that_do_not_come_are_said_and_asked_again")
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
            walk.to_night().await?;
            walk.page.button(ES.choose_first).await?;
            let late = (Fault::Late(Duration::from_secs(13)), UNREACHABLE);
            for (fault, words) in FAULTS.into_iter().chain([late]) {
                faults.next(CALENDAR, fault);
                again_and_again(&walk, fault, words).await?;
                walk.page.button(ES.choose_first).await?;
            }
            until("every fault was met", || faults.seen(CALENDAR) > 18).await?;
            only_the_network_failed(&walk).await
        })
        .await
}

#[tokio::test]
async fn seatings_that_do_not_come_are_said_and_asked_again() -> Outcome {
    Flow::named("seatings_that_do_not_come_are_said_and_asked_again")
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
            let night = walk.to_time().await?;
            let day = night.day().to_string();
            walk.page.button(starting(TIME)).await?;
            for (fault, words) in FAULTS {
                faults.next(EVENING, fault);
                again_and_again(&walk, fault, words).await?;
                walk.page.button(starting(TIME)).await?;
                walk.bar_says(&[&ES.party(4), &day]).await?;
            }
            only_the_network_failed(&walk).await
        })
        .await
}

/// The page is loaded while a call fails: what was answered stands, and one press brings the rest.
pub async fn again_and_again(walk: &Walk<'_>, fault: Fault, words: &str) -> Outcome {
    walk.page.reload().await?;
    walk.page.is_ready().await?;
    if matches!(fault, Fault::Late(_)) {
        walk.page
            .shows("Si la red es lenta, tarda unos segundos.")
            .await?;
        tokio::time::sleep(Duration::from_secs(4)).await;
    }
    let failed = told(walk, words, &[&ES.party(4)]).await;
    failed.map_err(|failure| failure.while_doing(&format!("{fault:?}")))?;
    walk.press(AGAIN).await?;
    walk.page.no_button(AGAIN).await
}

#[tokio::test]
async fn an_answer_that_was_overtaken_changes_nothing() -> Outcome {
    Flow::named("an_answer_that_was_overtaken_changes_nothing")
        .settings(few_places(4))
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
            let page = walk.page;
            walk.to_night().await?;
            page.button(ES.choose_first).await?;
            let free = walk.api.free_nights(4).await?;
            let first = free.first().map(|night| night.month());
            // As a heading it begins with a capital.
            let shown = first.and_then(|month| ES.months.get(month)?.get(1..));
            let shown = shown.ok_or_else(|| Failure::new("The API has no free night."))?;
            page.heading(containing(shown)).await?;
            let before = faults.seen(CALENDAR);
            faults.next(CALENDAR, Fault::Late(Duration::from_secs(2)));
            walk.press(ES.next_month).await?;
            walk.press("Mes anterior").await?;
            page.heading(containing(shown)).await?;
            until("both were asked", || faults.seen(CALENDAR) == before + 2).await?;
            tokio::time::sleep(Duration::from_secs(3)).await;
            page.heading(containing(shown)).await?;
            for night in free.iter().filter(|night| Some(night.month()) == first) {
                page.button(ES.free_night(*night)).await?;
            }
            page.no_console_errors().await?;
            // The same seatings, asked twice: what was known later stays.
            let night = walk.choose_night().await?;
            page.button(starting(TIME)).await?;
            page.back().await?;
            let chosen = containing_all(ES.night_parts(night));
            let chosen = page.button(chosen).await?;
            faults.next(EVENING, Fault::Late(Duration::from_secs(4)));
            let before = faults.seen(EVENING);
            chosen.click().await?;
            walk.sees_times().await?;
            until("they were asked for", || faults.seen(EVENING) > before).await?;
            let seatings = walk.api.seatings(night, 4).await?;
            for seating in seatings.iter().filter(|seating| seating.time == TIME) {
                walk.api.hold(&seating.id, 4).await?;
            }
            page.button(starting(TIME)).await?.click().await?;
            page.heading("Esa mesa la tomó alguien más").await?;
            page.shows("lleno").await?;
            tokio::time::sleep(Duration::from_secs(4)).await;
            page.shows("lleno").await?;
            page.no_button(starting("19:00 Hasta")).await?;
            only_the_network_failed(&walk).await
        })
        .await
}
