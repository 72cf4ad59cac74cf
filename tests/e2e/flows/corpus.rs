//! Texts that would be more than text (`tests/fixtures/xss`), typed into every field and put into every
//! address of the site, and read back wherever they are shown.

use crate::{
    failure::Outcome,
    find::starting,
    flow::Flow,
    flows::{
        hostile::{WATCH, is_inert, texts},
        walk::{GUEST, TIME, Walk},
        words::ES,
    },
    page::Page,
};

const VECTORS: &str = include_str!("../../fixtures/xss/vectors.json");
/// So many of them stand in a note, which has room for a thousand letters.
const NOTED: usize = 12;
const NOTE: &str = "Algo que la casa deba saber";

/// Catches the file for the calendar.
const CATCH: &str = r"
    const make = URL.createObjectURL;
    URL.createObjectURL = (file) => {
        file.text().then((text) => { window.file = text; });
        return make.call(URL, file);
    };
";

/// A text as a part of an address.
fn encoded(text: &str) -> String {
    let encode = |byte: u8| {
        if byte.is_ascii_alphanumeric() {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(encode).collect()
}

fn with_vector(outcome: Outcome, vector: &str) -> Outcome {
    outcome.map_err(|failure| failure.while_doing(vector))
}

#[tokio::test]
async fn names_and_notes_are_text_to_the_end() -> Outcome {
    let watch = [WATCH, CATCH].join("}\n{");
    Flow::named("names_and_notes_are_text_to_the_end")
        .before_the_app(watch.leak())
        .run(async |scene| {
            let vectors = texts(VECTORS)?;
            assert!(vectors.len() > 40, "the list is there");
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let [_, _, email, phone] = GUEST;
            page.open_ready(ES.book).await?;
            for some in vectors.chunks(NOTED) {
                walk.choose_party().await?;
                let night = walk.choose_night().await?;
                page.button(starting(TIME)).await?.click().await?;
                walk.comes_to_guests().await?;
                let [first, .., last] = some else {
                    continue;
                };
                for (label, text) in ES.fields.iter().zip([first, last, email, phone]) {
                    page.textbox(*label).await?.fill(text).await?;
                }
                page.disclosure("Añadir una nota para la casa")
                    .await?
                    .click()
                    .await?;
                let note = some.join(" ");
                page.textbox(starting(NOTE)).await?.fill(&note).await?;
                is_inert(page).await?;
                walk.press(ES.next).await?;
                page.heading(ES.titles.check).await?;
                page.shows(first).await?;
                page.shows(&note).await?;
                is_inert(page).await?;
                walk.consent().await?;
                walk.press(ES.confirm).await?;
                let booked = walk.booked(night).await?;
                is_inert(page).await?;
                walk.press("Poner en el calendario").await?;
                is_a_calendar(page).await?;
                page.link(ES.open_manage).await?.click().await?;
                page.arrives_at(&booked.link).await?;
                page.shows(ES.confirmed).await?;
                page.shows(first).await?;
                page.shows(&note).await?;
                is_inert(page).await?;
                page.back().await?;
                page.heading(starting(ES.would_look)).await?;
                walk.press(ES.another).await?;
                page.arrives_at(ES.book).await?;
                page.heading(ES.titles.party).await?;
            }
            page.no_console_errors().await
        })
        .await
}

/// Nothing of the guest's is in the file, and its lines are a calendar's.
async fn is_a_calendar(page: &Page) -> Outcome {
    let there = async || {
        let file = page.script("return window.file ?? null", &[]).await?;
        Ok(file.as_str().map(str::to_owned))
    };
    let file = crate::find::wait_until(crate::find::PATIENCE, there).await?;
    let file = file.unwrap_or_default();
    assert!(file.starts_with("BEGIN:VCALENDAR\r\n"), "{file}");
    assert!(!file.contains("alert"), "{file}");
    assert_eq!(file.matches("END:VEVENT").count(), 1, "{file}");
    Ok(())
}

#[tokio::test]
async fn what_is_refused_in_a_field_is_text() -> Outcome {
    Flow::named("what_is_refused_in_a_field_is_text")
        .before_the_app(WATCH)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            walk.to_guests().await?;
            let [_, _, email, phone] = ES.fields;
            for vector in texts(VECTORS)? {
                page.textbox(email).await?.fill(&vector).await?;
                page.textbox(phone).await?.fill(&vector).await?;
                walk.press(ES.next).await?;
                page.alert(starting("Hay ")).await?;
                with_vector(is_inert(page).await, &vector)?;
            }
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn what_is_looked_for_on_the_menu_is_text() -> Outcome {
    Flow::named("what_is_looked_for_on_the_menu_is_text")
        .before_the_app(WATCH)
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready("/es/menu/").await?;
            let field = page.searchbox("Buscar un plato o un ingrediente").await?;
            for vector in texts(VECTORS)? {
                field.fill(&vector).await?;
                page.shows("Ningún plato pasa este filtro.").await?;
                with_vector(is_inert(page).await, &vector)?;
            }
            // What was typed last is in the address, and is read from there by the other language.
            page.button("Quitar filtros").await?.click().await?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn what_stands_in_an_address_is_text() -> Outcome {
    Flow::named("what_stands_in_an_address_is_text")
        .before_the_app(WATCH)
        .run(async |scene| {
            let page = &scene.page;
            for (turn, vector) in texts(VECTORS)?.iter().enumerate() {
                let text = encoded(vector);
                // As it is, too: a browser writes what it must, and leaves the rest.
                let raw = vector.replace(['%', '#', '&', '\\', '`', '"', ' ', '<', '>'], "");
                let menu = format!(
                    "/es/menu/?buscar={text}&sin={text}&dieta={text}#table={text}&1={text}"
                );
                // The others read no more than one thing of it, and take turns.
                let other = match turn % 4 {
                    0 => format!("/es/reservar/?personas={text}&fecha={text}&hora={text}#{text}"),
                    1 => format!("/en/book/night/?party=2&date={text}&{text}={text}#{raw}"),
                    2 => format!("/es/reserva/#r={text}&t={text}"),
                    _ => format!("/es/historia/?{text}#{text}"),
                };
                for path in [menu, other] {
                    page.open_ready(&path).await?;
                    let inert = is_inert(page).await;
                    with_vector(inert, &format!("{vector} in {path}"))?;
                }
            }
            let nowhere = crate::console::Complaint::Status(404);
            page.console_errors_only_of(nowhere).await
        })
        .await
}
