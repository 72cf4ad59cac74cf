//! Every step of the wizard, as assistive technology reads it.

use crate::{
    engine::Engine,
    failure::Outcome,
    find::starting,
    flow::Flow,
    flows::{
        tree::reads_as_it_did,
        walk::{TIME, Walk},
        words::ES,
    },
};

const ONE_TREE: &str =
    "the tree is Chromium's; the flows find the same roles and names in every engine";

#[tokio::test]
async fn every_step_reads_as_it_did() -> Outcome {
    Flow::named("every_step_reads_as_it_did")
        .not_in(Engine::Firefox, ONE_TREE)
        .not_in(Engine::WebKit, ONE_TREE)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            page.open_ready(ES.book).await?;
            page.shows(ES.trial).await?;
            reads_as_it_did(page, "party", &ES).await?;
            walk.choose_party().await?;
            page.button(ES.choose_first).await?;
            reads_as_it_did(page, "night", &ES).await?;
            let night = walk.choose_night().await?;
            page.button(starting(TIME)).await?;
            reads_as_it_did(page, "time", &ES).await?;
            page.button(starting(TIME)).await?.click().await?;
            walk.sees_dishes().await?;
            page.group("Puesto 1").await?;
            reads_as_it_did(page, "dishes", &ES).await?;
            walk.comes_to_guests().await?;
            reads_as_it_did(page, "guests", &ES).await?;
            walk.press(ES.next).await?;
            page.alert(ES.missing).await?;
            reads_as_it_did(page, "guests-missing", &ES).await?;
            walk.fill_guests().await?;
            reads_as_it_did(page, "check", &ES).await?;
            walk.consent().await?;
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            reads_as_it_did(page, "done", &ES).await?;
            page.open_ready(&booked.link).await?;
            page.shows(ES.confirmed).await?;
            reads_as_it_did(page, "manage", &ES).await
        })
        .await
}
