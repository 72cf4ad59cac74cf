//! Reading: what is free, against a file of the same size.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use crate::commits;
use crate::home::Server;

/// Connections that read at once.
const READERS: usize = 8;

/// Answers a second, for many who ask for the same.
pub fn rate(server: &Server, path: &'static str, time: Duration) -> io::Result<f64> {
    let start = Instant::now();
    let readers: Vec<_> = (0..READERS)
        .map(|_| {
            let mut wire = server.wire()?;
            Ok(thread::spawn(move || {
                let mut answers = 0_u32;
                while start.elapsed() < time {
                    if wire.get(path)?.status != 200 {
                        return Err(io::Error::other("not found"));
                    }
                    answers += 1;
                }
                Ok(answers)
            }))
        })
        .collect::<io::Result<_>>()?;
    let mut answers = 0;
    for reader in readers {
        let ended = reader.join();
        answers += ended.map_err(|_| io::Error::other("a reader gave up"))??;
    }
    Ok(f64::from(answers) / start.elapsed().as_secs_f64())
}

/// How long one answer takes where nobody else asks: the median of a question for every day. With seatings
/// each question follows a booking, so that nothing that was counted before it holds any more.
pub fn latency(server: &Server, days: &[String], seatings: &[String]) -> io::Result<Duration> {
    let mut wire = server.wire()?;
    let mut times = Vec::new();
    for (place, day) in days.iter().enumerate() {
        if let Some(seating) = seatings.get(place) {
            commits::hold(&mut wire, seating)?;
        }
        let path = format!("/api/v1/venues/interno/availability?date={day}&partySize=2");
        let answer = wire.get(&path)?;
        answer.json(200)?;
        times.push(answer.took);
    }
    times.sort_unstable();
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
}
