//! A site that books with somebody else's calendar, which speaks Cal.com's API on another origin.

use calcom_double::Habits;

use crate::{
    api::Night,
    console::Complaint,
    failure::Outcome,
    find::{containing_all, starting},
    flow::Flow,
    flows::{
        walk::{TIME, Walk},
        words::ES,
    },
};

/// The evening these guests want.
const DAYS_AHEAD: i64 = 4;
const LOST: &str = "No sabemos si su reserva entró";

/// From the first page to a table that is held, of the seating that is pressed.
async fn to_time(walk: &Walk<'_>) -> Outcome<Night> {
    walk.to_night().await?;
    let night = Night::ahead(DAYS_AHEAD)?;
    if Night::ahead(0)?.month() != night.month() {
        walk.press(ES.next_month).await?;
    }
    let free = walk.page.button(ES.free_night(night)).await?;
    free.click().await?;
    walk.sees_times().await?;
    Ok(night)
}

/// This house takes no dishes: the guests come next.
async fn on_to_guests(walk: &Walk<'_>) -> Outcome {
    walk.sees_guests().await?;
    walk.page.attends("heading", ES.titles.guests).await
}

async fn to_the_button(walk: &Walk<'_>) -> Outcome<Night> {
    let night = to_time(walk).await?;
    walk.page.button(starting(TIME)).await?.click().await?;
    on_to_guests(walk).await?;
    walk.fill_guests().await?;
    walk.consent().await?;
    Ok(night)
}

#[tokio::test]
async fn book_move_and_cancel_by_calcom() -> Outcome {
    Flow::named("book_move_and_cancel_by_calcom")
        .sampled()
        .with_calcom(Habits::default())
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let (page, calendar) = (walk.page, scene.calendar()?);
            let night = to_the_button(&walk).await?;
            assert_eq!(calendar.standing(), (1, 0), "a table is held");
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            assert_eq!(calendar.standing(), (0, 1), "the hold became a table");
            assert_eq!(calendar.status(&booked.access.id), Some("accepted"));
            page.link(ES.open_manage).await?.click().await?;
            page.arrives_at(&booked.link).await?;
            page.shows(ES.confirmed).await?;
            page.shows("4 personas").await?;
            // What this API cannot do is not offered.
            page.no_button("Borrar mis datos").await?;
            page.no_button(containing_all(["Cambiar", "Personas"]))
                .await?;
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
            // The link from before still opens it.
            page.reload().await?;
            page.is_ready().await?;
            page.shows("21:00").await?;
            walk.press("Cancelar la reserva").await?;
            walk.press("Sí, cancelar la reserva").await?;
            page.focus_says("Reserva cancelada").await?;
            assert_eq!(calendar.status(&booked.access.id), Some("cancelled"));
            assert_eq!(calendar.standing(), (0, 0));
            calendar.was_asked_as_documented()?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn a_seating_taken_by_calcom() -> Outcome {
    let habits = Habits {
        generous: true,
        ..Habits::default()
    };
    Flow::named("a_seating_taken_by_calcom")
        .with_calcom(habits)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let (page, calendar) = (walk.page, scene.calendar()?);
            let night = to_time(&walk).await?;
            let early = page.button(starting(TIME)).await?;
            calendar.take_early(&night.iso())?;
            page.no_console_errors().await?;
            early.click().await?;
            page.focus_says("Esa mesa la tomó alguien más").await?;
            page.console_errors_only_of(Complaint::Status(422)).await?;
            let [weekday, date] = ES.night_parts(night);
            let other = containing_all(["21:00".to_owned(), weekday, date]);
            page.button(other).await?.click().await?;
            on_to_guests(&walk).await?;
            assert_eq!(calendar.standing(), (1, 0));
            // A reload finds the same table, and for how many it is.
            page.reload().await?;
            page.is_ready().await?;
            walk.sees_guests().await?;
            walk.bar_says(&["4 personas", "21:00"]).await?;
            assert_eq!(calendar.standing(), (1, 0));
            calendar.was_asked_as_documented()?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn an_answer_lost_by_calcom_is_the_guests_to_find() -> Outcome {
    Flow::named("an_answer_lost_by_calcom_is_the_guests_to_find")
        .with_calcom(Habits::default())
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let (page, calendar) = (walk.page, scene.calendar()?);
            to_the_button(&walk).await?;
            page.no_console_errors().await?;
            calendar.lose_the_next_create();
            walk.press(ES.confirm).await?;
            page.focus_says(LOST).await?;
            page.console_errors_only_of(Complaint::Status(502)).await?;
            page.shows("mire su correo").await?;
            page.no_button(ES.confirm).await?;
            assert_eq!(
                calendar.standing(),
                (0, 1),
                "booked, and nobody heard of it"
            );
            // Neither a reload nor another night books once more.
            page.reload().await?;
            page.is_ready().await?;
            page.shows(LOST).await?;
            assert_eq!(calendar.standing(), (0, 1));
            walk.press("Me llegó la confirmación").await?;
            page.heading(ES.titles.party).await?;
            page.reload().await?;
            page.is_ready().await?;
            page.heading(ES.titles.party).await?;
            page.shows_no_longer(LOST).await?;
            calendar.was_asked_as_documented()?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn a_guest_without_mail_may_go_on_by_calcom() -> Outcome {
    let habits = Habits {
        pending: true,
        ..Habits::default()
    };
    Flow::named("a_guest_without_mail_may_go_on_by_calcom")
        .with_calcom(habits)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let (page, calendar) = (walk.page, scene.calendar()?);
            let night = to_the_button(&walk).await?;
            page.no_console_errors().await?;
            calendar.lose_the_next_create();
            walk.press(ES.confirm).await?;
            page.focus_says(LOST).await?;
            page.console_errors_only_of(Complaint::Status(502)).await?;
            // She is sure of it: what is left of her place is looked for, and nothing is sent.
            walk.press("No me llegó nada").await?;
            walk.press(&["Guardar otra vez la mesa de las ", TIME].concat())
                .await?;
            page.button(ES.confirm).await?;
            assert_eq!(calendar.standing(), (1, 1));
            walk.press(ES.confirm).await?;
            let booked = walk.booked(night).await?;
            assert_eq!(calendar.status(&booked.access.id), Some("pending"));
            calendar.was_asked_as_documented()?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn a_house_elsewhere_has_its_own_clock_by_calcom() -> Outcome {
    let habits = Habits {
        in_madrid: true,
        ..Habits::default()
    };
    Flow::named("a_house_elsewhere_has_its_own_clock_by_calcom")
        .sampled()
        .with_calcom(habits)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let (page, calendar) = (walk.page, scene.calendar()?);
            walk.to_night().await?;
            // Its evenings are those of Cartagena, which are the small hours there.
            page.button(ES.choose_first).await?.click().await?;
            walk.sees_times().await?;
            let time = calendar.early_there(&Night::ahead(1)?.iso())?;
            let early = page.button(starting(time.as_str())).await?;
            early.click().await?;
            on_to_guests(&walk).await?;
            walk.bar_says(&[&time]).await?;
            page.reload().await?;
            page.is_ready().await?;
            walk.sees_guests().await?;
            walk.bar_says(&[&time]).await?;
            walk.fill_guests().await?;
            walk.consent().await?;
            walk.press(ES.confirm).await?;
            page.arrives_at(&walk.at(ES.steps.done)).await?;
            page.heading(starting(ES.would_look)).await?;
            page.shows(&time).await?;
            assert_eq!(calendar.standing(), (0, 1));
            calendar.was_asked_as_documented()?;
            page.no_console_errors().await
        })
        .await
}
