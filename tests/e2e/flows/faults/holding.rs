//! Taking a table and asking for more time: one wish is one table, whatever becomes of the answer.

use super::{AGAIN, DOWN, TOO_MANY, only_the_network_failed, told};
use crate::{
    api::text,
    failure::Outcome,
    find::starting,
    flow::Flow,
    flows::{
        walk::{TIME, Walk, few_places},
        words::{EN, ES},
    },
    proxy::{
        BUSY, BUSY_FOR_LONG, EMPTY, EXTEND, Fault, GATEWAY, HOLD, MALFORMED, MISTYPED, PROBLEM,
        READ,
    },
};

const LATER: &str = "21:00";

/// What the wizard gets over by itself, with the key it had.
pub const PASSING: [Fault; 9] = [
    Fault::RequestLost,
    Fault::AnswerLost,
    Fault::Doubled,
    Fault::Instead(PROBLEM),
    Fault::Garbled(GATEWAY),
    Fault::Garbled(EMPTY),
    Fault::Garbled(MALFORMED),
    Fault::Garbled(MISTYPED),
    Fault::Instead(BUSY),
];

#[tokio::test]
async fn one_wish_is_one_table() -> Outcome {
    Flow::named("one_wish_is_one_table")
        .settings(few_places(8))
        .through_faults()
        .run(async |scene| {
            let faults = scene.faults()?;
            let walk = Walk {
                party: 2,
                ..Walk::of(scene, &EN)
            };
            let page = walk.page;
            let night = walk.to_time().await?;
            let (mut wanted, mut other) = (TIME, LATER);
            for fault in PASSING {
                faults.next(HOLD, fault);
                page.button(starting(wanted)).await?.click().await?;
                let came = walk.sees_dishes().await;
                came.map_err(|failure| failure.while_doing(&format!("{fault:?}")))?;
                assert_eq!(walk.api.places_left(night, wanted).await?, 6, "{fault:?}");
                assert_eq!(walk.api.places_left(night, other).await?, 8, "{fault:?}");
                page.back().await?;
                walk.sees_times().await?;
                page.button(starting(other)).await?;
                (wanted, other) = (other, wanted);
            }
            only_the_network_failed(&walk).await
        })
        .await
}

#[tokio::test]
async fn a_table_that_cannot_be_had_now_is_had_later() -> Outcome {
    Flow::named("a_table_that_cannot_be_had_now_is_had_later")
        .settings(few_places(8))
        .through_faults()
        .run(async |scene| {
            let faults = scene.faults()?;
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let night = walk.to_time().await?;
            let day = night.day().to_string();
            for (fault, words) in [
                (Fault::Instead(BUSY_FOR_LONG), TOO_MANY),
                (Fault::Garbled(PROBLEM), DOWN),
            ] {
                faults.always(HOLD, fault);
                page.button(starting(TIME)).await?.click().await?;
                told(&walk, words, &[&ES.party(4), &day]).await?;
                faults.mended();
            }
            // It was taken long ago: the same wish finds it.
            assert_eq!(walk.api.places_left(night, TIME).await?, 4);
            walk.press(AGAIN).await?;
            walk.comes_to_guests().await?;
            assert_eq!(walk.api.places_left(night, TIME).await?, 4);
            only_the_network_failed(&walk).await
        })
        .await
}

#[tokio::test]
async fn more_time_is_what_the_server_gives() -> Outcome {
    const MORE: &str = "Pedir más tiempo";
    Flow::named("more_time_is_what_the_server_gives")
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
            let page = walk.page;
            walk.to_guests().await?;
            walk.type_guest().await?;
            page.shows("Le guardamos esta mesa 9 min").await?;
            // Not heard of, but given: the page says what the server says.
            faults.next(EXTEND, Fault::AnswerLost);
            walk.press(MORE).await?;
            page.shows("Le guardamos esta mesa 14 min").await?;
            // Neither given nor refused.
            faults.next(EXTEND, Fault::Instead(PROBLEM));
            faults.next(READ, Fault::Instead(GATEWAY));
            walk.press(MORE).await?;
            page.shows("Le guardamos esta mesa 14 min").await?;
            walk.press(MORE).await?;
            page.shows("Le guardamos esta mesa 19 min").await?;
            page.no_button(MORE).await?;
            let hold = walk.hold_in_tab().await?;
            assert_eq!(text(&hold, "status")?, "ON_HOLD");
            // And the version is the server's: it can be confirmed at once.
            walk.fill_guests().await?;
            walk.consent().await?;
            walk.press(ES.confirm).await?;
            super::is_booked(&walk).await?;
            only_the_network_failed(&walk).await
        })
        .await
}
