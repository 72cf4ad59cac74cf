//! The same faults between the site and an API that speaks OCTO, on another origin: a standard without keys
//! and versions must leave nobody in doubt either.

use octo_double::Habits;

use super::{
    AGAIN, DOWN, FAILED, STRANGE, UNREACHABLE, answers_stand,
    confirming::{LOST, UNHEARD},
    holding::PASSING,
    only_the_network_failed,
    reading::{FAULTS, again_and_again},
    told, until,
};
use crate::{
    engine::Engine,
    failure::{Failure, Outcome},
    find::starting,
    flow::{Flow, Scene},
    flows::{
        octo::{choose_night, on_to_guests, to_time},
        trouble::tap,
        walk::{TIME, Walk},
        words::ES,
    },
    proxy::{EMPTY, Fault, GATEWAY, OCTO_PROBLEM, PROBLEM, octo},
};

const LATER: &str = "21:00";

/// Why a lost call that only reads is no fault there.
const ASKS_AGAIN: &str =
    "it asks another origin a second time by itself, where a call that reads was lost";

/// Why an answer that was cut is another fault there.
const TAKES_HALF: &str =
    "it hands half of an answer from another origin over as if it were the whole";

/// A supplier that answers a uuid it knows with a failure, as some do.
const BRITTLE: Habits = Habits {
    breaks_on_known_uuid: true,
    slashes: false,
    children: false,
    silent: false,
    patio: false,
};

fn couple(scene: &Scene) -> Walk<'_> {
    Walk {
        party: 2,
        ..Walk::of(scene, &ES)
    }
}

/// What the supplier has of this tab's booking.
async fn status(walk: &Walk<'_>, scene: &Scene) -> Outcome<&'static str> {
    let access = walk.access_in_tab().await?;
    let status = scene.supplier()?.status(&access.id);
    status.ok_or_else(|| Failure::new("The supplier has no booking of this tab."))
}

/// The done page has come, and the supplier has the same.
async fn is_booked(walk: &Walk<'_>, scene: &Scene) -> Outcome {
    walk.page.arrives_at(&walk.at(ES.steps.done)).await?;
    walk.page.heading(starting(ES.would_look)).await?;
    assert_eq!(status(walk, scene).await?, "CONFIRMED");
    Ok(())
}

/// From the seatings on show to the last look, with the consent given.
async fn to_the_end(walk: &Walk<'_>) -> Outcome {
    walk.page.button(starting(TIME)).await?.click().await?;
    on_to_guests(walk).await?;
    walk.fill_guests().await?;
    walk.consent().await
}

#[tokio::test]
async fn what_does_not_come_by_octo_is_said_and_asked_again() -> Outcome {
    Flow::named("what_does_not_come_by_octo_is_said_and_asked_again")
        .not_in(Engine::Firefox, ASKS_AGAIN)
        .not_in(Engine::WebKit, TAKES_HALF)
        .with_octo(Habits::default())
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
            let page = walk.page;
            for (fault, words) in FAULTS {
                faults.next(octo::PRODUCT, fault);
                page.open_ready(ES.book).await?;
                let said = told(&walk, words, &[]).await;
                said.map_err(|failure| failure.while_doing(&format!("{fault:?}")))?;
                walk.press(AGAIN).await?;
                page.shows(ES.trial).await?;
                page.no_button(AGAIN).await?;
            }
            walk.choose_party().await?;
            page.button(ES.choose_first).await?;
            for (fault, words) in FAULTS {
                faults.next(octo::CALENDAR, fault);
                again_and_again(&walk, fault, words).await?;
                page.button(ES.choose_first).await?;
            }
            let night = choose_night(&walk, 4).await?;
            let day = night.day().to_string();
            page.button(starting(TIME)).await?;
            for (fault, words) in FAULTS {
                faults.next(octo::AVAILABILITY, fault);
                again_and_again(&walk, fault, words).await?;
                page.button(starting(TIME)).await?;
                walk.bar_says(&[&ES.party(4), &day]).await?;
            }
            only_the_network_failed(&walk).await
        })
        .await
}

#[tokio::test]
async fn one_wish_is_one_table_by_octo() -> Outcome {
    Flow::named("one_wish_is_one_table_by_octo")
        .with_octo(BRITTLE)
        .through_faults()
        .run(async |scene| {
            let (walk, faults, supplier) = (couple(scene), scene.faults()?, scene.supplier()?);
            let page = walk.page;
            to_time(&walk).await?;
            let (mut wanted, mut other) = (TIME, LATER);
            for fault in PASSING {
                faults.next(octo::HOLD, fault);
                let seating = page.button(starting(wanted)).await?;
                // And a thumb that is impatient.
                tap(page, &seating, 3).await?;
                let came = on_to_guests(&walk).await;
                came.map_err(|failure| failure.while_doing(&format!("{fault:?}")))?;
                until("one table is held", || supplier.standing() == 1).await?;
                assert_eq!(status(&walk, scene).await?, "ON_HOLD", "{fault:?}");
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
async fn a_confirmation_that_never_arrived_is_not_booked_by_octo() -> Outcome {
    Flow::named("a_confirmation_that_never_arrived_is_not_booked_by_octo")
        .with_octo(BRITTLE)
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (couple(scene), scene.faults()?);
            to_time(&walk).await?;
            to_the_end(&walk).await?;
            for fault in LOST {
                faults.next(octo::CONFIRM, fault);
                walk.press(ES.confirm).await?;
                let said = walk.page.shows(ES.not_booked).await;
                said.map_err(|failure| failure.while_doing(&format!("{fault:?}")))?;
                assert_eq!(status(&walk, scene).await?, "ON_HOLD", "{fault:?}");
                answers_stand(&walk).await?;
                walk.page.arrives_at(&walk.at(ES.steps.check)).await?;
            }
            // No network at the worst moment.
            faults.goes_away().await;
            walk.press(ES.confirm).await?;
            walk.page.heading(ES.unknown).await?;
            answers_stand(&walk).await?;
            faults.comes_back().await?;
            walk.press(ES.ask_again).await?;
            walk.page.shows(ES.not_booked).await?;
            // Asked twice, by the network and by an impatient thumb, it is booked once.
            faults.next(octo::CONFIRM, Fault::Doubled);
            let confirm = walk.page.button(ES.confirm).await?;
            tap(walk.page, &confirm, 3).await?;
            is_booked(&walk, scene).await?;
            assert_eq!(scene.supplier()?.standing(), 1, "one booking");
            only_the_network_failed(&walk).await
        })
        .await
}

#[tokio::test]
async fn a_confirmation_that_was_not_heard_of_is_found_by_octo() -> Outcome {
    Flow::named("a_confirmation_that_was_not_heard_of_is_found_by_octo")
        .with_octo(Habits::default())
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (couple(scene), scene.faults()?);
            let page = walk.page;
            page.open_ready(ES.book).await?;
            for (fault, days) in UNHEARD.into_iter().zip(4..) {
                walk.choose_party().await?;
                choose_night(&walk, days).await?;
                to_the_end(&walk).await?;
                faults.next(octo::CONFIRM, fault);
                // Nor does the first question bring an answer.
                faults.next(octo::READ, Fault::Instead(PROBLEM));
                walk.press(ES.confirm).await?;
                page.shows(ES.checking).await?;
                let found = is_booked(&walk, scene).await;
                found.map_err(|failure| failure.while_doing(&format!("{fault:?}")))?;
                walk.press(ES.another).await?;
                page.arrives_at(ES.book).await?;
                page.heading(ES.titles.party).await?;
            }
            assert_eq!(scene.supplier()?.standing(), UNHEARD.len());
            only_the_network_failed(&walk).await
        })
        .await
}

#[tokio::test]
async fn a_reload_in_doubt_finds_the_booking_by_octo() -> Outcome {
    Flow::named("a_reload_in_doubt_finds_the_booking_by_octo")
        .with_octo(Habits::default())
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (couple(scene), scene.faults()?);
            let page = walk.page;
            to_time(&walk).await?;
            to_the_end(&walk).await?;
            faults.next(octo::CONFIRM, Fault::AnswerLost);
            faults.always(octo::READ, Fault::Instead(GATEWAY));
            walk.press(ES.confirm).await?;
            page.heading(ES.unknown).await?;
            let sent = faults.seen(octo::CONFIRM);
            walk.press(ES.confirm).await?;
            page.heading(ES.unknown).await?;
            assert_eq!(faults.seen(octo::CONFIRM), sent, "nothing was sent again");
            faults.mended();
            page.reload().await?;
            page.is_ready().await?;
            is_booked(&walk, scene).await?;
            assert_eq!(scene.supplier()?.standing(), 1);
            only_the_network_failed(&walk).await
        })
        .await
}

#[tokio::test]
async fn cancelled_by_octo_is_what_the_supplier_says() -> Outcome {
    const CANCEL_IT: &str = "Cancelar la reserva";
    const SURE: &str = "Sí, cancelar la reserva";
    const UNSURE: &str = "No sabemos si se canceló";
    Flow::named("cancelled_by_octo_is_what_the_supplier_says")
        .not_in(Engine::Firefox, ASKS_AGAIN)
        .with_octo(Habits::default())
        .through_faults()
        .run(async |scene| {
            let (walk, faults, supplier) = (couple(scene), scene.faults()?, scene.supplier()?);
            let page = walk.page;
            let night = to_time(&walk).await?;
            to_the_end(&walk).await?;
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            for (fault, words) in [
                (Fault::RequestLost, UNREACHABLE),
                (Fault::Instead(OCTO_PROBLEM), DOWN),
                (Fault::Instead(EMPTY), STRANGE),
            ] {
                page.driver().goto("about:blank").await?;
                faults.next(octo::READ, fault);
                page.open_ready(&booked.link).await?;
                page.heading(FAILED).await?;
                page.shows(words).await?;
                walk.press(AGAIN).await?;
                page.shows(ES.confirmed).await?;
            }
            for (fault, status) in [
                (Fault::RequestLost, "CONFIRMED"),
                (Fault::Instead(GATEWAY), "CONFIRMED"),
                (Fault::Instead(EMPTY), "CONFIRMED"),
                (Fault::AnswerLost, "CANCELLED"),
            ] {
                faults.next(octo::CANCEL, fault);
                walk.press(CANCEL_IT).await?;
                walk.press(SURE).await?;
                let said = page.heading(UNSURE).await;
                said.map_err(|failure| failure.while_doing(&format!("{fault:?}")))?;
                walk.press("Mirar otra vez").await?;
                page.shows(if status == "CONFIRMED" {
                    ES.confirmed
                } else {
                    "Cancelada"
                })
                .await?;
                let now = supplier.status(&booked.access.id);
                assert_eq!(now, Some(status), "{fault:?}");
            }
            page.no_button(CANCEL_IT).await?;
            only_the_network_failed(&walk).await
        })
        .await
}
