//! The house's own desk, beside a server that serves.

use std::ffi::OsString;

use jiff::SignedDuration;
use reqwest::Method;
use reservation_contract::openapi::fixture;
use reservation_contract::words::{CancelledBy, ReservationStatus};
use reservation_server::clock::SharedClock;
use reservation_server::operator;
use serde_json::{Value, json};

use crate::harness::{Held, House, key, open, open_with, problem};
use crate::mail::{DAY, confirm, read, with_mail};
use crate::sink::{Mood, Sink};

/// What a command says, asked with this answer to its question.
pub async fn asked(house: &House, line: &str, answer: bool) -> Result<String, String> {
    let mut words = line
        .split(' ')
        .map(|word| OsString::from(word.replace('_', " ")));
    let command = words.next().unwrap().into_string().unwrap();
    assert!(operator::is_command(&command));
    let mut parser = lexopt::Parser::from_args(words);
    let mut order = operator::parse(&command, &mut parser)?.unwrap();
    order.place.data = house.data();
    order.place.settings = house.options(None).settings;
    order.place.database_url.clone_from(&house.url);
    let clock: SharedClock = house.clock.clone();
    operator::run(order, clock, &mut |_| Ok(answer)).await
}

pub async fn say(house: &House, line: &str) -> String {
    asked(house, line, true).await.unwrap()
}

pub async fn json_of(house: &House, line: &str) -> Value {
    serde_json::from_str(&say(house, &format!("{line} --json")).await).unwrap()
}

pub async fn refused(house: &House, line: &str, why: &str) {
    let message = asked(house, line, true).await.unwrap_err();
    assert!(message.contains(why), "{line}: {message}");
}

async fn reference(house: &House, held: &Held) -> String {
    house.read(held).await.reference
}

#[tokio::test(flavor = "multi_thread")]
async fn the_house_sees_its_evening() {
    let house = open().await;
    let held = house.confirmed().await;
    house.held().await;
    let name = reference(&house, &held).await;
    let list = say(&house, &format!("list --date {DAY}")).await;
    let lines: Vec<_> = list.lines().collect();
    assert_eq!(lines[0], "Saturday 5 December 2026: 2 people");
    assert_eq!(
        lines[1],
        format!("19:00  {name}  CONFIRMED    2  Lucía Pérez Ríos  +57 300 555 0101")
    );
    assert_eq!(lines.len(), 2, "a hold is no booking: {list}");
    let all = json_of(&house, &format!("list --date {DAY}")).await;
    assert_eq!(all[0]["reference"], json!(name));
    for asked in [&name, &name.to_lowercase(), &held.id] {
        let one = json_of(&house, &format!("show {asked}")).await;
        assert_eq!((&one["id"], &one["people"]), (&json!(held.id), &json!(2)));
        assert_eq!(one["dietary"][0]["codes"], json!(["gluten"]));
    }
    let text = say(&house, &format!("show {name}")).await;
    assert!(
        text.contains("note       Es nuestro aniversario.")
            && text.contains("needs      2: gluten"),
        "{text}"
    );
    assert!(!text.contains(&held.token), "{text}");
    let nobody = say(&house, "list --date 2026-12-06").await;
    assert_eq!(nobody, "Sunday 6 December 2026: 0 people\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_unknown_past_or_in_the_wrong_state_is_said_and_stays() {
    let house = open_with(with_mail(&Sink::open().await, "")).await;
    let held = house.confirmed().await;
    let name = reference(&house, &held).await;
    let open = house.held().await;
    let waits = confirm(&house, &house.held_at(DAY, "12:00", 1).await, "es").await;
    for command in ["show", "accept", "reject", "cancel", "redeem", "no-show"] {
        refused(
            &house,
            &format!("{command} NOBODY"),
            "there is no booking NOBODY",
        )
        .await;
        refused(&house, command, "needs the reference").await;
        if command != "show" {
            refused(&house, &format!("{command} {}", open.id), "is only a hold").await;
        }
    }
    refused(
        &house,
        &format!("accept {name}"),
        "does not wait for an answer (CONFIRMED)",
    )
    .await;
    refused(&house, &format!("redeem {name}"), "is for another day").await;
    refused(&house, &format!("no-show {name}"), "has not begun").await;
    refused(
        &house,
        &format!("redeem {}", waits.id),
        "is not a booking that stands",
    )
    .await;
    refused(&house, "retry nothing", "no message nothing was given up").await;
    refused(&house, "list --date 2026-02-30", "is none").await;
    refused(
        &house,
        &format!("list --date {DAY} --people 2"),
        "list does not know --people",
    )
    .await;
    refused(&house, "list --day 1", "list does not know --day").await;
    let new = "add --date 2026-11-19 --time 19:00 --people 2 --name Ana";
    refused(&house, new, "is past").await;
    let new = format!("add --date {DAY} --time 18:00 --people 2 --name Ana");
    refused(
        &house,
        &new,
        "there is 12:00 lunch, 19:00 dinner, 21:00 dinner",
    )
    .await;
    let new = format!("add --date {DAY} --time 19:00 --people 200 --name Ana");
    refused(&house, &new, "there are no 200 places left").await;
    refused(
        &house,
        &format!("unblock --date {DAY}"),
        "nothing of that is out of sale",
    )
    .await;
    // Asked, and the answer is no.
    for line in [
        format!("cancel {name}"),
        format!("reject {}", waits.id),
        format!("block --date {DAY}"),
    ] {
        let message = asked(&house, &line, false).await.unwrap_err();
        assert_eq!(message, "nothing was changed", "{line}");
    }
    assert_eq!(house.read(&held).await.version, held.version);
    assert_eq!(house.read(&waits).await.version, waits.version);
    assert_eq!(say(&house, "blocks").await, "nothing is out of sale\n");
    // The evening has begun.
    house.wait(15 * 24 * 3_600 + 10 * 3_600);
    refused(&house, &format!("accept {}", waits.id), "has begun").await;
    refused(&house, &format!("cancel {name}"), "has begun").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_house_answers_cancels_and_writes_down_who_came() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "venue_copy = \"casa@interno.example\"\n")).await;
    let yes = confirm(&house, &house.held_at(DAY, "12:00", 1).await, "es").await;
    let no = confirm(&house, &house.held_at(DAY, "12:00", 1).await, "en").await;
    let (gone, came, lost) = (
        house.confirmed().await,
        house.confirmed().await,
        house.confirmed().await,
    );
    let before = sink.wait_for(10).await.len();
    say(&house, &format!("accept {}", yes.id)).await;
    say(&house, &format!("reject {}", no.id)).await;
    let told = say(&house, &format!("cancel {}", gone.id)).await;
    assert!(told.starts_with("CANCELLED  "), "{told}");
    // The guests hear of it from the server, which looks for what others write; the house knows already.
    let mails = sink.wait_for(before + 3).await;
    let told: Vec<String> = mails[before..]
        .iter()
        .map(|mail| read(mail).plain)
        .collect();
    for says in [
        "Ya hay respuesta",
        "We are sorry",
        "Hemos tenido que cancelar su reserva",
    ] {
        assert!(
            told.iter().any(|text| text.contains(says)),
            "{says}: {told:?}"
        );
    }
    let found = house.read(&gone).await;
    assert_eq!(found.cancellation.unwrap().cancelled_by, CancelledBy::Venue);
    house
        .clock
        .advance(SignedDuration::from_hours(15 * 24 + 10));
    say(&house, &format!("redeem {}", came.id)).await;
    say(&house, &format!("no-show {}", lost.id)).await;
    for (held, status) in [
        (&yes, ReservationStatus::Confirmed),
        (&no, ReservationStatus::Rejected),
        (&came, ReservationStatus::Redeemed),
        (&lost, ReservationStatus::NoShow),
    ] {
        assert_eq!(house.read(held).await.status, status);
    }
    refused(
        &house,
        &format!("redeem {}", lost.id),
        "is not a booking that stands (NO_SHOW)",
    )
    .await;
    assert_eq!(
        sink.mails().len(),
        before + 3,
        "an evening that is over is not written about"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_by_telephone_takes_its_places_and_is_told_of() {
    let sink = Sink::open().await;
    let few = with_mail(&sink, "").replace("places = 60", "places = 4");
    let house = open_with(few.replace("limited_from = 12", "limited_from = 1")).await;
    let add = format!(
        "add --date {DAY} --time 19:00 --people 3 --name Ana --family Ruiz_Díaz --phone +57_1 --email ana@example.com --locale en --note Silla_de_bebé"
    );
    let told = json_of(&house, &add).await;
    assert_eq!(
        (&told["status"], &told["name"]),
        (&json!("CONFIRMED"), &json!("Ana Ruiz Díaz"))
    );
    assert_eq!(told["note"], json!("Silla de bebé"));
    let mail = read(&sink.wait_for(1).await[0]);
    assert_eq!(mail.to, "ana@example.com");
    assert!(
        mail.plain.contains("Your table is booked."),
        "{}",
        mail.plain
    );
    let slot = house.slot(DAY, "19:00").await;
    problem(house.hold_request(&slot, 2, &key()), "slot-unavailable").await;
    refused(&house, &add, "there are no 3 places left").await;
    let email = format!("{add} --email nonsense");
    refused(&house, &email, "add does not know so much text").await;
    // Tomorrow is too soon for guests on the site, and not for who is spoken to.
    let soon = "add --date 2026-11-21 --time 19:00 --people 1 --name Ana --email nonsense";
    refused(&house, soon, "--email nonsense is no address").await;
    let told = say(
        &house,
        "add --date 2026-11-21 --time 19:00 --people 1 --name Ana",
    )
    .await;
    assert!(told.starts_with("CONFIRMED  "), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_out_of_sale_is_not_sold_and_bookings_stay() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    let held = house.confirmed().await;
    let slot = house.slot(DAY, "19:00").await;
    let told = json_of(
        &house,
        &format!("block --date {DAY} --time 19:00 --places 57"),
    )
    .await;
    assert_eq!(told, json!({ "blocked": 1, "bookings": 1 }));
    problem(house.hold_request(&slot, 2, &key()), "slot-unavailable").await;
    let last = house.hold_request(&slot, 1, &key()).send().await.unwrap();
    assert_eq!(last.status(), 201, "60 places, 57 out of sale, 2 booked");
    say(&house, &format!("block --date {DAY}")).await;
    assert_eq!(say(&house, "blocks").await.lines().count(), 3);
    // What the server keeps in memory is a second old at most.
    house.wait(1);
    let day = format!("/venues/interno/availability/calendar?from={DAY}&to={DAY}&partySize=1");
    assert_eq!(
        house.json(&day).await["days"][0]["status"],
        json!("SOLD_OUT")
    );
    assert_eq!(house.read(&held).await.status, ReservationStatus::Confirmed);
    let mut wish = fixture("request-waitlist").unwrap();
    wish["date"] = json!(DAY);
    wish["serviceId"] = Value::Null;
    wish["areaId"] = Value::Null;
    let waits = house
        .api(Method::POST, "/venues/interno/waitlist-entries")
        .header("idempotency-key", key())
        .json(&wish);
    assert_eq!(waits.send().await.unwrap().status(), 201);
    assert_eq!(
        json_of(&house, &format!("unblock --date {DAY}")).await,
        json!({ "unblocked": 3 })
    );
    let mails = sink.wait_for(2).await;
    let spanish = read(&mails[1]).plain;
    assert!(
        spanish.contains("se ha liberado") || spanish.contains("has become free"),
        "{spanish}"
    );
    let again = house.hold_request(&slot, 8, &key()).send().await.unwrap();
    assert_eq!(again.status(), 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_kitchen_and_the_door_get_what_they_need() {
    let house = open().await;
    house.confirmed().await;
    say(
        &house,
        &format!("add --date {DAY} --time 21:00 --people 1 --name =1+1"),
    )
    .await;
    let text = say(&house, &format!("export --date {DAY}")).await;
    let rows: Vec<_> = text.split("\r\n").collect();
    assert!(
        rows[0].starts_with("\"time\",\"area\",\"reference\""),
        "{text}"
    );
    for part in [
        "\"19:00\"",
        "\"2\"",
        "\"Lucía Pérez Ríos\"",
        "\"2: gluten\"",
        "aniversario",
    ] {
        assert!(rows[1].contains(part), "{part}: {text}");
    }
    assert!(rows[2].contains("\"'=1+1\""), "{text}");
    assert!(
        !text.contains("example.com") && !text.contains("555 0101"),
        "{text}"
    );
    let all = say(&house, &format!("export --date {DAY} --format json")).await;
    let all: Value = serde_json::from_str(&all).unwrap();
    assert_eq!(
        (&all[0]["needs"], &all[1]["name"]),
        (&json!("2: gluten"), &json!("=1+1"))
    );
    refused(
        &house,
        &format!("export --date {DAY} --format xml"),
        "it looks like csv",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_that_was_given_up_is_seen_and_tried_again() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    sink.is(Mood::KnowsNobody);
    house.confirmed().await;
    let mut id = String::new();
    for _ in 0..1_500 {
        let told = json_of(&house, "messages").await;
        if told["open"][0]["givenUp"] == json!(true) {
            assert_eq!(
                told["open"][0]["fault"],
                json!("the server said 550 to RCPT")
            );
            told["open"][0]["id"].as_str().unwrap().clone_into(&mut id);
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    sink.is(Mood::Takes);
    say(&house, &format!("retry {id}")).await;
    sink.wait_for(1).await;
    refused(&house, &format!("retry {id}"), "was given up").await;
}

#[tokio::test]
async fn without_a_server_s_data_nothing_is_made() {
    let house = House::closed(crate::harness::default_settings());
    if house.url.is_some() {
        refused(&house, "blocks", "start this version's server first").await;
        return;
    }
    refused(&house, "blocks", "no server has served from this folder").await;
    assert!(!house.data().exists());
    std::fs::create_dir(house.data()).unwrap();
    std::fs::write(house.database(), "").unwrap();
    refused(&house, "blocks", "has schema 0").await;
}
