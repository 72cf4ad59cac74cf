//! `kill -9` at random moments: whatever was answered CONFIRMED is still there, no seating is oversold, and
//! the retry of a call that got no answer gets one.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::Client;
use serde_json::Value;

use super::dice::Dice;
use super::process::{Held, Home, confirm, held, hold, key, read, seating};

const GUESTS: usize = 6;
const PLACES: u32 = 12;

/// What guests know when the lights go out.
#[derive(Default)]
struct Known {
    /// Answered CONFIRMED.
    confirmed: Vec<Held>,
    /// Asked to be confirmed, with this key, and never answered.
    asked: Vec<(Held, String)>,
}

/// Books until the server is gone.
async fn guest(client: Client, base: String, slot: String, known: Arc<Mutex<Known>>) {
    loop {
        let Ok(response) = hold(&client, &base, &slot, 1, &key()).send().await else {
            return;
        };
        if response.status() != 201 {
            return;
        }
        let Ok(body) = response.json::<Value>().await else {
            return;
        };
        let text = |name: &str| body[name].as_str().unwrap().to_owned();
        let it = Held {
            id: text("id"),
            token: text("manageToken"),
        };
        let used = key();
        let index = {
            let mut known = known.lock().unwrap();
            known.asked.push((it.clone(), used.clone()));
            known.asked.len() - 1
        };
        let Ok(response) = confirm(&client, &base, &it, &used).send().await else {
            return;
        };
        assert_eq!(response.status(), 200, "call {index}");
        known.lock().unwrap().confirmed.push(it);
    }
}

async fn round(home: &Home, number: i64, dice: &mut Dice) -> usize {
    let client = Client::new();
    let slot = seating(number % 60);
    let known = Arc::new(Mutex::new(Known::default()));
    let server = home.start();
    let guests: Vec<_> = (0..GUESTS)
        .map(|_| {
            let (client, base) = (client.clone(), server.base.clone());
            tokio::spawn(guest(client, base, slot.clone(), Arc::clone(&known)))
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(u64::from(dice.between(5, 250)))).await;
    server.kill();
    for guest in guests {
        guest.await.unwrap();
    }
    let known = Arc::try_unwrap(known).ok().unwrap().into_inner().unwrap();
    let server = home.start();
    for it in &known.confirmed {
        let found = read(&client, &server.base, it).await;
        assert_eq!(found["status"], "CONFIRMED", "round {number}");
        assert_eq!(found["guest"]["givenName"], "Lucía");
    }
    for (it, used) in &known.asked {
        let retried = confirm(&client, &server.base, it, used)
            .send()
            .await
            .unwrap();
        assert_eq!(retried.status(), 200, "round {number}");
    }
    // The seating is not oversold, and what is left of it can be had.
    let mut taken = 0;
    loop {
        let response = hold(&client, &server.base, &slot, 1, &key())
            .send()
            .await
            .unwrap();
        if response.status() == 409 {
            break;
        }
        let it = held(response).await;
        let confirmed = confirm(&client, &server.base, &it, &key()).send().await;
        assert_eq!(confirmed.unwrap().status(), 200);
        taken += 1;
    }
    assert!(
        known.asked.len() + taken <= PLACES as usize,
        "round {number}"
    );
    known.confirmed.len()
}

async fn rounds(url: impl Fn() -> Option<String>) {
    let rounds = if super::long() { 1_000 } else { 30 };
    let places = format!("places = {PLACES}");
    let home = || {
        Home::new(
            url(),
            &[
                ("places = 60", places.as_str()),
                ("limited_from = 12", "limited_from = 0"),
            ],
        )
    };
    let mut current = home();
    let (mut dice, mut survived) = (Dice::new(9), 0);
    for number in 0..rounds {
        if number % 60 == 0 {
            // Every seating is used once.
            current = home();
        }
        survived += round(&current, number, &mut dice).await;
    }
    println!("{rounds} rounds, {survived} answered confirmations, none lost");
    assert!(
        survived > usize::try_from(rounds).unwrap() / 3,
        "{survived}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn answered_bookings_survive_kill_9_on_sqlite() {
    rounds(|| None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answered_bookings_survive_kill_9_on_postgresql() {
    rounds(|| Some(test_database::fresh())).await;
}
