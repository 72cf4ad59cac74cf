//! What may come between: another guest, an impatient thumb, a server that is down.

use serde_json::Value;

use crate::{
    api::text,
    console::Complaint,
    failure::Outcome,
    find::{Element, containing_all, starting},
    flow::Flow,
    flows::{
        walk::{TIME, Walk, few_places},
        words::ES,
    },
    page::Page,
};

#[tokio::test]
async fn slot_taken_meanwhile() -> Outcome {
    Flow::named("slot_taken_meanwhile")
        .sampled()
        .settings(few_places(4))
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let night = walk.to_time().await?;
            let early = page.button(starting(TIME)).await?;
            for seating in walk.api.seatings(night, 4).await? {
                if seating.time == TIME {
                    walk.api.hold(&seating.id, 4).await?;
                }
            }
            page.no_console_errors().await?;
            early.click().await?;
            page.heading("Esa mesa la tomó alguien más").await?;
            page.shows("Sus respuestas siguen aquí. Estas mesas están libres:")
                .await?;
            page.focus_says("Esa mesa la tomó alguien más").await?;
            // What the list said a moment ago must not stand there any more.
            page.shows("lleno").await?;
            page.console_errors_only_of(Complaint::Status(409)).await?;
            page.arrives_at(&walk.at(ES.steps.time)).await?;
            let short = night.day().to_string();
            walk.bar_says(&[&ES.party(4), &short]).await?;
            // An alternative says its night: the same night, two hours later.
            let [weekday, date] = ES.night_parts(night);
            let other = containing_all(["21:00".to_owned(), weekday, date]);
            page.button(other).await?.click().await?;
            walk.comes_to_guests().await?;
            walk.bar_says(&[&ES.party(4), &short, "21:00"]).await?;
            let hold = walk.hold_in_tab().await?;
            assert_eq!(text(&hold, "status")?, "ON_HOLD");
            let starts = hold.pointer("/slot/startsAt").and_then(Value::as_str);
            let wanted = format!("{}T21:00:00-05:00", night.iso());
            assert_eq!(starts, Some(wanted.as_str()));
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn one_tap_one_booking() -> Outcome {
    Flow::named("one_tap_one_booking")
        .settings(few_places(8))
        .run(async |scene| {
            let walk = Walk {
                party: 2,
                ..Walk::of(scene, &ES)
            };
            let page = walk.page;
            page.open_ready(ES.book).await?;
            for (taps, again, left) in [(2, 3, 6), (3, 2, 4)] {
                walk.choose_party().await?;
                let night = walk.choose_night().await?;
                let time = page.button(starting(TIME)).await?;
                tap(page, &time, taps).await?;
                walk.comes_to_guests().await?;
                assert_eq!(walk.api.places_left(night, TIME).await?, left, "one hold");
                walk.fill_guests().await?;
                walk.consent().await?;
                let confirm = page.button(ES.confirm).await?;
                tap(page, &confirm, again).await?;
                let booked = walk.booked(night).await?;
                let known = walk.api.reservation(&booked.access).await?;
                assert_eq!(text(&known, "status")?, "CONFIRMED");
                assert_eq!(
                    walk.api.places_left(night, TIME).await?,
                    left,
                    "one booking"
                );
                walk.press(ES.another).await?;
                page.arrives_at(ES.book).await?;
                page.heading(ES.titles.party).await?;
            }
            page.no_console_errors().await
        })
        .await
}

/// Faster than any thumb: all taps in one task, and one more in the next.
pub async fn tap(page: &Page, element: &Element, times: u8) -> Outcome {
    let script = r"
        const [element, times] = arguments;
        for (let tap = 1; tap < times; tap += 1) element.click();
        setTimeout(() => element.click());
    ";
    let args = [element.raw().to_json()?, times.into()];
    page.script(script, &args).await?;
    Ok(())
}

#[tokio::test]
async fn server_down() -> Outcome {
    Flow::named("server_down")
        .sampled()
        .run(async |scene| {
            Walk::of(scene, &ES).to_night().await?;
            scene.page.button(ES.choose_first).await?;
            scene.page.no_console_errors().await?;
            scene.site.stop().await?;
            scene.page.button(ES.next_month).await?.click().await?;
            scene.page.heading("Algo no funcionó").await?;
            let words = "No llegó respuesta. Revise la conexión e intente otra vez; sus respuestas siguen aquí.";
            scene.page.shows(words).await?;
            scene.page.console_errors_only_of(Complaint::NoAnswer).await?;
            scene.site.start().await?;
            let walk = Walk::of(scene, &ES);
            walk.press("Intentar otra vez").await?;
            let free = walk.api.free_nights(4).await?;
            let month = free.first().map(|night| night.month());
            let next = free.iter().find(|night| Some(night.month()) != month);
            if let Some(next) = next {
                walk.page.button(ES.free_night(*next)).await?;
            }
            assert!(next.is_some(), "the month after the first has a free night");
            walk.page.no_button("Intentar otra vez").await?;
            walk.bar_says(&[&ES.party(4)]).await?;
            walk.page.no_console_errors().await
        })
        .await
}
