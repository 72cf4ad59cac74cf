//! What becomes of a booking later: found again after a restart, cancelled.

use crate::{
    api::text,
    failure::Outcome,
    flow::Flow,
    flows::{
        walk::{TIME, Walk, few_places, line_after},
        words::ES,
    },
};

#[tokio::test]
async fn found_again_after_restart() -> Outcome {
    Flow::named("found_again_after_restart")
        .run(async |scene| {
            let booked = Walk::of(scene, &ES).to_done().await?;
            scene.page.no_console_errors().await?;
            scene.site.kill().await?;
            scene.site.start().await?;
            let walk = Walk::of(scene, &ES);
            let known = walk.api.reservation(&booked.access).await?;
            assert_eq!(text(&known, "status")?, "CONFIRMED");
            // Another tab keeps nothing of the booking but the link.
            let page = walk.page;
            let tab = page.driver().new_tab().await?;
            page.driver().switch_to_window(tab).await?;
            page.open_ready(&booked.link).await?;
            page.heading(ES.manage_title).await?;
            page.shows(ES.confirmed).await?;
            let text = page.text().await?;
            assert!(
                !text.contains("hace falta el enlace"),
                "asks who has the link for it"
            );
            let reference = line_after(page, "Referencia").await?;
            assert_eq!(reference, booked.reference);
            page.shows(&ES.party(4)).await?;
            page.shows(TIME).await?;
            for part in ES.night_parts(booked.night) {
                page.shows(&part).await?;
            }
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn cancel() -> Outcome {
    const CANCEL: &str = "Cancelar la reserva";
    const SURE: &str = "Sí, cancelar la reserva";
    Flow::named("cancel")
        .sampled()
        .settings(few_places(8))
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let booked = walk.to_done().await?;
            assert_eq!(walk.api.places_left(booked.night, TIME).await?, 4);
            page.link(ES.open_manage).await?.click().await?;
            page.arrives_at(&booked.link).await?;
            page.shows(ES.confirmed).await?;
            page.shows("hora de Cartagena.").await?;
            walk.press(CANCEL).await?;
            page.shows("¿Cancelar esta reserva?").await?;
            page.focus_says("¿Cancelar esta reserva?").await?;
            walk.press("No, conservarla").await?;
            page.no_button(SURE).await?;
            let known = walk.api.reservation(&booked.access).await?;
            assert_eq!(text(&known, "status")?, "CONFIRMED", "kept");
            walk.press(CANCEL).await?;
            walk.press(SURE).await?;
            page.heading("Reserva cancelada").await?;
            page.focus_says("Reserva cancelada").await?;
            page.shows("Cancelada").await?;
            page.no_button(CANCEL).await?;
            let known = walk.api.reservation(&booked.access).await?;
            assert_eq!(text(&known, "status")?, "CANCELLED");
            assert_eq!(walk.api.places_left(booked.night, TIME).await?, 8);
            let free = walk.api.free_nights(8).await?;
            assert!(
                free.contains(&booked.night),
                "the whole night is free again"
            );
            // The done page it was booked on does not go on calling it booked.
            page.back().await?;
            page.shows("Era para el").await?;
            page.open_ready(&booked.link).await?;
            page.heading("Reserva cancelada").await?;
            page.no_console_errors().await
        })
        .await
}
