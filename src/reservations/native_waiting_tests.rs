//! The waiting list against the contract's own types.

use booking::wizard::Wait;
use booking::{Guest, Key};
use reservation_contract::waitlist::{LinkRequest, WaitlistRequest};

use super::*;
use crate::platform::network::Method;
use crate::reservations::{Next, Reply};

fn wait() -> Wait {
    Wait {
        key: Key("key-of-the-wish-0001".into()),
        date: day("2026-12-05"),
        party: 2,
        guest: Guest {
            given_name: "Lucía".into(),
            family_name: " Pérez Ríos".into(),
            email: "lucia@example.com".into(),
            phone: "+57 300 555 0101".into(),
        },
        language: Language::Es,
    }
}

#[test]
fn a_wish_to_wait_is_sent_as_the_contract_says() {
    let request = native().wait(&wait());
    assert_eq!(request.url, "/api/v1/venues/interno/waitlist-entries");
    let key = ("Idempotency-Key", wait().key.0);
    assert_eq!(
        (request.method, &request.headers[..]),
        (Method::Post, &[key][..])
    );
    let mut fixture: WaitlistRequest = serde_json::from_str(fixture!("request-waitlist")).unwrap();
    // Who waits here waits for any seating of the night.
    fixture.service_id = None;
    let sent: WaitlistRequest = serde_json::from_value(body(&request)).unwrap();
    assert_eq!(sent, fixture);
}

#[test]
fn the_place_is_opened_by_its_token_and_given_up_with_it() {
    let place = read_place_on_list(&answer(fixture!("waitlist-entry"))).unwrap();
    assert_eq!(place.id, "8d1e5a7c2b904f36a5c8d0e2f4b6a8c0");
    let request = native().stop_waiting(&place);
    let url = ["/api/v1/waitlist-entries/", &place.id].concat();
    assert_eq!((request.method, &request.url), (Method::Delete, &url));
    let bearer = ["Bearer ", &place.token].concat();
    assert_eq!(request.headers, [("Authorization", bearer)]);
    assert_eq!(request.body, None);
    let asked = native().place_on_list(&place);
    assert_eq!((asked.method, asked.url), (Method::Get, url));
    assert_eq!(asked.headers, request.headers);
    for field in ["/id", "/manageToken"] {
        let odd = with(fixture!("waitlist-entry"), field, None);
        assert!(matches!(
            read_place_on_list(&odd),
            Err(Failure::Malformed(_))
        ));
    }
}

#[test]
fn a_page_that_answers_for_the_server_gives_nothing_up() {
    let page = answer("<html>Sign in to the airport's Wi-Fi</html>");
    let said = |answer| Then::Told(204).read(Ok(answer));
    assert!(matches!(said(page.clone()), Err(Failure::Malformed(_))));
    let empty = Answer {
        status: 204,
        body: String::new(),
        ..page
    };
    assert_eq!(said(empty), Ok(Reply::Nothing));
}

#[test]
fn a_place_stands_only_when_the_answer_says_so() {
    let told = answer(fixture!("waitlist-entry"));
    assert_eq!(read_still_waits(&told), Ok(()));
    for word in [None, Some("OFFERED".into())] {
        let odd = with(fixture!("waitlist-entry"), "/status", word);
        let malformed = Failure::Malformed("status".into());
        assert_eq!(read_still_waits(&odd), Err(malformed));
    }
}

#[test]
fn lost_links_are_asked_for_by_the_address_alone_which_is_in_no_url() {
    let Next::Ask(call) = native().ask_for_links("lucia@example.com") else {
        panic!("nothing is sent");
    };
    let request = &call.request;
    assert_eq!(request.url, "/api/v1/venues/interno/link-requests");
    assert_eq!(
        (request.method, &request.headers[..]),
        (Method::Post, &[][..])
    );
    let fixture: LinkRequest = serde_json::from_str(fixture!("request-links")).unwrap();
    let sent: LinkRequest = serde_json::from_value(body(request)).unwrap();
    assert_eq!(sent, fixture);
    let said = |status| {
        let answer = Answer {
            status,
            ..answer("")
        };
        Then::Told(202).read(Ok(answer))
    };
    assert_eq!(said(202), Ok(Reply::Nothing));
    // Somebody else's page, or no answer of the contract's.
    assert!(matches!(said(200), Err(Failure::Malformed(_))));
    assert_eq!(said(503), Err(Failure::Down));
}
