//! Connections that say nothing, and more of them than there are places for.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::harness::{House, open_with, settings};

const HEALTH: &[u8] = b"GET /api/v1/health HTTP/1.1\r\nhost: x\r\n\r\n";

async fn with_patience(connections: &str) -> House {
    let patience = ("head_seconds = 30", "head_seconds = 1");
    let connections = ("connections = 512", connections);
    open_with(settings(&[patience, connections])).await
}

fn connect(house: &House) -> TcpStream {
    let address = house.base.strip_prefix("http://").unwrap();
    let stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    stream
}

/// The first line of an answer.
fn answer(stream: &mut TcpStream) -> String {
    let mut heard = [0; 4096];
    let length = stream.read(&mut heard).unwrap();
    let text = String::from_utf8_lossy(&heard[..length]);
    text.lines().next().unwrap_or_default().to_owned()
}

/// How long the server goes on listening to a letter now and then.
fn dribble(mut stream: TcpStream) -> Duration {
    let started = Instant::now();
    for letter in HEALTH.iter().chain(b"x".iter().cycle()) {
        if stream.write_all(&[*letter]).is_err() || started.elapsed() > Duration::from_secs(8) {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    started.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_head_of_a_call_comes_in_time_or_not_at_all() {
    let house = with_patience("connections = 512").await;
    let stream = connect(&house);
    let listened = tokio::task::spawn_blocking(|| dribble(stream));
    // Meanwhile others are served.
    assert_eq!(house.get("/health").await.status(), 200);
    let listened = listened.await.unwrap();
    assert!(
        (1..4).contains(&listened.as_secs()),
        "{listened:?} for half a head"
    );
    // And one that has been served is let go when it says nothing more.
    let mut stream = connect(&house);
    stream.write_all(HEALTH).unwrap();
    assert_eq!(answer(&mut stream), "HTTP/1.1 200 OK");
    assert_eq!(answer(&mut stream), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_too_many_waits_for_a_place() {
    let house = with_patience("connections = 2").await;
    let mut silent = [connect(&house), connect(&house)];
    let mut third = connect(&house);
    let started = Instant::now();
    third.write_all(HEALTH).unwrap();
    assert_eq!(answer(&mut third), "HTTP/1.1 200 OK");
    assert!(started.elapsed() > Duration::from_millis(500), "it waited");
    for stream in &mut silent {
        assert_eq!(answer(stream), "", "who says nothing loses the place");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_opened_a_connection_does_not_keep_a_server_from_stopping() {
    let mut house = open_with(crate::harness::default_settings()).await;
    let mut silent = connect(&house);
    let mut served = connect(&house);
    served.write_all(HEALTH).unwrap();
    assert_eq!(answer(&mut served), "HTTP/1.1 200 OK");
    let started = Instant::now();
    house.stop().await;
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(answer(&mut silent), "");
    assert_eq!(answer(&mut served), "");
}
