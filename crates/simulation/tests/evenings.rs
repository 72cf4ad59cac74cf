//! A hundred thousand evenings, and the proof that they would tell.

use std::thread;
use std::time::Instant;

use simulation::{Played, Sabotage, play_all};

/// How many evenings a whole wizard has to pass.
const SEEDS: u64 = 100_000;
/// How many a sabotaged one may need to be caught.
const ENOUGH: u64 = 10_000;

#[test]
fn no_evening_goes_wrong() {
    let start = Instant::now();
    let threads = thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let parts: Vec<_> = (0..threads)
        .map(|part| {
            let step = usize::try_from(threads).unwrap_or(1);
            thread::spawn(move || play_all((1 + part..=SEEDS).step_by(step), None))
        })
        .collect();
    let mut all = Played::default();
    for part in parts {
        match part.join().expect("no evening ends in a panic") {
            Ok(played) => all += played,
            Err(what) => panic!("{what}"),
        }
    }
    assert_eq!(all.evenings, SEEDS);
    // Guests who book nothing, or a network without faults, would prove nothing.
    assert!(all.booked > SEEDS, "only {} tables were booked", all.booked);
    assert!(all.listed > SEEDS / 10, "only {} waited", all.listed);
    assert!(all.faults > 4 * SEEDS, "only {} faults", all.faults);
    let a_second = u128::from(all.steps) * 1_000 / start.elapsed().as_millis().max(1);
    println!("{all:?}, {a_second} steps a second");
}

#[test]
fn tables_are_booked_behind_the_other_api_too() {
    let all = play_all((3..=3_000).step_by(3), None).expect("no evening goes wrong");
    assert!(all.booked > 1_000, "only {} tables", all.booked);
    assert!(all.faults > 4_000, "only {} faults", all.faults);
}

#[test]
fn tables_are_booked_behind_an_api_that_cannot_be_asked_too() {
    let all = play_all((1..=6_000).step_by(12), None).expect("no evening goes wrong");
    assert!(all.booked > 500, "only {} tables", all.booked);
    assert!(all.faults > 2_000, "only {} faults", all.faults);
}

#[test]
fn every_sabotage_is_seen() {
    for sabotage in Sabotage::ALL {
        let seen = (1..=ENOUGH).find_map(|seed| {
            let what = play_all(seed..=seed, Some(sabotage)).err()?;
            Some((seed, what.lines().next().unwrap_or_default().to_owned()))
        });
        let Some((seeds, what)) = seen else {
            panic!("{sabotage:?} is not seen in {ENOUGH} evenings");
        };
        println!("{sabotage:?}: {seeds} evenings ({what})");
    }
}
