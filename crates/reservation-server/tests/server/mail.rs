//! A house that writes to its guests, and its messages as a mail program reads them.

use mailparse::{MailHeaderMap, ParsedMail, parse_mail};
use reqwest::Method;
use reservation_contract::openapi::fixture;
use reservation_contract::reservation::Reservation;
use serde_json::{Value, json};

use crate::harness::{Held, House, key, settings};
use crate::sink::{Mail, Sink};

const LUNCH: &str = r#"
[[service]]
id = "lunch"
name = { es = "Almuerzo", en = "Lunch" }
weekdays = ["saturday"]
start_times = ["12:00"]
duration_minutes = 110
places = 4
limited_from = 0
confirm_by_hand = true

[messages]"#;

pub const DAY: &str = "2026-12-05";

/// The settings of a house that writes to its guests by way of this server.
pub fn with_mail(sink: &Sink, more: &str) -> String {
    let mail = format!(
        "\nby_hand = false\nsmtp = \"127.0.0.1\"\nport = {}\ntls = \"none\"\npatience_seconds = 1\n\
         from = \"INTERNO <reservas@interno.example>\"\nreply_to = \"hola@interno.example\"\n\
         manage_url = {{ es = \"https://interno.example/es/reserva/\", en = \"https://interno.example/en/reservation/\" }}\n\
         booking_url = {{ es = \"https://interno.example/es/reservar/\", en = \"https://interno.example/en/book/\" }}\n{more}",
        sink.port
    );
    settings(&[
        ("\nby_hand = false", &mail),
        ("\noffered = false", "\noffered = true"),
        ("\n[messages]", LUNCH),
    ])
}

/// A message as a guest's program shows it.
pub struct Read {
    pub to: String,
    pub id: String,
    pub subject: String,
    pub plain: String,
    pub html: String,
    pub calendar: Option<String>,
}

pub fn read(mail: &Mail) -> Read {
    let parsed = parse_mail(mail.text.as_bytes()).unwrap();
    let header = |name: &str| parsed.headers.get_first_value(name).unwrap_or_default();
    assert_eq!(header("From"), "INTERNO <reservas@interno.example>");
    assert_eq!(header("Reply-To"), "hola@interno.example");
    assert_eq!(header("Auto-Submitted"), "auto-generated");
    assert_eq!(header("To"), mail.to);
    let of_kind = |kind: &str| part(&parsed, kind).map(|part| part.get_body().unwrap());
    Read {
        to: mail.to.clone(),
        id: header("Message-ID"),
        subject: header("Subject"),
        plain: of_kind("text/plain").unwrap().replace("\r\n", "\n"),
        html: of_kind("text/html").unwrap(),
        calendar: of_kind("text/calendar"),
    }
}

fn part<'a>(mail: &'a ParsedMail<'a>, kind: &str) -> Option<&'a ParsedMail<'a>> {
    if mail.ctype.mimetype == kind {
        return Some(mail);
    }
    mail.subparts.iter().find_map(|it| part(it, kind))
}

/// Opens the reservation a message leads to, as a browser does with what is behind the `#`.
pub async fn follow(house: &House, told: &Read, page: &str) -> Reservation {
    let link = told.plain.lines().find(|line| line.starts_with(page));
    let link = link.unwrap_or_else(|| panic!("no link in {}", told.plain));
    let (id, token) = link[page.len()..].split_once("&t=").unwrap();
    let id = id.strip_prefix("#r=").unwrap();
    assert!(
        told.html
            .contains(&format!("href=\"{page}#r={id}&amp;t={token}\"")),
        "{}",
        told.html
    );
    let held = Held {
        id: id.to_owned(),
        token: token.to_owned(),
        version: 0,
    };
    house.read(&held).await
}

pub async fn confirm(house: &House, held: &Held, locale: &str) -> Held {
    let mut body = fixture("request-confirm").unwrap();
    body["guest"]["locale"] = json!(locale);
    body["dietary"] = json!([]);
    let sent = house
        .about(held, Method::POST, "/confirm")
        .header("idempotency-key", key())
        .header("if-match", format!("\"{}\"", held.version))
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(sent.status(), 200);
    let told: Reservation = sent.json().await.unwrap();
    Held {
        version: told.version,
        ..held.clone()
    }
}

pub async fn change(house: &House, held: &Held, body: Value) {
    let sent = house
        .about(held, Method::PATCH, "")
        .header("idempotency-key", key())
        .header("if-match", format!("\"{}\"", held.version))
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(sent.status(), 200);
}

pub async fn cancel(house: &House, held: &Held) {
    let sent = house
        .about(held, Method::POST, "/cancel")
        .send()
        .await
        .unwrap();
    assert_eq!(sent.status(), 200);
}
