//! The confirmation: "booked" is only what the server says, and one booking is one booking.

use std::time::Duration;

use super::{answers_stand, is_booked, only_the_network_failed, status, until};
use crate::{
    failure::Outcome,
    find::starting,
    flow::Flow,
    flows::{
        walk::{TIME, Walk, few_places},
        words::{EN, ES},
    },
    proxy::{BUSY, CONFIRM, EMPTY, Fault, GATEWAY, MALFORMED, MISTYPED, PROBLEM, READ},
};

/// The server never heard of it.
pub const LOST: [Fault; 7] = [
    Fault::RequestLost,
    Fault::Instead(PROBLEM),
    Fault::Instead(GATEWAY),
    Fault::Instead(EMPTY),
    Fault::Instead(MALFORMED),
    Fault::Instead(MISTYPED),
    Fault::Instead(BUSY),
];

#[tokio::test]
async fn a_confirmation_that_never_arrived_is_not_booked() -> Outcome {
    Flow::named("a_confirmation_that_never_arrived_is_not_booked")
        .settings(few_places(8))
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &EN), scene.faults()?);
            let night = walk.to_check().await?;
            walk.consent().await?;
            for fault in LOST {
                faults.next(CONFIRM, fault);
                walk.press(EN.confirm).await?;
                let said = walk.page.shows(EN.not_booked).await;
                said.map_err(|failure| failure.while_doing(&format!("{fault:?}")))?;
                assert_eq!(status(&walk).await?, "ON_HOLD", "{fault:?}");
                answers_stand(&walk).await?;
                walk.page.arrives_at(&walk.at(EN.steps.check)).await?;
            }
            // Asked twice, it is booked once.
            faults.next(CONFIRM, Fault::Doubled);
            walk.press(EN.confirm).await?;
            is_booked(&walk).await?;
            assert_eq!(walk.api.places_left(night, TIME).await?, 4);
            only_the_network_failed(&walk).await
        })
        .await
}

/// The server has booked, and says so in another way or not at all.
pub const UNHEARD: [Fault; 5] = [
    Fault::AnswerLost,
    Fault::Garbled(PROBLEM),
    Fault::Garbled(GATEWAY),
    Fault::Garbled(MALFORMED),
    Fault::Garbled(MISTYPED),
];

#[tokio::test]
async fn a_confirmation_that_was_not_heard_of_is_found() -> Outcome {
    Flow::named("a_confirmation_that_was_not_heard_of_is_found")
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
            let page = walk.page;
            page.open_ready(ES.book).await?;
            for fault in UNHEARD {
                to_the_end(&walk).await?;
                faults.next(CONFIRM, fault);
                // Nor does the first question bring an answer.
                faults.next(READ, Fault::Instead(PROBLEM));
                walk.press(ES.confirm).await?;
                page.shows(ES.checking).await?;
                let found = is_booked(&walk).await;
                found.map_err(|failure| failure.while_doing(&format!("{fault:?}")))?;
                walk.press(ES.another).await?;
                page.arrives_at(ES.book).await?;
                page.heading(ES.titles.party).await?;
            }
            only_the_network_failed(&walk).await
        })
        .await
}

async fn to_the_end(walk: &Walk<'_>) -> Outcome {
    walk.choose_party().await?;
    walk.choose_night().await?;
    walk.take_seating().await?;
    walk.fill_guests().await?;
    walk.consent().await
}

#[tokio::test]
async fn a_reload_in_doubt_finds_the_booking() -> Outcome {
    Flow::named("a_reload_in_doubt_finds_the_booking")
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &EN), scene.faults()?);
            let page = walk.page;
            walk.to_check().await?;
            walk.consent().await?;
            faults.next(CONFIRM, Fault::AnswerLost);
            faults.always(READ, Fault::Instead(GATEWAY));
            walk.press(EN.confirm).await?;
            page.heading(EN.unknown).await?;
            answers_stand(&walk).await?;
            // Who presses "book" again in doubt asks first, and books nothing twice.
            let sent = faults.seen(CONFIRM);
            walk.press(EN.confirm).await?;
            page.heading(EN.unknown).await?;
            assert_eq!(faults.seen(CONFIRM), sent, "nothing was sent again");
            faults.mended();
            page.reload().await?;
            page.is_ready().await?;
            is_booked(&walk).await?;
            only_the_network_failed(&walk).await
        })
        .await
}

#[tokio::test]
async fn a_confirmation_that_takes_too_long_is_looked_after() -> Outcome {
    Flow::named("a_confirmation_that_takes_too_long_is_looked_after")
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
            walk.to_check().await?;
            walk.consent().await?;
            faults.next(CONFIRM, Fault::Late(Duration::from_secs(22)));
            walk.press(ES.confirm).await?;
            walk.page.button(starting("Confirmando")).await?;
            until("it was sent", || faults.seen(CONFIRM) == 1).await?;
            // Longer than the wizard waits for the answer to a wish.
            tokio::time::sleep(Duration::from_secs(16)).await;
            is_booked(&walk).await?;
            assert_eq!(faults.seen(CONFIRM), 1);
            only_the_network_failed(&walk).await
        })
        .await
}
