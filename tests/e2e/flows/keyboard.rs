//! A whole booking with Tab, Enter and Space, and nothing else.

use serde_json::Value;
use thirtyfour::Key;

use crate::{
    api::text,
    failure::{Failure, Outcome},
    find::{Name, PATIENCE, starting, wait_until},
    flow::Flow,
    flows::{
        walk::{GUEST, TIME, Walk},
        words::ES,
    },
    page::Page,
};

#[tokio::test]
async fn by_keyboard_alone() -> Outcome {
    Flow::named("by_keyboard_alone")
        .sampled()
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            page.open_ready(ES.book).await?;
            skips_to_content(page).await?;
            tab_to(page, "link", &ES.party(4).as_str().into()).await?;
            page.press_key(Key::Enter).await?;
            page.attends("heading", ES.titles.night).await?;
            page.button(ES.choose_first).await?;
            let free = walk.api.free_nights(4).await?;
            let night = free.first().copied();
            let night = night.ok_or_else(|| Failure::new("There is no free night."))?;
            tab_to(page, "button", &ES.free_night(night)).await?;
            page.press_key(Key::Space).await?;
            page.attends("heading", ES.titles.time).await?;
            let seatings = walk.api.seatings(night, 4).await?;
            let open = seatings.iter().find(|seating| seating.free);
            let time = open.map_or(TIME, |seating| seating.time.as_str());
            page.button(starting(time)).await?;
            tab_to(page, "button", &starting(time)).await?;
            page.press_key(Key::Enter).await?;
            page.attends("heading", ES.titles.dishes).await?;
            tab_to(page, "button", &ES.next.into()).await?;
            page.press_key(Key::Enter).await?;
            page.attends("heading", ES.titles.guests).await?;
            walk.sees_guests().await?;
            mends_the_empty_form(page).await?;
            // The summary's first link led to the first field.
            for (label, value) in ES.fields.iter().zip(GUEST) {
                tab_to(page, "textbox", &(*label).into()).await?;
                page.press_key(value).await?;
            }
            page.press_key(Key::Enter).await?;
            page.attends("heading", ES.titles.check).await?;
            tab_to(page, "checkbox", &ES.consent.into()).await?;
            page.press_key(Key::Space).await?;
            tab_to(page, "button", &ES.confirm.into()).await?;
            page.press_key(Key::Enter).await?;
            page.attends("heading", starting(ES.would_look)).await?;
            let booked = walk.booked(night).await?;
            let known = walk.api.reservation(&booked.access).await?;
            assert_eq!(text(&known, "status")?, "CONFIRMED");
            let family = known.pointer("/guest/familyName").and_then(Value::as_str);
            assert_eq!(family, Some(GUEST[1]));
            page.no_console_errors().await
        })
        .await
}

/// The first thing Tab reaches leads past the header.
async fn skips_to_content(page: &Page) -> Outcome {
    page.press_key(Key::Tab).await?;
    page.attends("link", "Saltar al contenido").await?;
    let seen = "const box = document.activeElement.getBoundingClientRect();
                return box.top >= 0 && box.left >= 0 && box.width > 1 && box.height > 1";
    assert_eq!(
        page.script(seen, &[]).await?,
        true,
        "it is seen when it has the focus"
    );
    page.press_key(Key::Enter).await?;
    page.attends("main", "").await?;
    page.press_key(Key::Tab).await?;
    let inside = "return document.activeElement.closest('main') !== null";
    assert_eq!(
        page.script(inside, &[]).await?,
        true,
        "Tab goes on inside the content"
    );
    Ok(())
}

/// An empty form says what is missing, takes the focus there, and its links lead to the fields.
async fn mends_the_empty_form(page: &Page) -> Outcome {
    tab_to(page, "button", &ES.next.into()).await?;
    page.press_key(Key::Space).await?;
    page.attends("alert", ES.missing).await?;
    let title = page.title().await?;
    assert!(
        title.starts_with("Error: "),
        "“{title}” says that something is wrong"
    );
    tab_to(page, "link", &"Escriba un teléfono".into()).await?;
    page.press_key(Key::Enter).await?;
    page.attends("textbox", ES.fields[3]).await?;
    back_to(page, "link", &"Escriba el nombre".into()).await?;
    page.press_key(Key::Enter).await?;
    page.attends("textbox", ES.fields[0]).await
}

/// Whether something of the focused element (or of the label that paints it) can be seen.
const SEEN: &str = r"
    const focused = document.activeElement;
    return [focused, ...(focused.labels ?? [])].some((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return [0.1, 0.5, 0.9].some((part) => {
            const there = document.elementFromPoint(left + width / 2, top + height * part);
            return there !== null && element.contains(there);
        });
    });
";

/// Goes on with Tab until something has the focus, and can be seen.
pub async fn tab_to(page: &Page, role: &str, name: &Name) -> Outcome {
    travel(page, role, name, async || page.press_key(Key::Tab).await).await
}

/// With Shift held.
async fn back_to(page: &Page, role: &str, name: &Name) -> Outcome {
    travel(page, role, name, async || {
        page.press_with_shift(Key::Tab).await
    })
    .await
}

/// Steps on until the focus is there; an element that has it already needs no key.
async fn travel(page: &Page, role: &str, name: &Name, step: impl AsyncFn() -> Outcome) -> Outcome {
    let mut way = Vec::new();
    for _ in 0..80 {
        let (its_role, its_name) = page.attention().await?;
        if its_role == role && name.fits(&its_name) {
            // WebKit brings it into sight a frame later.
            let seen = async || {
                let seen = page.script(SEEN, &[]).await? == true;
                Ok(seen.then_some(()))
            };
            assert!(
                wait_until(PATIENCE, seen).await?.is_some(),
                "{role} {name} has the focus but is covered or off the screen"
            );
            return Ok(());
        }
        way.push(format!("  {its_role} “{its_name}”"));
        step().await?;
    }
    Err(Failure::new(format!(
        "Tab never reaches the {role} {name}. It went:\n{}",
        way.join("\n")
    )))
}
