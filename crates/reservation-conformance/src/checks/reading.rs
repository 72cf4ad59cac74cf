//! What anyone may read.

use jiff::ToSpan;
use reservation_contract::Health;
use reservation_contract::availability::{Availability, Calendar, Slot};
use reservation_contract::problem::ProblemType;
use reservation_contract::venue::Venue;
use reservation_contract::words::{AvailabilityStatus, Capability, Mode};

use super::Check;
use crate::client::{Answer, Call};
use crate::report::{Outcome, Stop};
use crate::walk::{Walk, is_free};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "health",
        title: "the server says that it is well, and what time it is",
        writes: false,
        provokes: &[],
        run: health,
    },
    Check {
        id: "venue",
        title: "the venue describes itself, and its answer can be kept for a while",
        writes: false,
        provokes: &[],
        run: venue,
    },
    Check {
        id: "venue-unknown",
        title: "an unknown venue, an unknown path and a wrong method are told apart",
        writes: false,
        provokes: &[ProblemType::NotFound, ProblemType::MethodNotAllowed],
        run: unknown,
    },
    Check {
        id: "calendar",
        title: "a calendar has every day asked for, and the first free one beyond it",
        writes: false,
        provokes: &[],
        run: calendar,
    },
    Check {
        id: "availability",
        title: "a day has its seatings, a fresh time, and something else where none is free",
        writes: false,
        provokes: &[],
        run: availability,
    },
    Check {
        id: "areas",
        title: "a seating says its area, and a question about one area is answered with no other",
        writes: false,
        provokes: &[],
        run: areas,
    },
    Check {
        id: "questions",
        title: "wrong questions are answered with the parameter that is wrong",
        writes: false,
        provokes: &[
            ProblemType::ValidationFailed,
            ProblemType::PartySizeOutOfRange,
        ],
        run: questions,
    },
    Check {
        id: "cors",
        title: "a browser of an allowed origin may read what it needs, and no cookies are used",
        writes: false,
        provokes: &[],
        run: cors,
    },
];

fn health(walk: &mut Walk) -> Outcome {
    let answer = walk.send(&Call::get("/health"))?;
    let health: Health = answer.status(200)?.json()?;
    answer.must(
        is_instant(&health.server_time),
        "serverTime should be RFC 3339",
    )?;
    Ok(())
}

fn venue(walk: &mut Walk) -> Outcome {
    let call = Call::get(walk.path(""));
    let answer = walk.send(&call)?;
    let venue: Venue = answer.status(200)?.json()?;
    answer.must(venue.id == walk.options.venue, "id should be the path's")?;
    answer.must(
        !matches!(venue.mode, Mode::Other(_)),
        "mode should be live or trial",
    )?;
    answer.must(
        venue.mode != Mode::Trial || venue.notice.is_some(),
        "a trial should say in notice that no table waits",
    )?;
    answer.must(
        venue.party_size.min >= 1 && venue.party_size.min <= venue.party_size.max,
        "partySize should be a range",
    )?;
    walk.today()?;
    kept_for_a_while(walk, &call, &answer)
}

fn kept_for_a_while(walk: &Walk, call: &Call, answer: &Answer) -> Outcome {
    let cache = answer.header("cache-control").unwrap_or_default();
    answer.must(
        cache.contains("max-age="),
        "Cache-Control should have a max-age",
    )?;
    answer.must(
        answer.header("set-cookie").is_none(),
        "no cookie should be set",
    )?;
    let tag = answer
        .header("etag")
        .ok_or_else(|| answer.fail("an ETag is missing"))?;
    let again = walk.send(&call.clone().header("if-none-match", tag))?;
    again.status(304)?;
    Ok(())
}

fn unknown(walk: &mut Walk) -> Outcome {
    for path in ["/venues/no-such-venue", "/no-such-path"] {
        walk.send(&Call::get(path))?
            .problem(ProblemType::NotFound)?;
    }
    let answer = walk.send(&Call::new("DELETE", walk.path("")))?;
    answer.problem(ProblemType::MethodNotAllowed)?;
    answer.must(answer.header("allow").is_some(), "405 should say Allow")?;
    Ok(())
}

fn calendar(walk: &mut Walk) -> Outcome {
    let from = walk.today()?;
    let party = walk.venue.party_size.min;
    let ask = |days: i64| {
        let to = from.saturating_add((days - 1).days());
        let query = format!("/availability/calendar?from={from}&to={to}&partySize={party}");
        walk.send(&Call::get(walk.path(&query)))
    };
    let answer = ask(62)?;
    let whole: Calendar = answer.status(200)?.json()?;
    answer.must(
        whole.days.len() == 62,
        "every day of the range should be told",
    )?;
    let first = whole.days.first().map(|day| day.date.clone());
    answer.must(
        first == Some(from.to_string()),
        "days should begin with `from`",
    )?;
    let free = |status: &AvailabilityStatus| {
        matches!(
            status,
            AvailabilityStatus::Available | AvailabilityStatus::Limited
        )
    };
    let first_free = whole.days.iter().find(|day| free(&day.status));
    let first_free = first_free.map(|day| day.date.clone());
    if first_free.is_some() {
        answer.must(
            whole.first_available == first_free,
            "firstAvailable should be the first free day",
        )?;
    }
    let reasoned = |day: &reservation_contract::availability::CalendarDay| {
        free(&day.status) || day.reason.is_some()
    };
    answer.must(
        whole.days.iter().all(reasoned),
        "a day that is not free should say why",
    )?;
    let answer = ask(1)?;
    let day: Calendar = answer.status(200)?.json()?;
    answer.must(
        day.first_available == whole.first_available,
        "firstAvailable should not depend on the range",
    )?;
    let errors = ask(63)?.problem(ProblemType::ValidationFailed)?.errors;
    answer.must(
        errors.is_some_and(|all| !all.is_empty()),
        "63 days are too many",
    )?;
    Ok(())
}

fn availability(walk: &mut Walk) -> Outcome {
    let party = walk.venue.party_size.min;
    let path = |date| walk.path(&format!("/availability?date={date}&partySize={party}"));
    let free = walk.seatings(1, is_free)?;
    let Some((date, _)) = free.first() else {
        return Err(Stop::NotObservable("no seating is free".to_owned()));
    };
    let call = Call::get(path(*date));
    let answer = walk.send(&call)?;
    let day: Availability = answer.status(200)?.json()?;
    answer.must(
        is_instant(&day.server_time),
        "serverTime should be RFC 3339",
    )?;
    for slot in &day.slots {
        let times = [&slot.starts_at, &slot.ends_at, &slot.cancellable_until];
        answer.must(
            times.into_iter().all(|time| is_instant(time)),
            "times of a slot should be RFC 3339 with an offset",
        )?;
    }
    kept_for_a_while(walk, &call, &answer)?;
    // Yesterday nothing is free for anybody.
    let yesterday = walk.today()?.saturating_sub(1.day());
    let answer = walk.send(&Call::get(path(yesterday)))?;
    let day: Availability = answer.status(200)?.json()?;
    answer.must(!day.slots.iter().any(is_free), "yesterday cannot be booked")?;
    answer.must(
        day.reason.is_some(),
        "a day without a free seating should say why",
    )?;
    answer.must(
        day.alternatives.first().is_some_and(is_free),
        "a day without a free seating should offer others that are",
    )?;
    Ok(())
}

fn areas(walk: &mut Walk) -> Outcome {
    walk.needs(Capability::Areas)?;
    let today = walk.today()?;
    let (date, party) = match walk.seatings(1, is_free)?.first() {
        Some((date, _)) => (*date, walk.venue.party_size.min),
        None => (today, walk.venue.party_size.min),
    };
    let ask = |area: &str| {
        let query = format!("/availability?date={date}&partySize={party}&areaId={area}");
        walk.send(&Call::get(walk.path(&query)))
    };
    let first = walk.venue.areas.first();
    let area =
        first.ok_or_else(|| Stop::Fail("areas are listed, and there are none".to_owned()))?;
    let answer = ask(&area.id)?;
    let day: Availability = answer.status(200)?.json()?;
    let there = |slot: &Slot| slot.area_id.as_deref() == Some(area.id.as_str());
    answer.must(
        day.slots.iter().all(there),
        "every slot should be in the area asked for",
    )?;
    ask("no-such-area")?.problem(ProblemType::ValidationFailed)?;
    Ok(())
}

fn questions(walk: &mut Walk) -> Outcome {
    let today = walk.today()?;
    let ask = |query: &str| walk.send(&Call::get(walk.path(&format!("/availability?{query}"))));
    for (query, pointer) in [
        ("partySize=2".to_owned(), "/date"),
        ("date=2026-02-30&partySize=2".to_owned(), "/date"),
        (format!("date={today}"), "/partySize"),
        (format!("date={today}&partySize=two"), "/partySize"),
    ] {
        let answer = ask(&query)?;
        let errors = answer.problem(ProblemType::ValidationFailed)?.errors;
        let named = errors.is_some_and(|all| all.iter().any(|error| error.pointer == pointer));
        answer.must(named, format!("errors should name {pointer}"))?;
    }
    let too_many = walk.venue.party_size.max.saturating_add(1);
    ask(&format!("date={today}&partySize={too_many}"))?
        .problem(ProblemType::PartySizeOutOfRange)?;
    let future = ask(&format!(
        "date={today}&partySize={}&someFutureParameter=1",
        walk.venue.party_size.min
    ))?;
    future.status(200)?;
    Ok(())
}

fn cors(walk: &mut Walk) -> Outcome {
    let stranger =
        walk.send(&Call::get(walk.path("")).header("origin", "https://stranger.invalid"))?;
    let credentials = |answer: &Answer| answer.header("access-control-allow-credentials").is_some();
    stranger.must(!credentials(&stranger), "no credentials should be allowed")?;
    let Some(origin) = walk.options.origin.clone() else {
        return Err(Stop::NotObservable(
            "needs --origin, one that the server allows".to_owned(),
        ));
    };
    let answer = walk.send(&Call::get(walk.path("")).header("origin", origin.clone()))?;
    let allowed = answer.header("access-control-allow-origin");
    answer.must(
        allowed == Some(origin.as_str()) || allowed == Some("*"),
        "Access-Control-Allow-Origin should name the origin",
    )?;
    let exposed = answer
        .header("access-control-expose-headers")
        .unwrap_or_default();
    let exposed = exposed.to_ascii_lowercase();
    for name in ["etag", "location", "retry-after", "date"] {
        answer.must(exposed.contains(name), format!("{name} should be exposed"))?;
    }
    let preflight = Call::new("OPTIONS", walk.path("/reservations"))
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "content-type,idempotency-key",
        );
    let answer = walk.send(&preflight)?;
    let headers = answer
        .header("access-control-allow-headers")
        .unwrap_or_default();
    let headers = headers.to_ascii_lowercase();
    answer.must(
        answer.status < 300 && headers.contains("idempotency-key"),
        "a preflight should allow Idempotency-Key",
    )?;
    Ok(())
}

pub(super) fn is_instant(text: &str) -> bool {
    text.parse::<jiff::Timestamp>().is_ok()
}
