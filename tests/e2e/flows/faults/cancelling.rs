//! The manage page: "cancelled" is only what the server says.

use super::{AGAIN, DOWN, FAILED, STRANGE, UNREACHABLE, only_the_network_failed};
use crate::{
    api::text,
    failure::Outcome,
    flow::Flow,
    flows::{walk::Walk, words::ES},
    proxy::{CANCEL, EMPTY, Fault, GATEWAY, PROBLEM, READ},
};

#[tokio::test]
async fn cancelled_is_what_the_server_says() -> Outcome {
    const CANCEL_IT: &str = "Cancelar la reserva";
    const SURE: &str = "Sí, cancelar la reserva";
    const UNSURE: &str = "No sabemos si se canceló";
    Flow::named("cancelled_is_what_the_server_says")
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
            let page = walk.page;
            let booked = walk.to_done().await?;
            for (fault, words) in [
                (Fault::RequestLost, UNREACHABLE),
                (Fault::Instead(PROBLEM), DOWN),
                (Fault::Instead(EMPTY), STRANGE),
            ] {
                page.driver().goto("about:blank").await?;
                faults.next(READ, fault);
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
                faults.next(CANCEL, fault);
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
                let known = walk.api.reservation(&booked.access).await?;
                assert_eq!(text(&known, "status")?, status, "{fault:?}");
            }
            page.no_button(CANCEL_IT).await?;
            only_the_network_failed(&walk).await
        })
        .await
}
