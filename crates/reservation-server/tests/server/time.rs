//! What time does: holds run out, with a grace nobody is told of; personal data is forgotten; the
//! calendar file says the right hour.

use reqwest::Method;
use reservation_contract::words::ReservationStatus;

use crate::harness::{key, open, open_with, problem, settings};

fn one_table() -> String {
    settings(&[
        ("places = 60", "places = 2"),
        ("limited_from = 12", "limited_from = 0"),
    ])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_counts_five_seconds_longer_than_it_says() {
    let house = open_with(one_table()).await;
    let held = house.held().await;
    let slot = house.slot("2026-12-05", "19:00").await;
    house.wait(604);
    assert_eq!(house.read(&held).await.status, ReservationStatus::OnHold);
    problem(house.hold_request(&slot, 2, &key()), "slot-unavailable").await;
    assert_eq!(
        house
            .json("/venues/interno/availability?date=2026-12-05&partySize=2")
            .await["slots"][0]["status"],
        "SOLD_OUT"
    );
    house.wait(1);
    assert_eq!(house.read(&held).await.status, ReservationStatus::Expired);
    let gone = problem(house.confirm_request(&held, &key()), "hold-expired").await;
    // One tap takes the same seating again: it is the first that is offered.
    assert_eq!(gone.alternatives.unwrap()[0].id, slot);
    assert_eq!(
        house
            .hold_request(&slot, 2, &key())
            .send()
            .await
            .unwrap()
            .status(),
        201
    );
    let gone = problem(house.confirm_request(&held, &key()), "hold-expired").await;
    assert_ne!(gone.alternatives.unwrap()[0].id, slot);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirm_in_the_last_moment_counts() {
    let house = open_with(one_table()).await;
    let held = house.held().await;
    house.wait(604);
    assert_eq!(
        house
            .confirm_request(&held, &key())
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    house.wait(100);
    let slot = house.slot("2026-12-05", "19:00").await;
    problem(house.hold_request(&slot, 1, &key()), "slot-unavailable").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_hold_stays_expired_over_a_restart_and_cancelling_it_changes_nothing() {
    let mut house = open().await;
    let held = house.held().await;
    house.wait(605);
    house.restart().await;
    let before = house.read(&held).await;
    assert_eq!(
        (before.status.clone(), before.version),
        (ReservationStatus::Expired, 1)
    );
    let response = house
        .about(&held, Method::POST, "/cancel")
        .send()
        .await
        .unwrap();
    assert_eq!(
        response
            .json::<reservation_contract::reservation::Reservation>()
            .await
            .unwrap(),
        before
    );
    problem(house.extend_request(&held, &key()), "hold-expired").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_put_back_cannot_confirm_what_was_sold_meanwhile() {
    let house = open_with(one_table()).await;
    let held = house.held().await;
    house.wait(605);
    let slot = house.slot("2026-12-05", "19:00").await;
    let sold = house.hold_request(&slot, 2, &key()).send().await.unwrap();
    assert_eq!(sold.status(), 201);
    // By an hour; another server on the same database may be as much behind.
    house.wait(-3_600);
    problem(house.extend_request(&held, &key()), "hold-expired").await;
    problem(house.confirm_request(&held, &key()), "hold-expired").await;
    assert_eq!(house.read(&held).await.status, ReservationStatus::Expired);
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_data_is_forgotten_and_the_seat_s_history_stays() {
    let mut house = open().await;
    let done = house.confirmed().await;
    house.wait(15 * 24 * 3_600 + 29 * 24 * 3_600);
    house.restart().await;
    assert!(house.read(&done).await.guest.is_some());
    house.wait(2 * 24 * 3_600);
    house.restart().await;
    // Forgetting starts with the server; give it its moment.
    for _ in 0..1_500 {
        if house.read(&done).await.guest.is_none() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let forgotten = house.read(&done).await;
    assert_eq!(forgotten.guest, None);
    assert_eq!((forgotten.dietary.len(), forgotten.note), (0, None));
    assert_eq!(forgotten.status, ReservationStatus::Confirmed);
    house.stop().await;
    let mut database = house.database_beside().await;
    let kept = database.number("SELECT COUNT(*) FROM guest_details").await;
    assert_eq!(kept, 0);
    if crate::ON_POSTGRES {
        return;
    }
    let file = std::fs::read(house.database()).unwrap();
    assert!(
        !String::from_utf8_lossy(&file).contains("lucia@example.com"),
        "deleted data is still in the file"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_calendar_file_tells_the_venue_s_hour() {
    let house = open().await;
    let done = house.confirmed().await;
    let response = house
        .about(&done, Method::GET, "/calendar.ics")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(
        response.headers()["content-type"],
        "text/calendar; charset=utf-8"
    );
    assert_eq!(response.headers()["etag"], "\"2\"");
    let text = response.text().await.unwrap();
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert!(!text.replace("\r\n", "").contains('\n'), "bare line feeds");
    assert!(text.split("\r\n").all(|line| line.len() <= 75));
    let unfolded = text.replace("\r\n ", "");
    for line in [
        "DTSTART;TZID=America/Bogota:20261205T190000",
        "DTEND;TZID=America/Bogota:20261205T205000",
        "BEGIN:VTIMEZONE",
        "TZID:America/Bogota",
        "TZOFFSETTO:-0500",
        "STATUS:CONFIRMED",
        "SEQUENCE:2",
        "DTSTAMP:20261120T150000Z",
        "SUMMARY:Prueba: Cena en INTERNO\\, 2 personas",
    ] {
        assert!(
            unfolded.contains(&format!("{line}\r\n")),
            "{line} is not in\n{unfolded}"
        );
    }
    // Three digits alone stand in every other id.
    for secret in [
        "Lucía",
        "lucia@example.com",
        "300 123",
        "300123",
        done.token.as_str(),
    ] {
        assert!(!unfolded.contains(secret), "{secret}");
    }
    house
        .about(&done, Method::POST, "/cancel")
        .send()
        .await
        .unwrap();
    let text = house
        .about(&done, Method::GET, "/calendar.ics")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(text.contains("STATUS:CANCELLED\r\n"));
}
