//! What a guest keeps of a booking: a copy on the device, an entry in the calendar, a word for friends, a
//! sheet of paper; and the way back from one answer to all of them.

use serde_json::json;

use crate::{
    engine::Engine,
    failure::{Failure, Outcome},
    find::{PATIENCE, containing_all, starting, wait_until},
    flow::Flow,
    flows::{
        walk::{Booked, GUEST, TIME, Walk},
        words::ES,
    },
    page::Page,
};

const KEEP: &str = "Guardar una copia en este aparato";
const KEPT: &str = "Hay una copia en este aparato.";
const NEEDED: &str = "Hace falta su enlace";
const CHROMIUM_ONLY: &str = "only Chromium is told by its driver to be elsewhere, or to print";

/// Catches what is handed over, where the browser would show it to its user.
const CATCH: &str = r"
    window.caught = {};
    const make = URL.createObjectURL;
    URL.createObjectURL = (file) => {
        file.text().then((text) => { window.caught.file = text; window.caught.kind = file.type; });
        return make.call(URL, file);
    };
    navigator.share = async (data) => { window.caught.shared = data.text; };
    Object.defineProperty(navigator, 'clipboard', {
        value: { writeText: async (text) => { window.caught.copied = text; } },
    });
";

/// What was caught under a name.
async fn caught(page: &Page, what: &str) -> Outcome<String> {
    let there = async || {
        let script = "return window.caught[arguments[0]] ?? null";
        let text = page.script(script, &[what.into()]).await?;
        Ok(text.as_str().map(str::to_owned))
    };
    let text = wait_until(PATIENCE, there).await?;
    text.ok_or_else(|| Failure::new(format!("No {what} was handed over.")))
}

async fn lasting(page: &Page) -> Outcome<String> {
    let kept = page.script("return JSON.stringify({ ...localStorage })", &[]);
    Ok(kept.await?.as_str().unwrap_or_default().to_owned())
}

/// It tells the evening and opens nothing.
fn opens_nothing(text: &str, booked: &Booked) {
    for secret in [&booked.access.token, &booked.access.id, "#r="] {
        assert!(!text.contains(secret), "“{secret}” is handed on: {text}");
    }
    no_person(text);
}

fn no_person(text: &str) {
    for word in GUEST {
        assert!(!text.contains(word), "“{word}” is in: {text}");
    }
}

#[tokio::test]
async fn a_copy_is_kept_on_request_and_opened_again() -> Outcome {
    Flow::named("a_copy_is_kept_on_request_and_opened_again")
        .sampled()
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let booked = walk.to_done().await?;
            assert!(!lasting(page).await?.contains(&booked.access.token));
            walk.press(KEEP).await?;
            page.shows(KEPT).await?;
            let kept = lasting(page).await?;
            assert!(kept.contains(&booked.access.token), "{kept}");
            no_person(&kept);
            // The tab it was booked in is gone, with all that it knew.
            let first = page.driver().window().await?;
            let tab = page.driver().new_tab().await?;
            page.driver().switch_to_window(first).await?;
            page.driver().close_window().await?;
            page.driver().switch_to_window(tab).await?;
            page.open_ready("/es/reserva/").await?;
            page.shows("De prueba, según la copia del ").await?;
            let open = format!("Abrir la reserva {}", booked.reference);
            page.link(open.as_str()).await?.click().await?;
            page.arrives_at(&booked.link).await?;
            page.shows(ES.confirmed).await?;
            page.shows(&booked.reference).await?;
            page.back().await?;
            let drop_it = format!("Quitar la copia de {}", booked.reference);
            walk.press(&drop_it).await?;
            page.focus_says("La copia se quitó de este aparato.")
                .await?;
            page.no_button(drop_it.as_str()).await?;
            assert!(!lasting(page).await?.contains("interno.kept"));
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn what_others_wrote_into_the_storage_is_passed_over() -> Outcome {
    Flow::named("what_others_wrote_into_the_storage_is_passed_over")
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready("/es/reserva/").await?;
            for odd in ["", "{", "null", "[[[[", "[{\"id\":7}]", "\u{202e}\u{0}"] {
                let write = "localStorage.setItem('interno.kept', arguments[0])";
                page.script(write, &[odd.into()]).await?;
                page.reload().await?;
                page.is_ready().await?;
                page.heading(NEEDED).await?;
                page.no_button(starting("Quitar la copia")).await?;
            }
            page.heading("¿Todavía no ha reservado?").await?;
            page.no_console_errors().await
        })
        .await
}

/// A guest in Sydney books a table in Cartagena: the entry is for the evening there.
#[tokio::test]
async fn the_calendar_has_the_venues_time_wherever_the_phone_is() -> Outcome {
    Flow::named("the_calendar_has_the_venues_time_wherever_the_phone_is")
        .before_the_app(CATCH)
        .not_in(Engine::Firefox, CHROMIUM_ONLY)
        .not_in(Engine::WebKit, CHROMIUM_ONLY)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let cdp = page.driver().cdp();
            let zone = json!({ "timezoneId": "Australia/Sydney" });
            cdp.send_raw("Emulation.setTimezoneOverride", zone).await?;
            let deny = json!({ "behavior": "deny" });
            cdp.send_raw("Browser.setDownloadBehavior", deny).await?;
            let booked = walk.to_done().await?;
            let here = "return Intl.DateTimeFormat().resolvedOptions().timeZone";
            assert_eq!(page.script(here, &[]).await?, "Australia/Sydney");
            walk.press("Poner en el calendario").await?;
            let file = caught(page, "file").await?;
            assert_eq!(caught(page, "kind").await?, "text/calendar");
            let file = file.replace("\r\n ", "");
            let date = booked.night.iso().replace('-', "");
            let hour = TIME.replace(':', "");
            for line in [
                format!("DTSTART;TZID=America/Bogota:{date}T{hour}00"),
                "TZOFFSETTO:-0500".to_owned(),
            ] {
                assert!(file.contains(&format!("\r\n{line}\r\n")), "{line}: {file}");
            }
            assert!(file.contains("SUMMARY:Prueba: ninguna mesa espera. Mesa en INTERNO"));
            assert!(file.contains(&booked.reference));
            assert!(!file.contains(&booked.access.token), "{file}");
            no_person(&file);
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn an_evening_is_shared_without_the_way_to_cancel_it() -> Outcome {
    Flow::named("an_evening_is_shared_without_the_way_to_cancel_it")
        .before_the_app(CATCH)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let booked = walk.to_done().await?;
            walk.press("Compartir la cita").await?;
            let shared = caught(page, "shared").await?;
            opens_nothing(&shared, &booked);
            let home = scene.site.url("/es/");
            for part in ["Prueba: ninguna mesa espera.", TIME, "Calle 39", &home] {
                assert!(shared.contains(part), "{part}: {shared}");
            }
            for part in ES.night_parts(booked.night) {
                assert!(shared.contains(&part), "{part}: {shared}");
            }
            // A browser that cannot share copies the same.
            page.script("navigator.share = undefined", &[]).await?;
            walk.press("Compartir la cita").await?;
            page.shows("Copiado: fecha, hora y lugar").await?;
            assert_eq!(caught(page, "copied").await?, shared);
            // The link is the guest's own, and is copied only when asked for by its name.
            walk.press("Copiar el enlace").await?;
            page.shows("Enlace copiado.").await?;
            let link = caught(page, "copied").await?;
            assert_eq!(link, scene.site.url(&booked.link));
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn the_answer_prints_on_one_sheet() -> Outcome {
    Flow::named("the_answer_prints_on_one_sheet")
        .not_in(Engine::Firefox, CHROMIUM_ONLY)
        .not_in(Engine::WebKit, CHROMIUM_ONLY)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            walk.to_done().await?;
            assert_eq!(walk.page.sheets().await?, 1);
            walk.page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn a_changed_answer_leads_back_to_the_last_look() -> Outcome {
    Flow::named("a_changed_answer_leads_back_to_the_last_look")
        .sampled()
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let check = walk.at(ES.steps.check);
            let change = |what: &'static str| containing_all(["Cambiar", what]);
            walk.to_check().await?;
            // The seating, taken as it was.
            page.link(change("Hora")).await?.click().await?;
            walk.sees_times().await?;
            page.button(starting(TIME)).await?.click().await?;
            page.arrives_at(&check).await?;
            page.attends("heading", ES.titles.check).await?;
            // The same number of guests.
            page.link(change("Para")).await?.click().await?;
            page.link(ES.party(4).as_str()).await?.click().await?;
            page.arrives_at(&check).await?;
            // Back says what it says, and what was typed is still there.
            page.link(change("A nombre de")).await?.click().await?;
            walk.sees_guests().await?;
            page.back().await?;
            page.arrives_at(&check).await?;
            page.link(change("A nombre de")).await?.click().await?;
            walk.sees_guests().await?;
            let email = page.textbox("Correo").await?;
            email.fill("otra@ejemplo.com").await?;
            walk.press(ES.next).await?;
            page.arrives_at(&check).await?;
            page.shows("otra@ejemplo.com").await?;
            page.shows(GUEST[3]).await?;
            walk.consent().await?;
            walk.press(ES.confirm).await?;
            page.arrives_at(&walk.at(ES.steps.done)).await?;
            page.no_console_errors().await
        })
        .await
}
