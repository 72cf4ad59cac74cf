//! A booking changed by its guest, and what it says of her erased.

use serde_json::Value;
use thirtyfour::Key;

use crate::{
    api::{Night, text},
    console::Complaint,
    failure::Outcome,
    find::{containing_all, starting},
    flow::Flow,
    flows::{
        walk::{Booked, GUEST, TIME, Walk, few_places},
        words::ES,
    },
};

const LATE: &str = "21:00";
const PARTY: &str = "Para";
const NIGHT: &str = "Noche";
const TO_TIME: &str = "Hora";
const YES: &str = "Sí, cambiar la reserva";
const REVIEW: &str = "¿Cambiarla así?";
const CHANGED: &str = "Reserva cambiada";

/// A booking, on its page.
async fn on_its_page(walk: &Walk<'_>) -> Outcome<Booked> {
    let booked = walk.to_done().await?;
    walk.page.link(ES.open_manage).await?.click().await?;
    walk.page.arrives_at(&booked.link).await?;
    walk.page.shows("Se puede cambiar hasta").await?;
    Ok(booked)
}

/// From the reservation to another seating of its night, as far as the last question.
async fn to_late(walk: &Walk<'_>) -> Outcome {
    walk.change(TO_TIME).await?;
    walk.page.attends("heading", ES.titles.time).await?;
    // Her own places count as taken, and the seating is hers all the same.
    walk.page
        .button(containing_all([TIME, "la suya ahora"]))
        .await?;
    walk.press_starting(LATE).await?;
    walk.page.attends("heading", REVIEW).await
}

impl Walk<'_> {
    /// Presses the change of a line, which is named with it.
    async fn change(&self, line: &str) -> Outcome {
        let button = self.page.button(containing_all(["Cambiar", line]));
        button.await?.click().await
    }

    async fn press_starting(&self, name: &str) -> Outcome {
        self.page.button(starting(name)).await?.click().await
    }

    /// What the API holds: how many, and when.
    async fn holds(&self, booked: &Booked, party: u8, time: &str) -> Outcome<Value> {
        let known = self.api.reservation(&booked.access).await?;
        assert_eq!(text(&known, "status")?, "CONFIRMED");
        assert_eq!(known.get("partySize"), Some(&Value::from(party)));
        let starts = known.get("slot").map(|slot| text(slot, "startsAt"));
        let starts = starts.transpose()?.unwrap_or_default();
        let wanted = format!("{}T{time}", booked.night.iso());
        assert!(starts.starts_with(&wanted), "{starts}, not {wanted}");
        Ok(known)
    }

    async fn left(&self, night: Night) -> Outcome<[u8; 2]> {
        let early = self.api.places_left(night, TIME).await?;
        Ok([early, self.api.places_left(night, LATE).await?])
    }
}

#[tokio::test]
async fn change_seating_and_party() -> Outcome {
    Flow::named("change_seating_and_party")
        .sampled()
        .settings(few_places(6))
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let booked = on_its_page(&walk).await?;
            // Escape is the way out, and changes nothing.
            walk.change(NIGHT).await?;
            page.attends("heading", ES.titles.night).await?;
            page.press_key(Key::Escape).await?;
            page.attends("heading", ES.manage_title).await?;
            to_late(&walk).await?;
            page.shows("Antes: 19:00").await?;
            walk.change(PARTY).await?;
            page.attends("heading", ES.titles.party).await?;
            walk.press("Atrás").await?;
            page.attends("heading", REVIEW).await?;
            walk.change(PARTY).await?;
            walk.press("6 personas").await?;
            page.attends("heading", REVIEW).await?;
            page.shows("Antes: 4 personas").await?;
            walk.holds(&booked, 4, TIME).await?;
            walk.press(YES).await?;
            page.focus_says(CHANGED).await?;
            page.shows(&ES.party(6)).await?;
            page.shows(LATE).await?;
            let known = walk.holds(&booked, 6, LATE).await?;
            assert_eq!(text(&known, "reference")?, booked.reference);
            assert_eq!(walk.left(booked.night).await?, [6, 0]);
            // Read anew it is the same, and nobody is told that it has just been changed.
            page.reload().await?;
            page.is_ready().await?;
            page.shows(LATE).await?;
            assert!(!page.text().await?.contains(CHANGED));
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn a_change_that_finds_no_room_keeps_the_table() -> Outcome {
    Flow::named("a_change_that_finds_no_room_keeps_the_table")
        .sampled()
        .settings(few_places(8))
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let booked = on_its_page(&walk).await?;
            to_late(&walk).await?;
            for seating in walk.api.seatings(booked.night, 8).await? {
                if seating.time == LATE {
                    walk.api.hold(&seating.id, 8).await?;
                }
            }
            page.no_console_errors().await?;
            walk.press(YES).await?;
            page.focus_says("No hay sitio para su grupo a esa hora")
                .await?;
            page.shows("Su reserva sigue como estaba.").await?;
            page.console_errors_only_of(Complaint::Status(409)).await?;
            walk.holds(&booked, 4, TIME).await?;
            assert_eq!(walk.left(booked.night).await?, [4, 0]);
            walk.press("No, dejarla como está").await?;
            page.attends("heading", ES.manage_title).await?;
            page.shows(TIME).await?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn a_lost_answer_to_a_change_is_looked_for() -> Outcome {
    // The first change reaches the server, and its answer nobody; the second one does not get there.
    const LOSE: &str = "
        const own = window.fetch;
        window.changes = 0;
        window.fetch = async (what, how) => {
            if ((what.method ?? how?.method) !== 'PATCH') return own(what, how);
            window.changes += 1;
            if (window.changes !== 2) await own(what, how);
            throw new TypeError('lost');
        };";
    Flow::named("a_lost_answer_to_a_change_is_looked_for")
        .before_the_app(LOSE)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let booked = on_its_page(&walk).await?;
            to_late(&walk).await?;
            walk.press(YES).await?;
            page.focus_says(CHANGED).await?;
            let known = walk.holds(&booked, 4, LATE).await?;
            let version = known.get("version").cloned();
            walk.change(PARTY).await?;
            walk.press("2 personas").await?;
            walk.press(YES).await?;
            page.focus_says("La reserva no ha cambiado").await?;
            let known = walk.holds(&booked, 4, LATE).await?;
            assert_eq!(known.get("version"), version.as_ref());
            walk.press(YES).await?;
            page.focus_says(CHANGED).await?;
            walk.holds(&booked, 2, LATE).await?;
            let sent = page.script("return window.changes", &[]).await?;
            assert_eq!(sent, 3, "as often as she pressed");
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn write_a_note_and_erase_everything() -> Outcome {
    const NOTE: &str = "Venimos con un coche de bebé";
    const ERASE: &str = "Borrar mis datos";
    Flow::named("write_a_note_and_erase_everything")
        .sampled()
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let booked = on_its_page(&walk).await?;
            walk.change("Nota").await?;
            let field = page.textbox("Nota para el restaurante").await?;
            field.fill(NOTE).await?;
            walk.press("Guardar la nota").await?;
            page.focus_says(CHANGED).await?;
            page.shows(NOTE).await?;
            let known = walk.holds(&booked, 4, TIME).await?;
            assert_eq!(text(&known, "note")?, NOTE);
            walk.press(ERASE).await?;
            page.focus_says("¿Borrar sus datos de esta reserva?")
                .await?;
            page.focus_says(&booked.reference).await?;
            walk.press("No, conservarlos").await?;
            walk.holds(&booked, 4, TIME).await?;
            walk.press(ERASE).await?;
            walk.press("Sí, borrar mis datos").await?;
            page.focus_says("Sus datos están borrados").await?;
            for reload in [false, true] {
                if reload {
                    page.reload().await?;
                    page.is_ready().await?;
                }
                page.shows("La mesa sigue reservada, sin nombre.").await?;
                let told = page.text().await?;
                for gone in [NOTE, GUEST[0], GUEST[1], GUEST[2]] {
                    assert!(!told.contains(gone), "“{gone}” is still there");
                }
                page.no_button(containing_all(["Cambiar", PARTY])).await?;
                page.no_button(ERASE).await?;
            }
            let known = walk.holds(&booked, 4, TIME).await?;
            assert!(known.get("guest").is_some_and(Value::is_null), "{known}");
            assert!(known.get("note").is_some_and(Value::is_null), "{known}");
            // The table can still be given back.
            page.button("Cancelar la reserva").await?;
            page.shows(&booked.reference).await?;
            page.no_console_errors().await
        })
        .await
}
