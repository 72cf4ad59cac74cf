//! Random histories: what several clients were told must have an order in which one client alone would
//! have been told the same.

use std::collections::BTreeSet;

use todc_utils::linearizability::WGLChecker;
use todc_utils::linearizability::history::{Action, History};

use super::clients::{Event, play};
use super::lane::{Ground, Lane};
use super::model::{Call, Operation, Told, TwoSeatings, UNAVAILABLE};

/// Histories under way at once.
const LANES: u64 = 4;
const STEP: usize = 4;

/// What came of many histories.
#[derive(Default)]
struct Played {
    /// Seeds of those that have no order.
    rejected: Vec<u64>,
    operations: usize,
    /// Every refusal that was ever told.
    refusals: BTreeSet<String>,
    /// How often a database kept somebody waiting for too long.
    unavailable: usize,
}

impl Played {
    fn add(&mut self, other: Self) {
        self.rejected.extend(other.rejected);
        self.operations += other.operations;
        self.refusals.extend(other.refusals);
        self.unavailable += other.unavailable;
    }

    fn see(&mut self, events: &[Event]) {
        self.operations += events.len() / 2;
        self.unavailable += events.iter().filter(|event| is_unavailable(event)).count();
        for (_, action) in events {
            if let Action::Response(operation) = action
                && let Told::Problem(slug) = &operation.told
                && slug != UNAVAILABLE
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

fn is_unavailable((_, action): &Event) -> bool {
    let Action::Response(operation) = action else {
        return false;
    };
    operation.told == Told::Problem(UNAVAILABLE.to_owned())
}

fn is_linearizable(events: Vec<Event>) -> bool {
    WGLChecker::<TwoSeatings>::is_linearizable(History::from_actions(events))
}

fn histories() -> u64 {
    let extent = std::env::var("INTERNO_PROOFS").unwrap_or_default();
    let usual = if super::long() { 50_000 } else { 1_000 };
    extent.parse().unwrap_or(usual)
}

async fn have_an_order(ground: Ground) {
    let all = played(ground, histories()).await;
    let (histories, operations) = (histories(), all.operations);
    println!("{histories} histories on {ground:?}, {operations} operations");
    assert!(all.rejected.is_empty(), "seeds {:?}", all.rejected);
    assert!(operations as u64 > histories * 15, "{operations}");
    // A machine with too much to do may starve its database for some seconds, and not more than that.
    let unavailable = all.unavailable;
    assert!(unavailable * 5_000 <= operations, "{unavailable}");
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
    // Whoever is told that it did not go through can rely on it.
    let unavailable = || Told::Problem(UNAVAILABLE.to_owned());
    let failed = done(Call::Confirm { id: 1, version: 1 }, unavailable());
    let after = |told| [hold(1, Told::Version(1)), failed.clone(), read(told)].concat();
    assert!(is_linearizable(after(stands("ON_HOLD", 1))));
    assert!(!is_linearizable(after(stands("CONFIRMED", 2))));
}
