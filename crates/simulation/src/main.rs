//! `simulation --seeds N --from S`: plays evenings, on every processor there is.

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use simulation::{Played, play};

/// How many evenings a thread plays before it looks whether another has failed.
const ROUND: u64 = 200;

fn main() -> ExitCode {
    let mut seeds = 100_000;
    let mut from = 1;
    let mut args = std::env::args().skip(1);
    while let Some(name) = args.next() {
        let value = args.next().and_then(|value| value.parse().ok());
        match (name.as_str(), value) {
            ("--seeds", Some(value)) => seeds = value,
            ("--from", Some(value)) => from = value,
            _ => {
                eprintln!("simulation [--seeds N] [--from S]");
                return ExitCode::FAILURE;
            }
        }
    }
    let start = Instant::now();
    match play_everywhere(from, seeds) {
        Ok(all) => {
            let took = start.elapsed();
            let a_second = |number| u128::from(number) * 1_000 / took.as_millis().max(1);
            println!(
                "{} evenings from seed {from}: {} tables booked, {} places on waiting lists, {} \
                 requests, {} of them met a fault; {} evenings and {} steps a second",
                all.evenings,
                all.booked,
                all.listed,
                all.requests,
                all.faults,
                a_second(all.evenings),
                a_second(all.steps)
            );
            ExitCode::SUCCESS
        }
        Err(what) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
}

/// Plays the seeds on as many threads as there are processors.
fn play_everywhere(from: u64, seeds: u64) -> Result<Played, String> {
    let threads = thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let failed = AtomicBool::new(false);
    let results = thread::scope(|scope| {
        let started: Vec<_> = (0..threads)
            .map(|part| {
                let failed = &failed;
                scope.spawn(move || play_part(from, seeds, part, threads, failed))
            })
            .collect();
        let ended = started.into_iter().map(thread::ScopedJoinHandle::join);
        ended.collect::<Vec<_>>()
    });
    let mut all = Played::default();
    for result in results {
        all += result.map_err(|_| "an evening ended in a panic".to_owned())??;
    }
    Ok(all)
}

/// Every so manyth round of seeds.
fn play_part(
    from: u64,
    seeds: u64,
    part: u64,
    parts: u64,
    failed: &AtomicBool,
) -> Result<Played, String> {
    let mut played = Played::default();
    let mut first = part * ROUND;
    while first < seeds && !failed.load(Ordering::Relaxed) {
        for seed in first..(first + ROUND).min(seeds) {
            let evening = play(from + seed).inspect_err(|_| failed.store(true, Ordering::Relaxed));
            played += evening?;
        }
        first += parts * ROUND;
    }
    Ok(played)
}
