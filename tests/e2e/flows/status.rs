//! How booking is doing, as whoever runs the site reads it; and what a `config.json` with a mistake in it
//! means for them and for guests.

use octo_double::Habits;

use crate::{
    console::Complaint,
    failure::Outcome,
    flow::Flow,
    flows::words::ES,
    page::Page,
    proxy::{BUSY_FOR_LONG, CONFIG, EMPTY, Fault, GATEWAY, LOCKED, MISSING, MISTYPED, VENUE, octo},
    supplier::Supplier,
};

const STATUS: &str = "/es/estado/";
const AGAIN: &str = "Preguntar otra vez";
const WELL: &str = "Responde";
const SILENT: &str = "Nadie contesta";
/// Who the supplier of these flows is.
const WHO: &str = "INTERNO · https://interno.example · mesa@interno.example";
/// What guests read of it.
const MISCONFIGURED: &str = "Este sitio está mal configurado y no puede reservar.";
const CONTACT: &str = "Si sigue sin funcionar:";

/// Asks again, and waits for the heading of what came of it.
async fn again(page: &Page, title: &str) -> Outcome {
    page.button(AGAIN).await?.click().await?;
    page.heading(title).await?;
    Ok(())
}

#[tokio::test]
async fn the_operator_reads_how_booking_is_doing() -> Outcome {
    Flow::named("the_operator_reads_how_booking_is_doing")
        .sampled()
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready(STATUS).await?;
            page.heading(WELL).await?;
            for said in [
                "El contrato propio de este sitio",
                "/api/v1",
                "De prueba: ninguna mesa espera.",
                "zona America/Bogota",
                "Va con el del servidor.",
                "Lista de espera",
                "La primera libre:",
                "cada deseo lleva su llave",
                "hora de America/Bogota",
            ] {
                page.shows(said).await?;
            }
            page.button(AGAIN).await?.click().await?;
            page.heading(WELL).await?;
            page.attends("button", AGAIN).await?;
            // It is read on in the other language, and asks there by itself.
            let languages = page.navigation("Idioma").await?;
            let english = page.within(&languages).link("English").await?;
            english.click().await?;
            page.arrives_at("/en/status/").await?;
            page.heading("It answers").await?;
            page.shows("A trial: no table is waiting.").await?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn the_operator_reads_what_fails_and_what_to_do() -> Outcome {
    Flow::named("the_operator_reads_what_fails_and_what_to_do")
        .through_faults()
        .run(async |scene| {
            let (page, faults) = (&scene.page, scene.faults()?);
            page.open_ready(STATUS).await?;
            page.heading(WELL).await?;
            for (call, fault, title, detail) in [
                (VENUE, Fault::RequestLost, SILENT, "(CORS)"),
                (
                    VENUE,
                    Fault::Instead(GATEWAY),
                    "Contesta que no puede",
                    "HTTP 502",
                ),
                (
                    VENUE,
                    Fault::Instead(BUSY_FOR_LONG),
                    "Recibe demasiadas preguntas",
                    "HTTP 429",
                ),
                (
                    VENUE,
                    Fault::Instead(MISTYPED),
                    "Contesta algo que este sitio no entiende",
                    "mode · HTTP 200",
                ),
                (
                    VENUE,
                    Fault::Instead(EMPTY),
                    "Contesta algo que este sitio no entiende",
                    "body · HTTP 200",
                ),
                (
                    VENUE,
                    Fault::Swollen(10),
                    "Contesta algo que este sitio no entiende",
                    "body is too long · HTTP 200",
                ),
                (
                    VENUE,
                    Fault::Instead(MISSING),
                    "El sistema no conoce ese lugar",
                    "HTTP 404",
                ),
                (
                    CONFIG,
                    Fault::Instead(MISSING),
                    "config.json no llegó",
                    "en la raíz",
                ),
            ] {
                faults.next(call, fault);
                let said = again(page, title).await;
                said.map_err(|failure| failure.while_doing(&format!("{fault:?}")))?;
                page.shows(detail).await?;
                page.shows_no_longer("Lista de espera").await?;
                again(page, WELL).await?;
                page.shows("Lista de espera").await?;
            }
            page.console_errors_only_of(Complaint::Network).await
        })
        .await
}

/// Settings with something wrong in them, and what the operator reads of each.
fn mistakes() -> Vec<(String, &'static str)> {
    let with = |fields: &str| format!(r#"{{"reservations":{{{fields}}}}}"#);
    let rest = r#""venueId":"interno""#;
    vec![
        ("<html>".to_owned(), "config.json tiene un error"),
        ("{}".to_owned(), "Falta la parte de las reservas"),
        (
            with(&format!(
                r#""provider":"opentable","baseUrl":"/api/v1",{rest}"#
            )),
            "Este sitio no habla con ese sistema",
        ),
        (
            with(&format!(r#""provider":"native","baseUrl":"api/v1",{rest}"#)),
            "La dirección del sistema no sirve",
        ),
        (
            with(r#""provider":"native","baseUrl":"/api/v1","venueId":"elsewhere""#),
            "El sistema no conoce ese lugar",
        ),
        (
            with(&format!(
                r#""provider":"native","baseUrl":"/api/v1","version":"2",{rest}"#
            )),
            "Este sitio no habla esa versión",
        ),
        (
            with(&format!(
                r#""provider":"native","baseUrl":"/api/v1","apiKey":"abc",{rest}"#
            )),
            "Hay una clave en config.json",
        ),
        (
            with(&format!(
                r#""provider":"octo","baseUrl":"/octo","options":["a","a"],{rest}"#
            )),
            "La lista de opciones tiene un error",
        ),
        (
            with(r#""provider":"calcom","eventTypeId":"dinner""#),
            "Ese tipo de evento no sirve",
        ),
        (
            with(r#""provider":"calcom","eventTypeId":4711"#),
            "Falta el campo que dice cuántos vienen",
        ),
    ]
}

#[tokio::test]
async fn a_mistake_in_the_settings_is_said_to_guests_and_operators() -> Outcome {
    Flow::named("a_mistake_in_the_settings_is_said_to_guests_and_operators")
        .before_the_app("/* A site of its own, whose settings may change. */")
        .run(async |scene| {
            let page = &scene.page;
            let right = scene.site.published("config.json")?;
            for (config, title) in mistakes() {
                scene.site.publish("config.json", &config)?;
                page.open_ready(ES.book).await?;
                let said = page.shows(MISCONFIGURED).await;
                said.map_err(|failure| failure.while_doing(&config))?;
                page.shows(CONTACT).await?;
                page.open_ready(STATUS).await?;
                page.heading(title).await?;
                page.shows_no_longer("abc").await?;
            }
            // What is read and the menu do not need it.
            page.open_ready("/es/menu/?sin=leche").await?;
            page.shows("14 de 20 platos").await?;
            page.open_ready("/es/historia/").await?;
            page.shows("2016").await?;
            scene.site.publish("config.json", &right)?;
            page.open_ready(ES.book).await?;
            page.shows(ES.trial).await?;
            page.console_errors_only_of(Complaint::Status(404)).await
        })
        .await
}

#[tokio::test]
async fn an_api_elsewhere_answers_once_the_policy_names_it() -> Outcome {
    Flow::named("an_api_elsewhere_answers_once_the_policy_names_it")
        .before_the_app("/* A site of its own, whose settings may change. */")
        .run(async |scene| {
            let supplier = Supplier::start(Habits::default()).await?;
            let config = supplier.config(supplier.port());
            scene.site.publish("config.json", &config)?;
            // The settings were changed, and nobody ran what fits the policy to them.
            scene.page.open_ready(ES.book).await?;
            scene
                .page
                .shows("No llegó respuesta. Revise la conexión")
                .await?;
            scene.page.open_ready(STATUS).await?;
            scene.page.heading(SILENT).await?;
            scene.page.shows("cargo xtask headers").await?;
            let refused = scene.page.console().errors().await?;
            let named = |error: &String| error.contains("Content Security Policy");
            assert!(
                !refused.is_empty() && refused.iter().all(named),
                "{refused:?}"
            );
            scene.site.stop().await?;
            scene.site.start().await?;
            let page = &scene.page;
            page.open_ready(STATUS).await?;
            page.heading(WELL).await?;
            page.shows("OCTO, el estándar de tours y atracciones")
                .await?;
            page.shows("una pestaña suelta la mesa").await?;
            page.open_ready(ES.book).await?;
            page.shows(ES.trial).await?;
            supplier.kept_the_standard()?;
            page.no_console_errors().await
        })
        .await
}

#[tokio::test]
async fn the_operator_reads_what_an_octo_api_refuses() -> Outcome {
    Flow::named("the_operator_reads_what_an_octo_api_refuses")
        .with_octo(Habits::default())
        .through_faults()
        .run(async |scene| {
            let (page, faults) = (&scene.page, scene.faults()?);
            faults.next(octo::PRODUCT, Fault::Instead(LOCKED));
            page.open_ready(STATUS).await?;
            page.heading("El sistema no da lo que se le pide").await?;
            page.shows("the API says UNAUTHORIZED · HTTP 401").await?;
            again(page, WELL).await?;
            page.shows("dinner-at-interno").await?;
            page.shows(WHO).await?;
            // Who it is, nobody needs to book.
            faults.next(octo::SUPPLIER, Fault::Instead(GATEWAY));
            again(page, WELL).await?;
            page.shows("No dice quién es.").await?;
            page.shows_no_longer(WHO).await?;
            // It tells of its product, and of no nights.
            faults.next(octo::CALENDAR, Fault::Instead(GATEWAY));
            again(page, "Contesta que no puede").await?;
            page.shows("HTTP 502").await?;
            again(page, WELL).await?;
            page.shows(WHO).await?;
            scene.supplier()?.kept_the_standard()?;
            page.console_errors_only_of(Complaint::Network).await
        })
        .await
}

#[tokio::test]
async fn the_operator_reads_whether_cal_com_answers() -> Outcome {
    Flow::named("the_operator_reads_whether_cal_com_answers")
        .with_calcom(calcom_double::Habits::default())
        .run(async |scene| {
            let page = &scene.page;
            page.open_ready(STATUS).await?;
            page.heading(WELL).await?;
            for said in [
                "Cal.com, una agenda de citas",
                "4711",
                "La primera libre:",
                "no le dice su hora",
                "debe mirar su correo",
            ] {
                page.shows(said).await?;
            }
            scene.calendar()?.was_asked_as_documented()?;
            page.no_console_errors().await?;
            // Nobody is there any more, and that is said.
            scene.calendar()?.ends();
            again(page, SILENT).await?;
            page.console_errors_only_of(Complaint::Network).await
        })
        .await
}
