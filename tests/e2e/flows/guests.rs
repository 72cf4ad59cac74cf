//! Those who come along, and where in the house: asked as the venue says, told again, and sent.

use serde_json::json;
use thirtyfour::Key;

use crate::{
    failure::Outcome,
    find::{Name, Scope, containing_all, starting},
    flow::Flow,
    flows::{
        keyboard::tab_to,
        walk::{Booked, GUEST, TIME, Walk, asking_everybody},
        words::ES,
    },
    page::Page,
};

/// What one of those who come along is asked.
async fn person(page: &Page, number: u8) -> Outcome<Scope> {
    let group = page.group(format!("Persona {number}").as_str()).await?;
    Ok(page.within(&group))
}

#[tokio::test]
async fn everybody_who_comes_is_asked_and_told_in_which_part_of_the_house() -> Outcome {
    Flow::named("everybody_who_comes_is_asked_and_told_in_which_part_of_the_house")
        .sampled()
        .settings(asking_everybody())
        .run(async |scene| {
            let mut walk = Walk::of(scene, &ES);
            walk.party = 3;
            let page = walk.page;
            let night = walk.to_time().await?;
            page.heading("Patio").await?;
            page.heading("Salón").await?;
            page.shows("Así es: Salón.").await?;
            let seating = containing_all([TIME, "Salón"].map(str::to_owned));
            page.button(seating).await?.click().await?;
            walk.comes_to_guests().await?;
            let seat = format!("{TIME} · Salón");
            walk.bar_says(&[&seat]).await?;
            walk.type_guest().await?;
            page.shows("Esto es una prueba: no se pide ningún número de documento.")
                .await?;

            // What is missing is told of each guest, and leads there.
            walk.press(ES.next).await?;
            page.alert("Hay 2 cosas por corregir").await?;
            let third = "Complete o corrija: Nombre de pila, Apellidos (persona 3)";
            page.link(third).await?.click().await?;
            page.attends("textbox", starting("Nombre de pila")).await?;
            let third = person(page, 3).await?;
            third.textbox("Nombre de pila").await?.fill("Luz").await?;
            third.textbox("Apellidos").await?.fill("Marina").await?;

            // A family's name is one tap.
            let second = person(page, 2).await?;
            second
                .textbox("Nombre de pila")
                .await?
                .fill("Guarocuya")
                .await?;
            let same = format!("Igual que la persona 1: {}", GUEST[1]);
            second.button(same.as_str()).await?.click().await?;
            page.attends("textbox", starting("Apellidos")).await?;
            let surname = second.textbox("Apellidos").await?.value().await?;
            assert_eq!(surname, GUEST[1]);
            page.disclosure(starting("Persona 2")).await?;
            page.shows("Guarocuya Zapata Ñungo").await?;

            walk.press(ES.next).await?;
            page.arrives_at(&walk.at(ES.steps.check)).await?;
            page.heading(ES.titles.check).await?;
            for told in ["Guarocuya Zapata Ñungo", "Luz Marina", "Salón"] {
                page.shows(told).await?;
            }
            let consent = starting("Acepto que el restaurante use mis datos, y los de quienes");
            page.checkbox(consent).await?.click().await?;
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            page.shows("Salón").await?;
            let known = walk.api.reservation(&booked.access).await?;
            assert_eq!(known["slot"]["areaId"], json!("hall"));
            assert_eq!(
                known.get("guests").cloned().unwrap_or_default(),
                json!([
                    { "fields": { "nombre": GUEST[0], "apellido": GUEST[1] } },
                    { "fields": { "nombre": "Guarocuya", "apellido": GUEST[1] } },
                    { "fields": { "nombre": "Luz", "apellido": "Marina" } },
                ])
            );
            grows_and_shrinks_by_keyboard(&walk, &booked).await?;
            page.no_console_errors().await
        })
        .await
}

/// Goes to something with Tab and presses it.
async fn enter(page: &Page, role: &str, name: &Name) -> Outcome {
    tab_to(page, role, name).await?;
    page.press_key(Key::Enter).await
}

/// On the page of the booking somebody more comes, who alone is asked, and then another stays at home.
async fn grows_and_shrinks_by_keyboard(walk: &Walk<'_>, booked: &Booked) -> Outcome {
    const REVIEW: &str = "¿Cambiarla así?";
    const CHANGED: &str = "Reserva cambiada";
    let page = walk.page;
    let party = containing_all(["Cambiar", "Para"].map(str::to_owned));
    let yes = "Sí, cambiar la reserva".into();
    page.link(ES.open_manage).await?.click().await?;
    page.arrives_at(&booked.link).await?;
    page.shows("Se puede cambiar hasta").await?;
    enter(page, "button", &party).await?;
    page.attends("heading", ES.titles.party).await?;
    enter(page, "button", &ES.party(4).as_str().into()).await?;
    page.attends("heading", "¿Quién más viene?").await?;
    enter(page, "button", &ES.next.into()).await?;
    page.attends("alert", "Hay 2 cosas por corregir").await?;
    enter(
        page,
        "link",
        &containing_all(["Nombre de pila (persona 4)".to_owned()]),
    )
    .await?;
    page.attends("textbox", starting("Nombre de pila")).await?;
    page.press_key("Sol").await?;
    tab_to(page, "textbox", &starting("Apellidos")).await?;
    page.press_key("Mar").await?;
    page.press_key(Key::Enter).await?;
    page.attends("heading", REVIEW).await?;
    enter(page, "button", &yes).await?;
    page.focus_says(CHANGED).await?;

    enter(page, "button", &party).await?;
    page.attends("heading", ES.titles.party).await?;
    enter(page, "button", &ES.party(3).as_str().into()).await?;
    page.attends("heading", "¿Quién no viene?").await?;
    let second = containing_all(["Persona 2", "Guarocuya"].map(str::to_owned));
    tab_to(page, "checkbox", &second).await?;
    page.press_key(Key::Space).await?;
    enter(page, "button", &ES.next.into()).await?;
    page.attends("heading", REVIEW).await?;
    enter(page, "button", &yes).await?;
    page.focus_says(CHANGED).await?;
    let known = walk.api.reservation(&booked.access).await?;
    assert_eq!(
        known.get("guests").cloned().unwrap_or_default(),
        json!([
            { "fields": { "nombre": GUEST[0], "apellido": GUEST[1] } },
            { "fields": { "nombre": "Luz", "apellido": "Marina" } },
            { "fields": { "nombre": "Sol", "apellido": "Mar" } },
        ])
    );
    Ok(())
}
