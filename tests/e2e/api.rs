//! The reservation API, asked by the test itself: plain HTTP, no browser between.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::{
    failure::{Failure, Outcome},
    site::Site,
};

const VENUE: &str = "/api/v1/venues/interno";
const PATIENCE: Duration = Duration::from_secs(10);

/// What opens a reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    pub id: String,
    pub token: String,
}

/// A seating as the API has it.
#[derive(Clone, Debug)]
pub struct Seating {
    pub id: String,
    /// On the venue's wall: `19:00`.
    pub time: String,
    pub free: bool,
}

/// The API of one site.
pub struct Api<'a> {
    site: &'a Site,
}

impl<'a> Api<'a> {
    pub fn of(site: &'a Site) -> Self {
        Self { site }
    }

    /// The reservation behind a manage link.
    pub async fn reservation(&self, access: &Access) -> Outcome<Value> {
        let path = format!("/api/v1/reservations/{}", access.id);
        let bearer = format!("Authorization: Bearer {}\r\n", access.token);
        self.ask(&format!("GET {path}"), &bearer, "", 200).await
    }

    /// Cancels a reservation or gives a hold back, as another tab would.
    pub async fn cancel(&self, access: &Access) -> Outcome<Value> {
        let path = format!("/api/v1/reservations/{}/cancel", access.id);
        let bearer = format!("Authorization: Bearer {}\r\n", access.token);
        self.ask(&format!("POST {path}"), &bearer, "", 200).await
    }

    /// Takes places of a seating, as another visitor would.
    pub async fn hold(&self, seating: &str, party: u8) -> Outcome<Value> {
        let key = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
        let headers =
            format!("Content-Type: application/json\r\nIdempotency-Key: another-visitor-{key}\r\n");
        let body = json!({ "slotId": seating, "partySize": party, "locale": "es" }).to_string();
        let call = format!("POST {VENUE}/reservations");
        self.ask(&call, &headers, &body, 201).await
    }

    /// The nights with room from today on, as far as one call tells.
    pub async fn free_nights(&self, party: u8) -> Outcome<Vec<Night>> {
        let today = Night::today()?;
        let (from, to) = (today.iso(), Night(today.0 + 60).iso());
        let call =
            format!("GET {VENUE}/availability/calendar?from={from}&to={to}&partySize={party}");
        let answer = self.ask(&call, "", "", 200).await?;
        let days = list(&answer, "days");
        let free = days.iter().filter(|day| is_free(day));
        Ok(free
            .filter_map(|day| Night::parse(&text(day, "date").ok()?))
            .collect())
    }

    /// What a night's seatings are for a party of this size.
    pub async fn seatings(&self, night: Night, party: u8) -> Outcome<Vec<Seating>> {
        let date = night.iso();
        let call = format!("GET {VENUE}/availability?date={date}&partySize={party}");
        let answer = self.ask(&call, "", "", 200).await?;
        let slots = list(&answer, "slots");
        let seatings = slots.iter().map(|slot| {
            let starts = text(slot, "startsAt")?;
            Ok(Seating {
                id: text(slot, "id")?,
                time: starts.get(11..16).unwrap_or_default().to_owned(),
                free: is_free(slot),
            })
        });
        seatings.collect()
    }

    /// How many people a seating still takes. The API says it for one size of party at a time.
    pub async fn places_left(&self, night: Night, time: &str) -> Outcome<u8> {
        let mut left = 0;
        for party in 1..=8 {
            let seatings = self.seatings(night, party).await?;
            if !seatings.iter().any(|one| one.time == time && one.free) {
                break;
            }
            left = party;
        }
        Ok(left)
    }

    async fn ask(&self, call: &str, headers: &str, body: &str, wanted: u16) -> Outcome<Value> {
        let request = format!(
            "{call} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let speak = async {
            let mut stream = TcpStream::connect(("127.0.0.1", self.site.port())).await?;
            stream.write_all(request.as_bytes()).await?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await?;
            Ok::<_, Failure>(answer)
        };
        let answer = timeout(PATIENCE, speak).await??;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        if status != Some(wanted) {
            return Err(Failure::new(format!("{call} was answered:\n{answer}")));
        }
        Ok(serde_json::from_str(body)?)
    }
}

fn is_free(day_or_slot: &Value) -> bool {
    let status = text(day_or_slot, "status").unwrap_or_default();
    matches!(status.as_str(), "AVAILABLE" | "LIMITED")
}

fn list(answer: &Value, key: &str) -> Vec<Value> {
    let list = answer.get(key).and_then(Value::as_array);
    list.cloned().unwrap_or_default()
}

/// A text in an answer that must be there.
pub fn text(answer: &Value, key: &str) -> Outcome<String> {
    let value = answer.get(key).and_then(Value::as_str);
    value
        .map(str::to_owned)
        .ok_or_else(|| Failure::new(format!("There is no {key} in {answer}.")))
}

/// A date, as days since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Night(i64);

impl Night {
    /// Today in UTC; the venue may still have yesterday, never tomorrow.
    fn today() -> Outcome<Self> {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        Ok(Self(i64::try_from(seconds / 86_400)?))
    }

    /// The night that many days from now, on the venue's wall.
    pub fn ahead(days: i64) -> Outcome<Self> {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let wall = i64::try_from(seconds)? - 5 * 3_600;
        Ok(Self(wall.div_euclid(86_400) + days))
    }

    fn parse(iso: &str) -> Option<Self> {
        // Found by looking: the calendar's own rules stay in one place, `civil`.
        let today = Self::today().ok()?;
        (today.0 - 2..today.0 + 100)
            .map(Self)
            .find(|night| night.iso() == iso)
    }

    /// `2026-12-05`.
    pub fn iso(self) -> String {
        let (year, month, day) = self.civil();
        format!("{year}-{month:02}-{day:02}")
    }

    /// 0 is Monday.
    pub fn weekday(self) -> usize {
        usize::try_from((self.0 + 3).rem_euclid(7)).unwrap_or_default()
    }

    /// 0 is January.
    pub fn month(self) -> usize {
        usize::try_from(self.civil().1 - 1).unwrap_or_default()
    }

    /// The day of the month.
    pub fn day(self) -> i64 {
        self.civil().2
    }

    /// Year, month and day in the Gregorian calendar, counted in years that begin in March.
    fn civil(self) -> (i64, i64, i64) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let march_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 {
            march_month + 3
        } else {
            march_month - 9
        };
        (year + era * 400 + i64::from(month <= 2), month, day)
    }
}
