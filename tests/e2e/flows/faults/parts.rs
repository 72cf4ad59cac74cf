//! A part of the app that is wanted later and does not come.

use crate::{
    failure::Outcome,
    flow::Flow,
    flows::{
        faults::app::{RELOAD, says_that_it_ended},
        walk::Walk,
        words::ES,
    },
    proxy::{Fault, MISSING, PAGE, PART},
};

#[tokio::test]
async fn a_part_of_the_app_is_lost_and_asked_for_again() -> Outcome {
    Flow::named("a_part_of_the_app_is_lost_and_asked_for_again")
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
            faults.next(PART, Fault::RequestLost);
            walk.to_night().await?;
            assert!(faults.seen(PART) > 1, "it was asked for again");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_part_of_the_app_that_does_not_come_is_said() -> Outcome {
    Flow::named("a_part_of_the_app_that_does_not_come_is_said")
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
            for fault in [
                Fault::Instead(MISSING),
                Fault::Instead(PAGE),
                Fault::Cut,
                Fault::RequestLost,
            ] {
                faults.always(PART, fault);
                walk.page.open_ready(ES.book).await?;
                let party = ES.party(walk.party);
                walk.page.link(party.as_str()).await?.click().await?;
                says_that_it_ended(walk.page).await?;
                // Only then: a part that has come once is not asked for again.
                faults.mended();
            }
            // What was answered is kept, and the page that was asked for is the one that comes.
            walk.page.button(RELOAD).await?.click().await?;
            walk.page.heading(ES.titles.night).await?;
            walk.page.is_ready().await?;
            walk.bar_says(&[&ES.party(walk.party)]).await
        })
        .await
}
