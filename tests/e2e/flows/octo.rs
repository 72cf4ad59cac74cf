//! A site that books with somebody else's API, which speaks OCTO on another origin.

use octo_double::{Habits, OPTION, PATIO};

use crate::{
    api::Night,
    console::Complaint,
    failure::Outcome,
    find::{containing_all, starting},
    flow::{Flow, Scene},
    flows::{
        walk::{Booked, TIME, Walk},
        words::ES,
    },
};

/// The evening these guests want: not so near that it could not be cancelled any more.
const DAYS_AHEAD: i64 = 4;

/// From the first page to the seatings of that evening.
pub async fn to_time(walk: &Walk<'_>) -> Outcome<Night> {
    walk.to_night().await?;
    choose_night(walk, DAYS_AHEAD).await
}

/// From the nights on show to the seatings of the one so many days ahead.
pub async fn choose_night(walk: &Walk<'_>, days: i64) -> Outcome<Night> {
    let night = Night::ahead(days)?;
    if Night::ahead(0)?.month() != night.month() {
        walk.press(ES.next_month).await?;
    }
    walk.page
        .button(ES.free_night(night))
        .await?
        .click()
        .await?;
    walk.sees_times().await?;
    Ok(night)
}

/// This house takes no dishes: the guests come next.
pub async fn on_to_guests(walk: &Walk<'_>) -> Outcome {
    walk.sees_guests().await?;
    walk.page.attends("heading", ES.titles.guests).await
}

/// From the first page to a booking that was changed and cancelled.
pub async fn book_change_and_cancel(scene: &Scene) -> Outcome<Booked> {
    let walk = Walk::of(scene, &ES);
    let (page, supplier) = (walk.page, scene.supplier()?);
    let night = to_time(&walk).await?;
    page.button(starting(TIME)).await?.click().await?;
    on_to_guests(&walk).await?;
    assert_eq!(supplier.standing(), 1, "a table is held");
    walk.fill_guests().await?;
    walk.consent().await?;
    walk.press(ES.confirm).await?;
    let booked = walk.booked(night).await?;
    assert!(booked.reference.starts_with("RS"), "{}", booked.reference);
    assert_eq!(supplier.status(&booked.access.id), Some("CONFIRMED"));
    page.link(ES.open_manage).await?.click().await?;
    page.arrives_at(&booked.link).await?;
    page.shows(ES.confirmed).await?;
    // What this API cannot do is not offered.
    page.no_button("Borrar mis datos").await?;
    page.button(containing_all(["Cambiar", "Hora"]))
        .await?
        .click()
        .await?;
    page.attends("heading", ES.titles.time).await?;
    page.button(starting("21:00")).await?.click().await?;
    page.attends("heading", "¿Cambiarla así?").await?;
    walk.press("Sí, cambiar la reserva").await?;
    page.focus_says("Reserva cambiada").await?;
    page.shows("21:00").await?;
    walk.press("Cancelar la reserva").await?;
    walk.press("Sí, cancelar la reserva").await?;
    page.focus_says("Reserva cancelada").await?;
    assert_eq!(supplier.status(&booked.access.id), Some("CANCELLED"));
    supplier.kept_the_standard()?;
    page.no_console_errors().await?;
    Ok(booked)
}

#[tokio::test]
async fn book_change_and_cancel_by_octo() -> Outcome {
    Flow::named("book_change_and_cancel_by_octo")
        .sampled()
        .with_octo(Habits::default())
        .run(async |scene| {
            book_change_and_cancel(scene).await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_seating_taken_by_octo() -> Outcome {
    let habits = Habits {
        breaks_on_known_uuid: true,
        silent: true,
        ..Habits::default()
    };
    Flow::named("a_seating_taken_by_octo")
        .sampled()
        .with_octo(habits)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let (page, supplier) = (walk.page, scene.supplier()?);
            let night = to_time(&walk).await?;
            let early = page.button(starting(TIME)).await?;
            supplier.take(&format!("{}T{TIME}:00-05:00", night.iso()), 8);
            page.no_console_errors().await?;
            early.click().await?;
            page.focus_says("Esa mesa la tomó alguien más").await?;
            page.console_errors_only_of(Complaint::Status(400)).await?;
            let [weekday, date] = ES.night_parts(night);
            let other = containing_all(["21:00".to_owned(), weekday, date]);
            page.button(other).await?.click().await?;
            on_to_guests(&walk).await?;
            assert_eq!(supplier.standing(), 1);
            // A reload finds the same table by its own name.
            page.reload().await?;
            page.is_ready().await?;
            walk.sees_guests().await?;
            assert_eq!(supplier.standing(), 1);
            supplier.kept_the_standard()?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn guests_say_who_is_a_child_by_octo() -> Outcome {
    let habits = Habits {
        children: true,
        ..Habits::default()
    };
    Flow::named("guests_say_who_is_a_child_by_octo")
        .with_octo(habits)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let (page, supplier) = (walk.page, scene.supplier()?);
            page.open_ready(ES.book).await?;
            page.link("1 persona").await?.click().await?;
            page.heading(ES.titles.night).await?;
            let night = choose_night(&walk, DAYS_AHEAD).await?;
            page.button(starting(TIME)).await?.click().await?;
            on_to_guests(&walk).await?;
            walk.type_guest().await?;
            page.combobox("Edad").await?.choose("Adulto").await?;
            walk.press(ES.next).await?;
            page.arrives_at(&walk.at(ES.steps.check)).await?;
            page.heading(ES.titles.check).await?;
            page.shows("Edad: Adulto").await?;
            let consent = starting("Acepto que el restaurante use mis datos, y los de quienes");
            page.checkbox(consent).await?.click().await?;
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            assert_eq!(supplier.status(&booked.access.id), Some("CONFIRMED"));
            supplier.kept_the_standard()?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn a_table_in_each_part_of_the_house_by_octo() -> Outcome {
    let habits = Habits {
        patio: true,
        ..Habits::default()
    };
    Flow::named("a_table_in_each_part_of_the_house_by_octo")
        .with_octo(habits)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let (page, supplier) = (walk.page, scene.supplier()?);
            let night = to_time(&walk).await?;
            page.heading("Salón").await?;
            page.heading("Patio").await?;
            page.button(containing_all([TIME, "Patio"]))
                .await?
                .click()
                .await?;
            on_to_guests(&walk).await?;
            walk.bar_says(&["Patio"]).await?;
            // The tab finds its table there again, and it can be kept for longer.
            page.reload().await?;
            page.is_ready().await?;
            walk.sees_guests().await?;
            walk.press("Pedir más tiempo").await?;
            walk.fill_guests().await?;
            page.shows("Patio").await?;
            walk.consent().await?;
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            assert_eq!(supplier.option(&booked.access.id), Some(PATIO));
            page.shows("Patio").await?;
            page.link(ES.open_manage).await?.click().await?;
            page.arrives_at(&booked.link).await?;
            page.shows("Patio").await?;
            page.button(containing_all(["Cambiar", "Hora"]))
                .await?
                .click()
                .await?;
            page.attends("heading", ES.titles.time).await?;
            page.button(containing_all([TIME, "Salón"]))
                .await?
                .click()
                .await?;
            page.attends("heading", "¿Cambiarla así?").await?;
            walk.press("Sí, cambiar la reserva").await?;
            page.focus_says("Reserva cambiada").await?;
            page.shows("Salón").await?;
            assert_eq!(supplier.option(&booked.access.id), Some(OPTION));
            assert_eq!(supplier.status(&booked.access.id), Some("CONFIRMED"));
            supplier.kept_the_standard()?;
            page.no_console_errors().await
        })
        .await
}
