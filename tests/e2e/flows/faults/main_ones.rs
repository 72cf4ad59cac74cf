//! The faults that guests meet most, in every engine, on one way through the wizard.

use super::{AGAIN, DOWN, answers_stand, is_booked, only_the_network_failed, status, told};
use crate::{
    failure::Outcome,
    flow::Flow,
    flows::{
        trouble::tap,
        walk::{TIME, Walk, few_places},
        words::{EN, ES},
    },
    proxy::{BUSY, CALENDAR, CONFIRM, EMPTY, Fault, HOLD, PROBLEM},
};

#[tokio::test]
async fn the_network_fails_at_every_turn() -> Outcome {
    Flow::named("the_network_fails_at_every_turn")
        .sampled()
        .settings(few_places(8))
        .through_faults()
        .run(async |scene| {
            let faults = scene.faults()?;
            let walk = Walk {
                party: 2,
                ..Walk::of(scene, &ES)
            };
            let page = walk.page;
            faults.next(CALENDAR, Fault::Instead(PROBLEM));
            walk.to_night().await?;
            told(&walk, DOWN, &[&ES.party(2)]).await?;
            walk.press(AGAIN).await?;
            page.button(ES.choose_first).await?;
            let night = walk.choose_night().await?;
            faults.next(HOLD, Fault::Instead(BUSY));
            walk.take_seating().await?;
            assert_eq!(walk.api.places_left(night, TIME).await?, 6);
            walk.fill_guests().await?;
            walk.consent().await?;

            // No network at the worst moment.
            faults.goes_away().await;
            walk.press(ES.confirm).await?;
            page.heading(ES.unknown).await?;
            answers_stand(&walk).await?;
            faults.comes_back().await?;
            walk.press(ES.ask_again).await?;
            page.shows(ES.not_booked).await?;
            assert_eq!(status(&walk).await?, "ON_HOLD");
            answers_stand(&walk).await?;

            // An impatient thumb, and an answer that does not come.
            faults.next(CONFIRM, Fault::AnswerLost);
            let confirm = page.button(ES.confirm).await?;
            tap(page, &confirm, 3).await?;
            is_booked(&walk).await?;
            assert_eq!(walk.api.places_left(night, TIME).await?, 6, "one booking");

            // A success that says nothing is none, until the server says more.
            walk.press(ES.another).await?;
            page.arrives_at(ES.book).await?;
            walk.choose_party().await?;
            walk.choose_night().await?;
            walk.take_seating().await?;
            walk.fill_guests().await?;
            walk.consent().await?;
            faults.next(CONFIRM, Fault::Instead(EMPTY));
            walk.press(ES.confirm).await?;
            page.shows(ES.not_booked).await?;
            assert_eq!(status(&walk).await?, "ON_HOLD");
            faults.next(CONFIRM, Fault::Garbled(EMPTY));
            walk.press(ES.confirm).await?;
            is_booked(&walk).await?;
            assert_eq!(walk.api.places_left(night, TIME).await?, 4, "two bookings");
            only_the_network_failed(&walk).await
        })
        .await
}

#[tokio::test]
async fn a_server_that_starts_again_keeps_what_it_promised() -> Outcome {
    Flow::named("a_server_that_starts_again_keeps_what_it_promised")
        .through_faults()
        .run(async |scene| {
            Walk::of(scene, &EN).to_check().await?;
            scene.site.kill().await?;
            {
                let walk = Walk::of(scene, &EN);
                walk.consent().await?;
                walk.press(EN.confirm).await?;
                walk.page.heading(EN.unknown).await?;
                answers_stand(&walk).await?;
            }
            scene.site.start().await?;
            let walk = Walk::of(scene, &EN);
            walk.press(EN.ask_again).await?;
            walk.page.shows(EN.not_booked).await?;
            walk.press(EN.confirm).await?;
            is_booked(&walk).await?;
            only_the_network_failed(&walk).await
        })
        .await
}
