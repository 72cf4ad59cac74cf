//! A booking whose link is lost: mailed again where the house writes to its guests, and said plainly where it
//! does not.

use thirtyfour::Key;

use crate::{
    failure::Outcome,
    flow::Flow,
    flows::{
        faults::{DOWN, FAILED, UNREACHABLE, only_the_network_failed},
        keyboard::tab_to,
        walk::{GUEST, SETTINGS, Walk},
        words::ES,
    },
    mailbox::Mailbox,
    page::Page,
    proxy::{BUSY_FOR_LONG, Fault, LINKS, PROBLEM},
};

const PAGE: &str = "/es/reserva/";
const LOST: &str = "¿No encuentra el enlace?";
const FIELD: &str = "Correo";
const SEND: &str = "Enviarme los enlaces";
const NOBODY: &str = "nadie@ejemplo.com";
const TAKEN: &str = "Mire su correo";
const SUBJECT: &str = "Subject: Prueba: INTERNO: sus reservas";

/// Where an address must not be found.
async fn keeps_no_address(page: &Page) -> Outcome {
    let everywhere = "return JSON.stringify([location.href, { ...sessionStorage }, { ...localStorage }, \
        performance.getEntriesByType('resource').map((it) => it.name)])";
    let kept = page.script(everywhere, &[]).await?.to_string();
    for part in ["anacaona", "@", "%40"] {
        assert!(!kept.contains(part), "“{part}” is in: {kept}");
    }
    Ok(())
}

#[tokio::test]
async fn a_lost_link_comes_by_mail() -> Outcome {
    let mailbox = Mailbox::open().await?;
    Flow::named("a_lost_link_comes_by_mail")
        .sampled()
        .settings(mailbox.settings(SETTINGS)?)
        .run(async |scene| {
            let walk = Walk::of(scene, &ES);
            let page = walk.page;
            let booked = walk.to_done().await?;
            page.shows("también le llega por correo").await?;
            // By keyboard, and with an error first.
            page.open_ready(PAGE).await?;
            page.heading(LOST).await?;
            tab_to(page, "textbox", &FIELD.into()).await?;
            page.press_key("anacaona").await?;
            page.press_key(Key::Enter).await?;
            page.attends("alert", "Hay una cosa por corregir").await?;
            assert!(
                page.title().await?.starts_with("Error: "),
                "the title says it"
            );
            // Somebody whom nobody knows hears the very same, and gets nothing.
            page.textbox(FIELD).await?.fill(NOBODY).await?;
            page.press_key(Key::Enter).await?;
            page.focus_says(TAKEN).await?;
            page.focus_says(NOBODY).await?;
            page.no_button(SEND).await?;
            walk.press("Probar con otro correo").await?;
            page.attends("textbox", FIELD).await?;
            page.textbox(FIELD).await?.fill(GUEST[2]).await?;
            walk.press(SEND).await?;
            page.focus_says(GUEST[2]).await?;
            keeps_no_address(page).await?;
            let link = ["https://interno.example", &booked.link].concat();
            mailbox.holds(1, SUBJECT, &link).await?;
            // Asked for earlier, so it would be here by now.
            mailbox.holds(0, &["To: ", NOBODY].concat(), "").await?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn a_request_that_is_lost_on_the_way_can_be_made_again() -> Outcome {
    let mailbox = Mailbox::open().await?;
    Flow::named("a_request_that_is_lost_on_the_way_can_be_made_again")
        .settings(mailbox.settings(SETTINGS)?)
        .through_faults()
        .run(async |scene| {
            let (walk, faults) = (Walk::of(scene, &ES), scene.faults()?);
            let page = walk.page;
            page.open_ready(PAGE).await?;
            page.textbox(FIELD).await?.fill(GUEST[2]).await?;
            for (fault, words) in [
                (Fault::RequestLost, UNREACHABLE),
                (Fault::AnswerLost, UNREACHABLE),
                (Fault::Instead(PROBLEM), DOWN),
                (Fault::Instead(BUSY_FOR_LONG), "Espere 2 minutos"),
            ] {
                faults.next(LINKS, fault);
                walk.press(SEND).await?;
                page.focus_says(FAILED).await?;
                page.shows(words).await?;
                let field = page.textbox(FIELD).await?;
                assert_eq!(field.value().await?, GUEST[2], "{fault:?}");
            }
            let before = faults.seen(LINKS);
            walk.press(SEND).await?;
            page.focus_says(TAKEN).await?;
            assert_eq!(faults.seen(LINKS), before + 1);
            only_the_network_failed(&walk).await
        })
        .await
}

#[tokio::test]
async fn where_no_mail_is_sent_nobody_is_asked_for_an_address() -> Outcome {
    Flow::named("where_no_mail_is_sent_nobody_is_asked_for_an_address")
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready(PAGE).await?;
            page.shows("Sin él no podemos encontrar la reserva").await?;
            page.heading(LOST).await?;
            page.no_button(SEND).await?;
            page.heading("¿Todavía no ha reservado?").await?;
            page.no_console_errors().await
        })
        .await
}
