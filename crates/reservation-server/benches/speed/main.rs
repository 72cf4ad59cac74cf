//! How fast the server is, as ratios taken in one run: `cargo xtask bench --server` runs it, and puts the
//! table it writes into the file of `INTERNO_SPEED` beside the other figures. Never a test: what a clock
//! says depends on what else the machine does, which is why everything stands beside a measure of the same
//! minute.

mod bare;
mod commits;
mod copies;
mod home;
mod reads;
mod stored;
mod wire;

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use commits::{CLIENTS, Times};
use home::{Home, Server};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use reservation_server::seating::{on, opaque};
use reservation_server::settings::{DEFAULT, Settings};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Rounds of database and server in turn, so that a busy minute is shared.
const ROUNDS: u32 = 8;
const BARE: Duration = Duration::from_secs(1);
const BOOKING: Duration = Duration::from_secs(2);
const READING: Duration = Duration::from_millis(750);
const MEGABYTE: f64 = 1024.0 * 1024.0;

fn main() -> Outcome {
    // Cargo hands `--bench` to every benchmark.
    let folder = env::var_os("INTERNO_SPEED_FOLDER").map_or_else(env::temp_dir, PathBuf::from);
    let folder = folder.join("speed");
    let mut report = String::from("## The reservation server (ratios of one run)\n\n");
    report += "| figure | SQLite | aim |\n|---|---:|---:|\n";
    report += &writing(&folder, None)?;
    report += &reading(&folder)?;
    report += &copies::of_sqlite(&folder.join("copies"))?;
    if env::var_os("INTERNO_POSTGRES").is_some() {
        report += "\n| figure | PostgreSQL | aim |\n|---|---:|---:|\n";
        report += &writing(&folder, Some(bare::durable(test_database::fresh())?))?;
        report += &copies::of_postgres(&folder)?;
    }
    fs::remove_dir_all(&folder)?;
    if let Some(file) = env::var_os("INTERNO_SPEED") {
        fs::write(file, &report)?;
    }
    print!("{report}");
    Ok(())
}

/// Durable commits, how long each took, and memory.
fn writing(folder: &Path, url: Option<String>) -> Outcome<String> {
    let home = Home::new(folder.join("writing"), url.clone())?;
    let file = folder.join("bare.sqlite");
    let server = home.start()?;
    let at_rest = server.memory("VmRSS");
    let seatings = seatings();
    let (mut bare, mut booked) = (Times::default(), Times::default());
    let idle = server.busy();
    for _ in 0..ROUNDS {
        let commits = bare::commits(&file, url.as_deref(), BARE)?;
        bare = bare.and(Times::in_turn(commits));
        booked = booked.and(commits::book(&server, &seatings, BOOKING)?);
    }
    let mut rows = String::new();
    let one = "bare commits a second, one after the other";
    row(&mut rows, one, &format!("{:.0}", bare.rate()), "")?;
    let what = "one of them, 99 of 100 within";
    row(&mut rows, what, &milliseconds(bare.within(99)), "")?;
    let what = format!("durable holds and confirms a second, {CLIENTS} guests");
    row(&mut rows, &what, &format!("{:.0}", booked.rate()), "")?;
    row(
        &mut rows,
        "of the bare commits",
        &format!("{:.2}", booked.rate() / bare.rate()),
        "≥ 0.8",
    )?;
    row(
        &mut rows,
        "one call, median",
        &milliseconds(booked.within(50)),
        "",
    )?;
    row(
        &mut rows,
        "one call, 99 of 100 within",
        &milliseconds(booked.within(99)),
        "< 50 ms",
    )?;
    if let (Some(before), Some(after)) = (idle, server.busy()) {
        let each = after.saturating_sub(before) / booked.count().max(1);
        let what = "processor for one call, whatever else runs";
        row(&mut rows, what, &milliseconds(each), "")?;
    }
    for (what, bytes) in [
        ("memory at rest", at_rest),
        ("at most under load", server.memory("VmHWM")),
    ] {
        if let Some(bytes) = bytes {
            row(&mut rows, what, &format!("{:.0} MB", megabytes(bytes)), "")?;
        }
    }
    Ok(rows)
}

/// Answers about what is free: how many, and how soon where much is stored.
fn reading(folder: &Path) -> Outcome<String> {
    let few = stored::home(folder, 1_000)?;
    let many = stored::home(folder, 100_000)?;
    let (few_served, many_served) = (few.start()?, many.start()?);
    let mut rows = crowded(&few, &few_served)?;
    let (mut of_few, mut of_many) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        // Into the next second, where no answer of this one is told again.
        thread::sleep(Duration::from_millis(1_100));
        of_few = of_few.min(reads::latency(&few_served, &days(), &[])?);
        of_many = of_many.min(reads::latency(&many_served, &days(), &[])?);
    }
    let growth = of_many.as_secs_f64() / of_few.as_secs_f64();
    let among = "what is free among 1 000 reservations, median";
    row(&mut rows, among, &milliseconds(of_few), "")?;
    row(&mut rows, "among 100 000", &milliseconds(of_many), "")?;
    row(&mut rows, "times as long", &format!("{growth:.2}"), "≤ 1.3")?;
    let of_few = reads::latency(&few_served, &days(), &seatings())?;
    let of_many = reads::latency(&many_served, &days(), &seatings())?;
    let among = "the first answer after a booking, among 1 000";
    row(&mut rows, among, &milliseconds(of_few), "")?;
    row(&mut rows, "among 100 000", &milliseconds(of_many), "")?;
    Ok(rows)
}

/// Many who ask for the same, against a file of the same size.
fn crowded(home: &Home, server: &Server) -> Outcome<String> {
    const FREE: &str = "/api/v1/venues/interno/availability?date=DAY&partySize=2";
    let day = days().first().cloned().unwrap_or_default();
    let path: &'static str = FREE.replace("DAY", &day).leak();
    let answer = server.wire()?.get(path)?;
    answer.json(200)?;
    fs::write(home.site().join("same.json"), &answer.body)?;
    let (mut free, mut file) = (0.0, 0.0);
    for _ in 0..ROUNDS {
        free += reads::rate(server, path, READING)? / f64::from(ROUNDS);
        file += reads::rate(server, "/same.json", READING)? / f64::from(ROUNDS);
    }
    let mut rows = String::new();
    row(
        &mut rows,
        "what is free, answers a second",
        &format!("{free:.0}"),
        "",
    )?;
    let same = "a file of the same size, answers a second";
    row(&mut rows, same, &format!("{file:.0}"), "")?;
    row(
        &mut rows,
        "what is free, of the file",
        &format!("{:.2}", free / file),
        "≥ 0.5",
    )?;
    Ok(rows)
}

fn row(rows: &mut String, what: &str, figure: &str, aim: &str) -> std::fmt::Result {
    writeln!(rows, "| {what} | {figure} | {aim} |")
}

/// Days that can be booked.
fn days() -> Vec<String> {
    dates().map(|date| date.to_string()).collect()
}

fn dates() -> impl Iterator<Item = Date> {
    let today = jiff::Timestamp::now()
        .to_zoned_datetime(TimeZone::UTC)
        .date();
    (4..80).map(move |ahead: i32| today.saturating_add(ahead.days()))
}

/// Every seating of those days, as the API names it.
fn seatings() -> Vec<String> {
    let Ok(settings) = Settings::parse("default", DEFAULT) else {
        return Vec::new();
    };
    let all = dates().flat_map(|date| on(&settings, date));
    all.map(|seating| opaque(&seating.seat.key)).collect()
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
}

#[expect(clippy::cast_precision_loss, reason = "for eyes")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / MEGABYTE
}
