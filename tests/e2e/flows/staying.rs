//! What stays when the page is loaded again, or the language changes.

use serde_json::Value;

use crate::{
    failure::{Failure, Outcome},
    find::{PATIENCE, wait_until},
    flow::Flow,
    flows::{
        walk::{GUEST, TIME, Walk, short_hold},
        words::{EN, ES},
    },
};

#[tokio::test]
async fn hold_survives_reload() -> Outcome {
    // The page tells whole minutes: with some seconds more than one, a clock that starts anew
    // would be seen soon.
    const LAST_MINUTE: &str = "Le guardamos esta mesa menos de un minuto.";
    Flow::named("hold_survives_reload")
        .sampled()
        .settings(short_hold(68))
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            walk.to_guests().await?;
            walk.type_guest().await?;
            page.shows(LAST_MINUTE).await?;
            let before = walk.hold_in_tab().await?;
            page.reload().await?;
            page.is_ready().await?;
            walk.sees_guests().await?;
            page.shows(LAST_MINUTE).await?;
            let after = walk.hold_in_tab().await?;
            same_hold(&before, &after)?;
            for label in ES.fields {
                let value = page.textbox(label).await?.value().await?;
                assert_eq!(value, "", "{label} is empty again");
            }
            walk.bar_says(&[&ES.party(4), TIME]).await?;
            // And it can still be used.
            walk.fill_guests().await?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn language_switch_keeps_step() -> Outcome {
    Flow::named("language_switch_keeps_step")
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            walk.to_guests().await?;
            walk.type_guest().await?;
            let before = walk.hold_in_tab().await?;
            page.link("English").await?.click().await?;
            let walk = Walk::of(scene, &EN);
            walk.sees_guests().await?;
            page.shows(&(EN.step_count)(5)).await?;
            page.shows(EN.trial).await?;
            for (label, typed) in EN.fields.iter().zip(GUEST) {
                let value = page.textbox(*label).await?.value().await?;
                assert_eq!(value, typed, "{label} is still there");
            }
            walk.bar_says(&[&EN.party(4), TIME]).await?;
            let after = walk.hold_in_tab().await?;
            same_hold(&before, &after)?;
            walk.press(EN.next).await?;
            page.arrives_at(&walk.at(EN.steps.check)).await?;
            page.no_console_errors().await
        })
        .await
}

/// The words of the other language come quietly with a booking.
#[tokio::test]
async fn a_booking_is_read_in_the_other_language_without_a_network() -> Outcome {
    const CAME: &str = "return performance.getEntriesByType('resource')
        .some(({ name, responseEnd }) => name.includes('/words-en-') && responseEnd > 0)";
    Flow::named("a_booking_is_read_in_the_other_language_without_a_network")
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            walk.to_guests().await?;
            walk.type_guest().await?;
            let came = async || Ok((walk.page.script(CAME, &[]).await? == true).then_some(()));
            wait_until(PATIENCE, came)
                .await?
                .ok_or_else(|| Failure::new("The English words did not come by themselves."))?;
            scene.site.stop().await?;
            scene.page.link("English").await?.click().await?;
            let walk = Walk::of(scene, &EN);
            walk.sees_guests().await?;
            for (label, typed) in EN.fields.iter().zip(GUEST) {
                let value = walk.page.textbox(*label).await?.value().await?;
                assert_eq!(value, typed, "{label} is still there");
            }
            Ok(())
        })
        .await
}

/// The same hold with the same end: nothing was asked for again, no clock was restarted.
fn same_hold(before: &Value, after: &Value) -> Outcome {
    for key in ["id", "status", "version", "expiresAt"] {
        let (before, after) = (before.get(key), after.get(key));
        if before.is_none_or(Value::is_null) || before != after {
            return Err(Failure::new(format!(
                "{key} was {before:?} and is {after:?}."
            )));
        }
    }
    Ok(())
}
