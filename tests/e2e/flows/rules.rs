//! A house with rules has one step more, and nobody books past it.

use crate::{
    api::text,
    failure::Outcome,
    find::starting,
    flow::Flow,
    flows::{
        walk::{Walk, with_rule},
        words::ES,
    },
};

const RULE: &str = "Los teléfonos se dejan en la entrada.";

#[tokio::test]
async fn rules_are_accepted_before_the_last_look() -> Outcome {
    Flow::named("rules_are_accepted_before_the_last_look")
        .sampled()
        .settings(with_rule(RULE))
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let night = walk.to_guests().await?;
            walk.type_guest().await?;
            walk.press(ES.next).await?;
            page.arrives_at(&walk.at("reglas")).await?;
            page.heading("Reglas de la casa").await?;
            page.shows("Reserva · paso 6 de 7").await?;
            walk.press(ES.next).await?;
            page.alert("Hay una cosa por corregir").await?;
            let named = format!("Acepte esta regla para poder reservar: {RULE}");
            page.link(named.as_str()).await?;
            let rule = page.checkbox(starting(RULE)).await?;
            assert!(!rule.is_chosen().await?, "nothing is accepted beforehand");
            rule.click().await?;
            walk.press(ES.next).await?;
            page.arrives_at(&walk.at(ES.steps.check)).await?;
            page.heading(ES.titles.check).await?;
            walk.consent().await?;
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            let known = walk.api.reservation(&booked.access).await?;
            assert_eq!(text(&known, "status")?, "CONFIRMED");
            page.no_console_errors().await
        })
        .await
}
