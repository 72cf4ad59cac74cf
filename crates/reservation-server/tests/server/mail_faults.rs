//! An SMTP server that is down, slow, refuses or lies: no message is lost, and no guest waits for it.

use std::time::{Duration, Instant};

use reqwest::Method;

use crate::harness::{Held, House, open, open_with};
use crate::mail::{confirm, read, with_mail};
use crate::sink::{Mood, Sink};

const OPEN: &str = "SELECT COUNT(*) FROM outbox WHERE done_at IS NULL";

/// What became of every message, once nothing is left to do.
async fn outcomes(house: &House) -> Vec<String> {
    let mut database = house.database_beside().await;
    for _ in 0..600 {
        if database.number(OPEN).await == 0 {
            return database
                .texts("SELECT outcome FROM outbox ORDER BY made_at, version")
                .await;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("something is still to be sent");
}

/// Waits until an attempt has failed and is written down.
pub async fn has_failed(house: &House) -> String {
    let mut database = house.database_beside().await;
    for _ in 0..600 {
        let faults = "SELECT fault FROM outbox WHERE fault IS NOT NULL AND (done_at IS NOT NULL OR taken_until = 0)";
        if let Some(fault) = database.texts(faults).await.pop() {
            return fault;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nothing has failed");
}

async fn booked(house: &House) -> Held {
    confirm(house, &house.held().await, "es").await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_to_a_server_that_is_not_up_to_it() {
    for mood in [
        Mood::HangsUp,
        Mood::Silent,
        Mood::Busy,
        Mood::WantsNothing,
        Mood::Babbles,
    ] {
        let sink = Sink::open().await;
        let house = open_with(with_mail(&sink, "")).await;
        sink.is(mood);
        booked(&house).await;
        let fault = has_failed(&house).await;
        assert!(!fault.contains("lucia"), "{fault}");
        assert!(sink.mails().is_empty(), "{mood:?}");
        sink.is(Mood::Takes);
        house.wait(60);
        let told = read(&sink.wait_for(1).await[0]);
        assert!(told.plain.contains("Su mesa está reservada."), "{mood:?}");
        assert_eq!(outcomes(&house).await, ["SENT"], "{mood:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_guest_waits_for_a_server_that_says_nothing() {
    let sink = Sink::open().await;
    let patient = with_mail(&sink, "").replace("patience_seconds = 1", "patience_seconds = 60");
    let house = open_with(patient).await;
    sink.is(Mood::Silent);
    booked(&house).await;
    sink.wait_for_visit(0).await;
    // The attempt lasts a minute; the calls of this one last as long as calls do.
    let begun = Instant::now();
    booked(&house).await;
    assert!(
        begun.elapsed() < Duration::from_secs(30),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(sink.visits(), 1, "the attempt is still under way");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_guests_hear_of_it_from_a_slow_server_each_once() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    sink.is(Mood::Slow);
    let mut all = Vec::new();
    for _ in 0..4 {
        all.push(booked(&house).await.id);
    }
    let mut told: Vec<String> = sink
        .wait_for(4)
        .await
        .iter()
        .map(|it| read(it).plain)
        .collect();
    assert_eq!(outcomes(&house).await, ["SENT"; 4]);
    for id in all {
        let before = told.len();
        told.retain(|text| !text.contains(&id));
        assert_eq!(told.len() + 1, before, "{id}");
    }
    // A line is open as long as there is something to say.
    assert!(sink.visits() <= 4, "{}", sink.visits());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_takes_several_lines_and_no_more_than_four() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    sink.is(Mood::HangsUp);
    for _ in 0..12 {
        booked(&house).await;
    }
    has_failed(&house).await;
    sink.is(Mood::Slow);
    house.wait(60);
    sink.wait_for(12).await;
    assert_eq!(outcomes(&house).await, ["SENT"; 12]);
    assert!((2..=4).contains(&sink.crowd()), "{}", sink.crowd());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_have_arrived_is_sent_again_and_can_be_known_by_its_id() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    sink.is(Mood::KeepsAndDrops);
    booked(&house).await;
    has_failed(&house).await;
    sink.is(Mood::Takes);
    house.wait(60);
    let mails = sink.wait_for(2).await;
    assert_eq!(read(&mails[0]).id, read(&mails[1]).id);
    assert_eq!(outcomes(&house).await, ["SENT"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_be_reached_is_given_up_at_once_and_keeps_nobody_waiting() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    sink.is(Mood::KnowsNobody);
    booked(&house).await;
    let fault = has_failed(&house).await;
    assert_eq!(fault, "the server said 550 to RCPT");
    assert_eq!(outcomes(&house).await, ["GIVEN_UP"]);
    sink.is(Mood::Takes);
    booked(&house).await;
    sink.wait_for(1).await;
    house.wait(3_600);
    assert_eq!(outcomes(&house).await.len(), 2);
    assert_eq!(sink.mails().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_three_days_nobody_tries_any_more() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    sink.is(Mood::Busy);
    booked(&house).await;
    has_failed(&house).await;
    house.wait(73 * 3_600);
    assert_eq!(outcomes(&house).await, ["GIVEN_UP"]);
    assert!(sink.mails().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_longer_so_is_not_said() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    sink.is(Mood::HangsUp);
    let (cancelled, erased) = (booked(&house).await, booked(&house).await);
    has_failed(&house).await;
    for (held, action) in [(&cancelled, "/cancel"), (&erased, "/erase")] {
        let sent = house
            .about(held, Method::POST, action)
            .send()
            .await
            .unwrap();
        assert_eq!(sent.status(), 200, "{action}");
    }
    sink.is(Mood::Takes);
    house.wait(60);
    let told = read(&sink.wait_for(1).await[0]);
    assert!(told.plain.contains("está cancelada"), "{}", told.plain);
    let mut outcomes = outcomes(&house).await;
    outcomes.sort();
    // The freed night, the erased booking, the overtaken confirmation, and what was said.
    assert_eq!(outcomes, ["NOTHING", "NOTHING", "OVERTAKEN", "SENT"]);
    assert_eq!(sink.mails().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_outbox_knows_no_guest_and_is_empty_where_nobody_is_written_to() {
    let sink = Sink::open().await;
    let house = open_with(with_mail(&sink, "")).await;
    let held = booked(&house).await;
    sink.wait_for(1).await;
    let mut database = house.database_beside().await;
    let all =
        "SELECT id || kind || about || COALESCE(address, '') || COALESCE(fault, '') FROM outbox";
    let text = database.texts(all).await.concat();
    assert!(text.contains(&held.id), "{text}");
    for secret in ["Luc", "lucia", "example.com", "555 0101", &held.token] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let silent = open().await;
    silent.confirmed().await;
    let mut database = silent.database_beside().await;
    assert_eq!(database.number("SELECT COUNT(*) FROM outbox").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_became_of_a_message_is_forgotten_after_a_week() {
    let sink = Sink::open().await;
    let mut house = open_with(with_mail(&sink, "")).await;
    booked(&house).await;
    assert_eq!(outcomes(&house).await, ["SENT"]);
    house.wait(6 * 24 * 3_600);
    house.restart().await;
    assert_eq!(outcomes(&house).await, ["SENT"]);
    house.wait(2 * 24 * 3_600);
    house.restart().await;
    let mut database = house.database_beside().await;
    for _ in 0..1_500 {
        if database.number("SELECT COUNT(*) FROM outbox").await == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it is still known");
}
