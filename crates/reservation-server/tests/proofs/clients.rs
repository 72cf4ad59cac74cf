//! A few clients who book at the same two seatings, also one another's reservations, while the clock
//! jumps; and what each of them saw.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::body::Body;
use axum::http::Request;
use reservation_contract::openapi::fixture;
use reservation_contract::problem::ProblemType;
use serde_json::{Value, json};
use todc_utils::linearizability::history::Action;

use super::dice::Dice;
use super::lane::{Answer, Lane, Seatings};
use super::model::{Call, Operation, Told};

const CLIENTS: u32 = 6;
const OPERATIONS: u32 = 30;
/// Who saw what.
pub type Event = (usize, Action<Operation>);

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
    events: Mutex<Vec<Event>>,
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
pub async fn play(lane: &Lane, seatings: &Seatings, seed: u64) -> Vec<Event> {
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
    let (call, method, action, body) = wish_for(seatings, dice, it, wish);
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

/// One of the things that can be wished for a reservation: the call, and how it is made.
fn wish_for(
    seatings: &Seatings,
    dice: &mut Dice,
    it: &Known,
    wish: u32,
) -> (Call, &'static str, &'static str, Option<Value>) {
    let (id, version) = (it.id, it.version);
    match wish {
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
