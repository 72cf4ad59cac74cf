//! What guests and the house are told by mail.

use reqwest::Method;
use reservation_contract::openapi::fixture;
use reservation_server::clock::SharedClock;
use reservation_server::store::{Post, Store};
use serde_json::{Value, json};

use crate::harness::{House, key, open_with};
use crate::mail::{DAY, Read, cancel, change, confirm, follow, read, with_mail};
use crate::sink::Sink;

/// The same database, as an operator's command opens it.
async fn desk(house: &House) -> Store {
    let clock: SharedClock = house.clock.clone();
    let store = match &house.url {
        Some(url) => Store::connect(url, clock).await.unwrap(),
        None => Store::open(&house.database(), clock).await.unwrap(),
    };
    store.with_post(Post::default())
}

const PAGES: [(&str, &str); 2] = [
    ("es", "https://interno.example/es/reserva/"),
    ("en", "https://interno.example/en/reservation/"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_step_of_a_booking_is_told_in_the_guest_s_language() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    for (index, (locale, page)) in PAGES.into_iter().enumerate() {
        let before = 3 * index;
        let held = confirm(&house, &house.held().await, locale).await;
        let told = read(&sink.wait_for(before + 1).await[before]);
        let spanish = locale == "es";
        let (subject, says, day, trial) = if spanish {
            (
                "mesa confirmada",
                "Su mesa está reservada.",
                "sábado 5 de diciembre de 2026, 19:00",
                "ninguna mesa espera",
            )
        } else {
            (
                "table confirmed",
                "Your table is booked.",
                "Saturday 5 December 2026, 19:00",
                "no table is waiting",
            )
        };
        for part in [subject, if spanish { "Prueba: " } else { "Trial: " }] {
            assert!(told.subject.contains(part), "{}", told.subject);
        }
        for part in [says, day, trial, "Lucía"] {
            assert!(told.plain.contains(part), "{}", told.plain);
            assert!(told.html.contains(part), "{}", told.html);
        }
        assert!(told.html.contains(&format!("<html lang=\"{locale}\">")));
        let found = follow(&house, &told, page).await;
        assert!(told.subject.contains(&found.reference), "{}", told.subject);
        assert_eq!((told.to.as_str(), found.version), ("lucia@example.com", 2));
        let calendar = told.calendar.unwrap();
        for part in [
            "METHOD:PUBLISH",
            "STATUS:CONFIRMED",
            "DTSTART;TZID=America/Bogota:20261205T190000",
        ] {
            assert!(calendar.contains(part), "{calendar}");
        }
        assert!(
            !calendar.contains(&held.token) && !calendar.contains("Luc"),
            "{calendar}"
        );

        change(&house, &held, json!({ "partySize": 1 })).await;
        let told = read(&sink.wait_for(before + 2).await[before + 1]);
        let (says, people) = if spanish {
            ("queda así", "Personas: 1")
        } else {
            ("now as follows", "People: 1")
        };
        assert!(
            told.plain.contains(says) && told.plain.contains(people),
            "{}",
            told.plain
        );
        assert_eq!(follow(&house, &told, page).await.party_size, 1);

        cancel(&house, &held).await;
        let told = read(&sink.wait_for(before + 3).await[before + 2]);
        let says = if spanish {
            "está cancelada"
        } else {
            "is cancelled"
        };
        assert!(told.plain.contains(says), "{}", told.plain);
        assert!(
            !told.plain.contains(page),
            "there is nothing to manage: {}",
            told.plain
        );
        assert!(told.calendar.unwrap().contains("STATUS:CANCELLED"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_the_venue_hears_that_and_its_answer() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    let store = desk(&house).await;
    for (index, (locale, page)) in PAGES.into_iter().enumerate() {
        let before = 4 * index;
        let spanish = locale == "es";
        let held = house.held_at(DAY, "12:00", 1).await;
        let yes = confirm(&house, &held, locale).await;
        let told = read(&sink.wait_for(before + 1).await[before]);
        let says = if spanish {
            "Todavía no está confirmada"
        } else {
            "not confirmed yet"
        };
        assert!(told.plain.contains(says), "{}", told.plain);
        assert!(told.calendar.as_ref().unwrap().contains("STATUS:TENTATIVE"));
        follow(&house, &told, page).await;
        store.accept(&yes.id).await.unwrap().unwrap();
        let told = read(&sink.wait_for(before + 2).await[before + 1]);
        let says = if spanish {
            "Ya hay respuesta"
        } else {
            "There is an answer"
        };
        assert!(told.plain.contains(says), "{}", told.plain);
        assert!(told.calendar.as_ref().unwrap().contains("STATUS:CONFIRMED"));

        let no = confirm(&house, &house.held_at(DAY, "12:00", 1).await, locale).await;
        sink.wait_for(before + 3).await;
        store.reject(&no.id).await.unwrap().unwrap();
        let told = read(&sink.wait_for(before + 4).await[before + 3]);
        let says = if spanish {
            "Lo sentimos"
        } else {
            "We are sorry"
        };
        assert!(told.plain.contains(says), "{}", told.plain);
        assert!(told.calendar.unwrap().contains("STATUS:CANCELLED"));
    }
    store.close().await;
}

fn waiting(party: u32, address: &str) -> Value {
    let mut wish = fixture("request-waitlist").unwrap();
    wish["date"] = json!(DAY);
    wish["partySize"] = json!(party);
    wish["guest"]["email"] = json!(address);
    wish["guest"]["locale"] = json!("en");
    for key in ["serviceId", "areaId"] {
        wish[key] = Value::Null;
    }
    wish
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_a_place_hears_once_when_there_is_one() {
    let sink = Sink::open().await;
    let few = with_mail(&sink, "").replace("places = 60", "places = 4");
    let house = open_with(few.replace("limited_from = 12", "limited_from = 1")).await;
    let mut full = Vec::new();
    for time in ["12:00", "19:00", "21:00"] {
        full.push(confirm(&house, &house.held_at(DAY, time, 4).await, "es").await);
    }
    sink.wait_for(3).await;
    // Too many for what will be free, the first who fits, and one who comes after him.
    for (party, address) in [
        (5, "many@example.com"),
        (3, "first@example.com"),
        (2, "second@example.com"),
    ] {
        let sent = house
            .api(Method::POST, "/venues/interno/waitlist-entries")
            .header("idempotency-key", key())
            .json(&waiting(party, address))
            .send();
        house.wait(1);
        assert_eq!(sent.await.unwrap().status(), 201);
    }
    cancel(&house, &full[1]).await;
    let mails = sink.wait_for(5).await;
    let told = read(
        mails
            .iter()
            .find(|mail| mail.to == "first@example.com")
            .unwrap(),
    );
    assert!(
        told.subject
            .contains("there is a place, Saturday 5 December 2026"),
        "{}",
        told.subject
    );
    let link = "https://interno.example/en/book/?party=3&date=2026-12-05";
    assert!(told.plain.contains(link), "{}", told.plain);
    assert!(
        told.plain.contains("We are not keeping it"),
        "{}",
        told.plain
    );
    // The next place is somebody else's to hear of.
    cancel(&house, &full[2]).await;
    let mails = sink.wait_for(7).await;
    let told: Vec<_> = mails.iter().map(|mail| mail.to.as_str()).collect();
    let count = |address: &str| told.iter().filter(|it| **it == address).count();
    assert_eq!(
        (count("first@example.com"), count("second@example.com")),
        (1, 1),
        "{told:?}"
    );
    assert_eq!(count("many@example.com"), 0, "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_links_are_sent_to_their_own_address_and_not_too_often() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    let first = confirm(&house, &house.held().await, "es").await;
    let second = confirm(&house, &house.held_at(DAY, "21:00", 1).await, "es").await;
    let third = confirm(&house, &house.held().await, "es").await;
    sink.wait_for(3).await;
    cancel(&house, &third).await;
    let known = sink.wait_for(4).await.len();
    let ask = |email: &str| {
        let asked = house.api(Method::POST, "/venues/interno/link-requests");
        asked.json(&json!({ "email": email }))
    };
    for email in [
        "nobody@example.com",
        " LUCIA@example.com",
        "lucia@example.com",
    ] {
        assert_eq!(ask(email).send().await.unwrap().status(), 202);
    }
    let told = read(&sink.wait_for(known + 1).await[known]);
    for held in [&first, &second] {
        let link = format!(
            "https://interno.example/es/reserva/#r={}&t={}",
            held.id, held.token
        );
        assert!(told.plain.contains(&link), "{}", told.plain);
    }
    assert_eq!(
        told.plain.matches("#r=").count(),
        2,
        "what is cancelled has no link: {}",
        told.plain
    );
    assert!(
        !told.plain.contains("Lucía"),
        "who asked may be somebody else"
    );
    let mut database = house.database_beside().await;
    let kept = "SELECT COUNT(*) FROM outbox WHERE address IS NOT NULL";
    for _ in 0..100 {
        if database.number(kept).await == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(database.number(kept).await, 0, "the address is still there");
    house.wait(601);
    assert_eq!(ask("lucia@example.com").send().await.unwrap().status(), 202);
    let again = read(&sink.wait_for(known + 2).await[known + 1]);
    assert_ne!(again.id, told.id, "it is another message");
    assert_eq!(sink.mails().len(), known + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_house_hears_of_each_booking_and_of_no_more_than_it_needs() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "venue_copy = \"casa@interno.example\"\n")).await;
    let held = house.confirmed().await;
    sink.wait_for(2).await;
    cancel(&house, &held).await;
    let mails = sink.wait_for(4).await;
    let told: Vec<Read> = mails
        .iter()
        .filter(|mail| mail.to == "casa@interno.example")
        .map(read)
        .collect();
    let reference = house.read(&held).await.reference;
    for (told, subject) in told.iter().zip(["Reserva nueva", "Reserva cancelada"]) {
        assert!(
            told.subject.contains(subject) && told.subject.contains(&reference),
            "{}",
            told.subject
        );
        for part in ["Lucía Pérez Ríos", "+57 300 555 0101"] {
            assert!(told.plain.contains(part), "{}", told.plain);
        }
        // Not the guest's key, not her health, not her note.
        for part in ["#r=", &held.token, "gluten", "aniversario"] {
            assert!(
                !told.plain.contains(part) && !told.html.contains(part),
                "{}",
                told.plain
            );
        }
    }
    assert_eq!(told.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_venue_says_whether_it_writes() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    let told = house.json("/venues/interno").await["capabilities"].to_string();
    assert!(told.contains("\"messages\""), "{told}");
    // Who need not give an address may hear nothing, and the site must not promise it.
    let email = "id = \"email\"\ntype = \"email\"\nrequired = ";
    let text = with_mail(&sink, "");
    let unasked = text.replace(&format!("{email}true"), &format!("{email}false"));
    assert_ne!(unasked, text);
    let house = open_with(unasked).await;
    let told = house.json("/venues/interno").await["capabilities"].to_string();
    assert!(!told.contains("messages"), "{told}");
    let plain = crate::harness::open().await;
    let told = plain.json("/venues/interno").await["capabilities"].to_string();
    assert!(!told.contains("messages"), "{told}");
}
