//! A site that books with somebody else's API through a server of ours, on its own origin: the server alone has
//! the key.

use std::fs;

use octo_double::Habits;

use crate::{
    console::Complaint,
    failure::Outcome,
    find::{PATIENCE, starting, wait_until},
    flow::Flow,
    flows::{
        octo::{book_change_and_cancel, on_to_guests, to_time},
        walk::{TIME, Walk},
        words::ES,
    },
    proxy::{BUSY, Call, EMPTY, Fault, GATEWAY},
    supplier::KEY,
};

const LATER: &str = "21:00";
const TAKE: Call = Call("POST", "/octo/bookings");

/// What a page has asked for elsewhere.
const ELSEWHERE: &str = "return performance.getEntriesByType('resource')
    .filter(it => new URL(it.name).origin !== location.origin).map(it => it.name).join()";

/// The status of a booking that is read without what opens it.
const BARE: &str = "const [id, done] = arguments;
    fetch('/octo/bookings/' + id).then(it => done(it.status))";

#[tokio::test]
async fn book_change_and_cancel_behind_our_server() -> Outcome {
    Flow::named("book_change_and_cancel_behind_our_server")
        .with_octo(Habits::default())
        .behind_our_server()
        .run(async |scene| {
            let booked = book_change_and_cancel(scene).await?;
            let (page, access) = (&scene.page, &booked.access);
            assert_eq!(access.token.len(), 43, "{}", booked.link);
            assert_eq!(page.script(ELSEWHERE, &[]).await?, "");
            let bare = page
                .script_async(BARE, &[access.id.as_str().into()])
                .await?;
            assert_eq!(bare, 400);
            page.console_errors_only_of(Complaint::Status(400)).await?;
            let log = fs::read_to_string(scene.site.log())?;
            assert!(log.contains("/octo/bookings/{uuid}/cancel"), "{log}");
            for secret in [KEY, &access.token, &access.id] {
                assert!(!log.contains(secret), "{secret}: {log}");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn one_wish_is_one_table_behind_our_server() -> Outcome {
    let habits = Habits {
        breaks_on_known_uuid: true,
        ..Habits::default()
    };
    Flow::named("one_wish_is_one_table_behind_our_server")
        .with_octo(habits)
        .behind_our_server()
        .through_faults()
        .run(async |scene| {
            let (faults, supplier) = (scene.faults()?, scene.supplier()?);
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            to_time(&walk).await?;
            let (mut wanted, mut other) = (TIME, LATER);
            for fault in [
                Fault::RequestLost,
                Fault::AnswerLost,
                Fault::Doubled,
                Fault::Garbled(GATEWAY),
                Fault::Garbled(EMPTY),
                Fault::Instead(BUSY),
            ] {
                faults.next(TAKE, fault);
                page.button(starting(wanted)).await?.click().await?;
                let came = on_to_guests(&walk).await;
                came.map_err(|failure| failure.while_doing(&format!("{fault:?}")))?;
                // The one before is given back.
                let one = async || Ok((supplier.standing() == 1).then_some(()));
                let one = wait_until(PATIENCE, one).await?;
                assert!(one.is_some(), "{fault:?}: {}", supplier.standing());
                page.back().await?;
                walk.sees_times().await?;
                page.button(starting(other)).await?;
                (wanted, other) = (other, wanted);
            }
            supplier.kept_the_standard()
        })
        .await
}
