//! What goes wrong between a browser and its server, and what becomes of a booking then: each fault,
//! at each call where it matters, ends in what the server really has, with a way on and with
//! everything that was answered still there.

mod app;
mod cancelling;
mod coming;
mod confirming;
mod holding;
mod main_ones;
mod octo;
mod octo_later;
mod parts;
mod reading;

use serde_json::Value;

use crate::{
    api::text,
    console::Complaint,
    failure::{Failure, Outcome},
    find::{PATIENCE, starting, wait_until},
    flows::walk::{GUEST, Walk},
};

/// The head of every failed call, and the way on.
pub const FAILED: &str = "Algo no funcionó";
pub const AGAIN: &str = "Intentar otra vez";

pub const UNREACHABLE: &str =
    "No llegó respuesta. Revise la conexión e intente otra vez; sus respuestas siguen aquí.";
pub const DOWN: &str = "El sistema de reservas no funciona en este momento.";
pub const STRANGE: &str = "El sistema de reservas respondió algo que este sitio no entiende.";
pub const TOO_MANY: &str = "Hay muchas solicitudes en este momento.";

/// The failed call is told in these words, with a way on, and the bar still has the answers.
pub async fn told(walk: &Walk<'_>, words: &str, answers: &[&str]) -> Outcome {
    walk.page.heading(FAILED).await?;
    walk.page.shows(words).await?;
    walk.page.button(AGAIN).await?;
    walk.bar_says(answers).await
}

/// Everything that was typed stands in the last look.
pub async fn answers_stand(walk: &Walk<'_>) -> Outcome {
    for answer in GUEST {
        walk.page.shows(answer).await?;
    }
    walk.page.shows(&walk.words.party(walk.party)).await
}

/// What the server has of this tab's reservation.
pub async fn status(walk: &Walk<'_>) -> Outcome<String> {
    text(&walk.hold_in_tab().await?, "status")
}

/// The done page has come, and the server says the same.
pub async fn is_booked(walk: &Walk<'_>) -> Outcome {
    walk.page
        .arrives_at(&walk.at(walk.words.steps.done))
        .await?;
    walk.page.heading(starting(walk.words.would_look)).await?;
    let reservation = walk.hold_in_tab().await?;
    assert_eq!(text(&reservation, "status")?, "CONFIRMED");
    let name = reservation
        .pointer("/guest/givenName")
        .and_then(Value::as_str);
    assert_eq!(name, GUEST.first().copied());
    walk.page.shows(&text(&reservation, "reference")?).await
}

/// Waits until something is so.
pub async fn until(what: &str, so: impl Fn() -> bool) -> Outcome {
    let now = async || Ok(so().then_some(()));
    let came = wait_until(PATIENCE, now).await?;
    came.ok_or_else(|| Failure::new(format!("It did not come that {what}.")))
}

/// The browser complains of the faults that were made, and of nothing else.
pub async fn only_the_network_failed(walk: &Walk<'_>) -> Outcome {
    walk.page.console_errors_only_of(Complaint::Network).await
}
