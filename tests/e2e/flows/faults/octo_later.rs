//! The same faults between the site and an API that speaks OCTO, where a table that is held gets more time and
//! one that is booked is changed.

use octo_double::Habits;

use super::{only_the_network_failed, until};
use crate::{
    failure::Outcome,
    find::{containing_all, starting},
    flow::{Flow, Scene},
    flows::{
        octo::{on_to_guests, to_time},
        walk::{TIME, Walk},
        words::ES,
    },
    proxy::{EMPTY, Fault, GATEWAY, OCTO_PROBLEM, octo},
};

const MORE: &str = "Pedir más tiempo";
const YES: &str = "Sí, cambiar la reserva";

fn couple(scene: &Scene) -> Walk<'_> {
    Walk {
        party: 2,
        ..Walk::of(scene, &ES)
    }
}

#[tokio::test]
async fn more_time_by_octo_is_what_the_supplier_gives() -> Outcome {
    Flow::named("more_time_by_octo_is_what_the_supplier_gives")
        .with_octo(Habits::default())
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (couple(scene), scene.faults()?);
            let page = walk.page;
            let night = to_time(&walk).await?;
            page.button(starting(TIME)).await?.click().await?;
            on_to_guests(&walk).await?;
            page.shows("Le guardamos esta mesa 9 min").await?;
            // Not heard of, but given: the page says what the supplier says.
            faults.next(octo::EXTEND, Fault::AnswerLost);
            walk.press(MORE).await?;
            page.shows("Le guardamos esta mesa 19 min").await?;
            // Neither given nor refused, while nobody answers at all.
            faults.goes_away().await;
            walk.press(MORE).await?;
            page.shows("Le guardamos esta mesa 19 min").await?;
            faults.comes_back().await?;
            faults.next(octo::EXTEND, Fault::Instead(OCTO_PROBLEM));
            walk.press(MORE).await?;
            page.shows("Le guardamos esta mesa 19 min").await?;
            walk.press(MORE).await?;
            page.shows("Le guardamos esta mesa 29 min").await?;
            page.no_button(MORE).await?;
            // And the version is the supplier's: it can be confirmed at once.
            walk.fill_guests().await?;
            walk.consent().await?;
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            let supplier = scene.supplier()?;
            assert_eq!(supplier.status(&booked.access.id), Some("CONFIRMED"));
            supplier.kept_the_standard()?;
            only_the_network_failed(&walk).await
        })
        .await
}

#[tokio::test]
async fn a_change_by_octo_is_made_once_or_not_at_all() -> Outcome {
    Flow::named("a_change_by_octo_is_made_once_or_not_at_all")
        .with_octo(Habits::default())
        .through_faults()
        .run(async |scene| {
            let (walk, faults, supplier) = (couple(scene), scene.faults()?, scene.supplier()?);
            let page = walk.page;
            let night = to_time(&walk).await?;
            page.button(starting(TIME)).await?.click().await?;
            on_to_guests(&walk).await?;
            walk.fill_guests().await?;
            walk.consent().await?;
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            page.link(ES.open_manage).await?.click().await?;
            page.arrives_at(&booked.link).await?;
            page.shows(ES.confirmed).await?;
            let at = |hour: &str| format!("{}T{hour}:00-05:00", night.iso());
            let seating = || supplier.seating(&booked.access.id);
            let (mut now, mut other) = (TIME, "21:00");
            for (fault, is_made) in [
                (Fault::RequestLost, false),
                (Fault::Instead(GATEWAY), false),
                (Fault::AnswerLost, true),
                (Fault::Garbled(EMPTY), true),
                (Fault::Garbled(OCTO_PROBLEM), true),
            ] {
                let doing = format!("{fault:?}");
                let change = page.button(containing_all(["Cambiar", "Hora"]));
                change.await?.click().await?;
                page.attends("heading", ES.titles.time).await?;
                page.button(starting(other)).await?.click().await?;
                page.attends("heading", "¿Cambiarla así?").await?;
                faults.next(octo::CHANGE, fault);
                walk.press(YES).await?;
                if is_made {
                    let said = page.focus_says("Reserva cambiada").await;
                    said.map_err(|failure| failure.while_doing(&doing))?;
                    (now, other) = (other, now);
                } else {
                    let said = page.focus_says("La reserva no ha cambiado").await;
                    said.map_err(|failure| failure.while_doing(&doing))?;
                    walk.press("No, dejarla como está").await?;
                    page.attends("heading", ES.manage_title).await?;
                }
                until("the supplier has what the page says", || {
                    seating() == Some(at(now))
                })
                .await?;
                assert_eq!(supplier.standing(), 1, "{doing}");
            }
            supplier.kept_the_standard()?;
            only_the_network_failed(&walk).await
        })
        .await
}
