//! A full night at a house with a waiting list: joined with a contact and a consent, found again, and left.

use thirtyfour::Key;

use crate::{
    failure::{Failure, Outcome},
    find::{containing_all, starting},
    flow::Flow,
    flows::{
        keyboard::tab_to,
        walk::{Walk, with_waiting_list},
        words::ES,
    },
};

#[tokio::test]
async fn somebody_waits_for_a_full_night_and_leaves_the_list() -> Outcome {
    Flow::named("somebody_waits_for_a_full_night_and_leaves_the_list")
        .sampled()
        .settings(with_waiting_list(2))
        .run(async |scene| {
            let walk = Walk {
                party: 2,
                ..Walk::of(scene, &ES)
            };
            let page = walk.page;
            let free = walk.api.free_nights(2).await?;
            let [first, night, ..] = free[..] else {
                return Err(Failure::new("The API has no two free nights."));
            };
            for seating in walk.api.seatings(night, 2).await? {
                walk.api.hold(&seating.id, 2).await?;
            }

            // A full night leads somewhere here.
            walk.to_night().await?;
            if first.month() != night.month() {
                walk.press(ES.next_month).await?;
            }
            let mut name = ES.night_parts(night).to_vec();
            name.push("lleno".to_owned());
            page.button(containing_all(name)).await?.click().await?;
            walk.sees_times().await?;
            page.heading("Ya no quedan mesas esa noche").await?;
            page.heading("Otras mesas libres").await?;
            // From here by keyboard alone.
            tab_to(page, "button", &"Apuntarme a la lista de espera".into()).await?;
            page.press_key(Key::Enter).await?;
            page.attends("textbox", starting(ES.fields[0])).await?;
            walk.type_guest().await?;
            page.press_key(Key::Enter).await?;
            page.attends("alert", "Hay una cosa por corregir").await?;
            let name = starting("Acepto que el restaurante use estos datos");
            tab_to(page, "checkbox", &name).await?;
            let consent = page.checkbox(name).await?;
            assert!(
                !consent.is_chosen().await?,
                "no consent is given beforehand"
            );
            page.press_key(Key::Space).await?;
            tab_to(page, "button", &"Apuntarme".into()).await?;
            page.press_key(Key::Enter).await?;
            page.focus_says("Está en la lista de espera").await?;
            page.shows("No es una reserva").await?;
            page.no_button("Apuntarme a la lista de espera").await?;

            // A reload asks whether it still stands before it says so, and it can still be left.
            page.reload().await?;
            page.is_ready().await?;
            page.heading("Está en la lista de espera").await?;
            page.shows("esta pestaña la recuerda hasta que la cierre")
                .await?;

            tab_to(page, "button", &"Salir de la lista".into()).await?;
            page.press_key(Key::Enter).await?;
            page.focus_says("Ya no está en la lista de espera").await?;
            page.button("Apuntarme a la lista de espera").await?;
            page.reload().await?;
            page.is_ready().await?;
            page.button("Apuntarme a la lista de espera").await?;
            page.no_console_errors().await
        })
        .await
}
