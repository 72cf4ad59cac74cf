//! `kill -9` between a booking and its message: the message comes, of every booking that was answered. And no
//! message leaves anything of a guest in the log, whatever the SMTP server says.

use std::collections::BTreeSet;
use std::time::Duration;

use reqwest::Client;

use super::process::{Held, Home, confirm, held, hold, key, seating};
use super::sink::{Mood, Sink};

const BOOKINGS: i64 = 5;

fn home(sink: &Sink) -> Home {
    let mail = format!(
        "\nby_hand = false\nsmtp = \"127.0.0.1\"\nport = {}\ntls = \"none\"\npatience_seconds = 60\n\
         from = \"reservas@interno.example\"\n\
         manage_url = {{ es = \"https://interno.example/es/\", en = \"https://interno.example/en/\" }}\n\
         booking_url = {{ es = \"https://interno.example/es/\", en = \"https://interno.example/en/\" }}\n",
        sink.port
    );
    Home::new(None, &[("\nby_hand = false", &mail)])
}

async fn book(client: &Client, base: &str, number: i64) -> Held {
    let it = hold(client, base, &seating(number), 1, &key())
        .send()
        .await
        .unwrap();
    let it = held(it).await;
    let sent = confirm(client, base, &it, &key()).send().await.unwrap();
    assert_eq!(sent.status(), 200);
    it
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_loses_no_message() {
    let (sink, client) = (Sink::open().await, Client::new());
    let home = home(&sink);
    // In the middle of the first message, the others written down and no more.
    sink.is(Mood::Silent);
    let server = home.start();
    let mut booked = Vec::new();
    for number in 0..BOOKINGS {
        booked.push(book(&client, &server.base, number).await);
    }
    sink.wait_for_visit(0).await;
    server.kill();
    sink.is(Mood::Takes);
    let server = home.start();
    let mails = sink.wait_for(booked.len()).await;
    // What may have arrived may come again: a message is known by its id, a booking by its link.
    let ids: BTreeSet<_> = booked
        .iter()
        .filter(|it| mails.iter().any(|mail| joined(&mail.text).contains(&it.id)))
        .map(|it| &it.id)
        .collect();
    assert_eq!(ids.len(), booked.len());
    assert!(mails.iter().all(|mail| mail.to == "lucia@example.com"));
    let refused = sink.mails().len();
    sink.is(Mood::KnowsNobody);
    booked.push(book(&client, &server.base, BOOKINGS).await);
    for _ in 0..600 {
        if home.log().contains("a message was given up") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let log = home.log();
    assert!(
        log.contains("a message was given up") && log.contains("a message was handed over"),
        "{log}"
    );
    assert_eq!(sink.mails().len(), refused);
    for secret in ["lucia@example.com", "Luc", "555 0101"] {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
    for it in &booked {
        assert!(!log.contains(&it.token), "a token is in the log:\n{log}");
    }
}

/// A message without the breaks of its lines.
fn joined(text: &str) -> String {
    text.replace("=\r\n", "")
}
