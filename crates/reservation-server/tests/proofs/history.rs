//! Random histories: a few clients hold, extend, confirm, change and cancel, also one another's
//! reservations, while the clock jumps; what they were told must have an order in which one client alone
//! would have been told the same.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::body::Body;
use axum::http::Request;
use reservation_contract::openapi::fixture;
use reservation_contract::problem::ProblemType;
use serde_json::{Value, json};
use todc_utils::linearizability::WGLChecker;
use todc_utils::linearizability::history::{Action, History};

use super::dice::Dice;
use super::lane::{Answer, Ground, Lane, Seatings};
use super::model::{Call, Operation, Told, TwoSeatings};

const CLIENTS: u32 = 6;
const OPERATIONS: u32 = 30;
/// Histories under way at once.
const LANES: u64 = 4;
const STEP: usize = 4;

/// A reservation that clients know of.
#[derive(Clone, Debug)]
struct Known {
    id: u32,
    name: String,
    token: String,
    /// The version somebody was last told.
    version: u64,
}

/// What happened, in the order in which it was seen.
#[derive(Default)]
struct Record {
    events: Mutex<Vec<(usize, Action<Operation>)>>,
    known: Mutex<Vec<Known>>,
    named: AtomicU32,
}

impl Record {
    fn saw(&self, client: u32, action: Action<Operation>) {
        let mut events = self.events.lock().unwrap();
        events.push((client as usize, action));
    }

    fn learn(&self, id: u32, version: u64) {
        let mut known = self.known.lock().unwrap();
        if let Some(it) = known.iter_mut().find(|it| it.id == id) {
            it.version = version;
        }
    }

    /// Somebody's reservation, mostly as it was last seen.
    fn some(&self, dice: &mut Dice) -> Option<Known> {
        let known = self.known.lock().unwrap();
        let mut it = dice.one_of(&known)?.clone();
        if dice.below(8) == 0 {
            it.version = it.version.saturating_sub(1).max(1);
        }
        Some(it)
    }
}

/// Plays one history and answers what happened.
async fn play(lane: &Lane, seatings: &Seatings, seed: u64) -> Vec<(usize, Action<Operation>)> {
    let mut dice = Dice::new(seed);
    let clients = dice.between(2, CLIENTS);
    let record = Record::default();
    lane.rewind();
    let all = (0..clients).map(|client| {
        let mut dice = Dice::new(dice.next());
        let record = &record;
        async move {
            for _ in 0..OPERATIONS / clients {
                operate(lane, seatings, record, client, &mut dice).await;
            }
        }
    });
    futures_util::future::join_all(all).await;
    // What is left is part of the history: nothing that was answered may be lost.
    let known = record.known.lock().unwrap().clone();
    for it in known {
        let call = Call::Read { id: it.id };
        let request = about("GET", &it, "").body(Body::empty()).unwrap();
        answered(lane, &record, 0, 0, call, request).await;
    }
    record.events.into_inner().unwrap()
}

async fn operate(lane: &Lane, seatings: &Seatings, record: &Record, client: u32, dice: &mut Dice) {
    let wish = dice.below(20);
    if wish < 2 {
        // Past the end of a hold, to its last seconds, or back.
        let seconds = *dice.one_of(&[605, 603, 301, 30, -400]).unwrap();
        let operation = Operation {
            call: Call::Wait { seconds },
            told: Told::Nothing,
        };
        record.saw(client, Action::Call(operation.clone()));
        lane.wait(seconds);
        record.saw(client, Action::Response(operation));
        return;
    }
    match record.some(dice) {
        Some(it) if wish >= 8 => change(lane, seatings, record, client, dice, &it, wish).await,
        _ => hold(lane, seatings, record, client, dice).await,
    }
}

async fn hold(lane: &Lane, seatings: &Seatings, record: &Record, client: u32, dice: &mut Dice) {
    let id = record.named.fetch_add(1, Ordering::Relaxed);
    let (seating, party) = (dice.below(2), dice.between(1, 3));
    let call = Call::Hold {
        id,
        seating: u8::try_from(seating).unwrap(),
        party,
    };
    let body = json!({
        "slotId": seatings.0[seating as usize], "partySize": party, "locale": "es",
    });
    let request = Request::post("/api/v1/venues/interno/reservations");
    let request = with_body(request.header("idempotency-key", key(dice)), &body);
    let (status, body) = answered(lane, record, client, dice.below(2), call, request).await;
    if status == 201 {
        let text = |name: &str| body[name].as_str().unwrap().to_owned();
        record.known.lock().unwrap().push(Known {
            id,
            name: text("id"),
            token: text("manageToken"),
            version: 1,
        });
    }
}

async fn change(
    lane: &Lane,
    seatings: &Seatings,
    record: &Record,
    client: u32,
    dice: &mut Dice,
    it: &Known,
    wish: u32,
) {
    let (id, version) = (it.id, it.version);
    let (call, method, action, body) = match wish {
        8..=9 => (Call::Extend { id, version }, "POST", "/extend", None),
        10..=13 => {
            let mut body = fixture("request-confirm").unwrap();
            // Parties of one have no second guest to have a diet.
            body["dietary"] = json!([]);
            (
                Call::Confirm { id, version },
                "POST",
                "/confirm",
                Some(body),
            )
        }
        14..=16 => {
            let seating = (dice.below(2) == 0).then(|| dice.below(2));
            let party = (dice.below(2) == 0).then(|| dice.between(1, 4));
            let mut body = json!({});
            if let Some(seating) = seating {
                body["slotId"] = seatings.0[seating as usize].clone().into();
            }
            if let Some(party) = party {
                body["partySize"] = party.into();
            }
            let seating = seating.map(|seating| u8::try_from(seating).unwrap());
            let call = Call::Modify {
                id,
                version,
                seating,
                party,
            };
            (call, "PATCH", "", Some(body))
        }
        _ => (Call::Cancel { id }, "POST", "/cancel", None),
    };
    let request = about(method, it, action);
    let request = if method == "POST" && action == "/cancel" {
        request.body(Body::empty()).unwrap()
    } else {
        let request = request
            .header("idempotency-key", key(dice))
            .header("if-match", format!("\"{version}\""));
        match body {
            Some(body) => with_body(request, &body),
            None => request.body(Body::empty()).unwrap(),
        }
    };
    let (_, body) = answered(lane, record, client, dice.below(2), call, request).await;
    if let Some(version) = body["version"].as_u64() {
        record.learn(id, version);
    }
}

/// Sends a call, writing down when it began, when it ended, and what it was told.
async fn answered(
    lane: &Lane,
    record: &Record,
    client: u32,
    server: u32,
    call: Call,
    request: Request<Body>,
) -> Answer {
    record.saw(
        client,
        Action::Call(Operation {
            call: call.clone(),
            told: Told::Nothing,
        }),
    );
    let answer = lane.send(server, request).await;
    let told = told(&call, &answer);
    record.saw(client, Action::Response(Operation { call, told }));
    answer
}

fn told(call: &Call, (status, body): &Answer) -> Told {
    let version = body["version"].as_u64();
    match (status, version) {
        (200 | 201, Some(version)) if matches!(call, Call::Read { .. }) => {
            Told::Stands(body["status"].as_str().unwrap().to_owned(), version)
        }
        (200 | 201, Some(version)) => Told::Version(version),
        _ => {
            let kind = body["type"].as_str().and_then(ProblemType::from_uri);
            let kind = kind.unwrap_or_else(|| panic!("{status} is no problem: {body}"));
            Told::Problem(kind.slug().to_owned())
        }
    }
}

fn about(method: &str, it: &Known, action: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(format!("/api/v1/reservations/{}{action}", it.name))
        .header("authorization", format!("Bearer {}", it.token))
}

fn with_body(request: axum::http::request::Builder, body: &Value) -> Request<Body> {
    request
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap()
}

fn key(dice: &mut Dice) -> String {
    format!("history-{:016x}", dice.next())
}

/// What came of many histories.
#[derive(Default)]
struct Played {
    /// Seeds of those that have no order.
    rejected: Vec<u64>,
    operations: usize,
    /// Every refusal that was ever told.
    refusals: BTreeSet<String>,
}

impl Played {
    fn add(&mut self, other: Self) {
        self.rejected.extend(other.rejected);
        self.operations += other.operations;
        self.refusals.extend(other.refusals);
    }

    fn see(&mut self, events: &[(usize, Action<Operation>)]) {
        self.operations += events.len() / 2;
        for (_, action) in events {
            if let Action::Response(operation) = action
                && let Told::Problem(slug) = &operation.told
            {
                self.refusals.insert(slug.clone());
            }
        }
    }
}

/// Plays so many histories, in several lanes; a lane stops where one has no order.
async fn played(ground: Ground, histories: u64) -> Played {
    let lanes: Vec<_> = (0..LANES)
        .map(|lane| tokio::spawn(lane_of(ground, (lane..histories).step_by(STEP))))
        .collect();
    let mut all = Played::default();
    for lane in lanes {
        all.add(lane.await.unwrap());
    }
    all
}

async fn lane_of(ground: Ground, seeds: impl Iterator<Item = u64>) -> Played {
    let mut lane = Lane::open(ground).await;
    let mut seen = Played::default();
    for seed in seeds {
        if lane.is_used_up() {
            lane = Lane::open(ground).await;
        }
        let seatings = lane.next();
        let events = play(&lane, &seatings, seed).await;
        seen.see(&events);
        // The control must be rejected for what it does, not for a database that protests.
        let protested = is_unlocked(ground) && events.iter().any(is_unavailable);
        if protested || is_linearizable(events.clone()) {
            continue;
        }
        if !is_unlocked(ground) {
            println!("seed {seed} on {ground:?} has no order: {events:#?}");
        }
        seen.rejected.push(seed);
        break;
    }
    seen
}

fn is_unlocked(ground: Ground) -> bool {
    matches!(ground, Ground::SqliteUnlocked | Ground::PostgresUnlocked)
}

fn is_unavailable((_, action): &(usize, Action<Operation>)) -> bool {
    let Action::Response(operation) = action else {
        return false;
    };
    operation.told == Told::Problem("temporarily-unavailable".to_owned())
}

fn is_linearizable(events: Vec<(usize, Action<Operation>)>) -> bool {
    WGLChecker::<TwoSeatings>::is_linearizable(History::from_actions(events))
}

fn histories() -> u64 {
    if super::long() { 50_000 } else { 1_000 }
}

async fn have_an_order(ground: Ground) {
    let all = played(ground, histories()).await;
    let (histories, operations) = (histories(), all.operations);
    println!("{histories} histories on {ground:?}, {operations} operations");
    assert!(all.rejected.is_empty(), "seeds {:?}", all.rejected);
    assert!(operations as u64 > histories * 15, "{operations}");
    // Everything that can happen did.
    let told: Vec<&str> = all.refusals.iter().map(String::as_str).collect();
    let all_there_are = [
        "hold-expired",
        "hold-extension-limit",
        "not-modifiable",
        "slot-unavailable",
        "version-conflict",
    ];
    assert_eq!(told, all_there_are);
}

#[tokio::test(flavor = "multi_thread")]
async fn histories_on_sqlite_have_an_order() {
    have_an_order(Ground::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn histories_on_postgresql_have_an_order() {
    have_an_order(Ground::Postgres).await;
}

/// The control: the same histories, the same check, and no lock.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_lock_they_have_none() {
    for ground in [Ground::SqliteUnlocked, Ground::PostgresUnlocked] {
        let all = played(ground, 1_000).await;
        assert!(
            !all.rejected.is_empty(),
            "{ground:?} passes without its lock"
        );
    }
}

#[test]
fn the_check_knows_a_lost_booking_an_oversold_seating_and_a_false_refusal() {
    let done = |call: Call, told: Told| {
        let operation = Operation { call, told };
        [
            (0, Action::Call(operation.clone())),
            (0, Action::Response(operation)),
        ]
    };
    let hold = |id, told| {
        done(
            Call::Hold {
                id,
                seating: 0,
                party: 3,
            },
            told,
        )
    };
    let full = || Told::Problem("slot-unavailable".to_owned());
    let confirm = done(Call::Confirm { id: 1, version: 1 }, Told::Version(2));
    let stands = |word: &str, version| Told::Stands(word.to_owned(), version);
    let read = |told| done(Call::Read { id: 1 }, told);
    let right = [hold(1, Told::Version(1)), confirm.clone(), hold(2, full())];
    assert!(is_linearizable(
        [&right[..], &[read(stands("CONFIRMED", 2))]]
            .concat()
            .concat()
    ));
    assert!(!is_linearizable(
        [&right[..], &[read(stands("ON_HOLD", 1))]]
            .concat()
            .concat()
    ));
    let oversold = [hold(1, Told::Version(1)), hold(2, Told::Version(1))];
    assert!(!is_linearizable(oversold.concat()));
    assert!(!is_linearizable(hold(1, full()).to_vec()));
}
