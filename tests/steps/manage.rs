//! The manage page in each of its states: what it says and which buttons it has.

use super::*;
use booking::manage::{ChangeEvent, Ending, ManageEvent, Question, Wish};
use booking::{Calendar, CalendarQuery, Day, DayStatus, Failure, Manage, Note, Plan, PlannedDish};
use interno::booking::manage::ManageSession;
use interno::pages::manage::manage_page;
use interno::platform::location::Place;

/// The page after what has happened. Opened as a visitor opens it: by its address.
pub fn page(locale: Locale, happened: impl FnOnce(ManageSession)) -> String {
    html(|| {
        let session = ManageSession::new(Session::new(Location::start()));
        session.opened(&Place {
            fragment: "r=r1&t=secret".into(),
            ..Place::default()
        });
        happened(session);
        interno::pages::manage::shown(true, session, locale)
    })
}

pub fn able() -> Venue {
    Venue {
        capabilities: Capabilities {
            modify: true,
            erase: true,
            ..Capabilities::default()
        },
        ..venue(1, 6)
    }
}

fn read(session: ManageSession, now: Reservation) {
    session.dispatch(ManageEvent::VenueArrived(Ok(able())));
    let question = 1;
    session.dispatch(ManageEvent::ReadArrived(question, Ok(now)));
}

pub fn changing(session: ManageSession, event: ChangeEvent) {
    session.dispatch(ManageEvent::Change(event));
}

/// In words, with the buttons' names apart.
pub fn buttons(html: &str) -> Vec<String> {
    let parts = html.split("<button").skip(1);
    parts
        .filter_map(|part| part.split_once('>')?.1.split_once("</button"))
        .map(|(label, _)| words(label))
        .collect()
}

/// Two people on the fifth, with the server's clock so many hours before its cutoff.
pub fn booked(status: Status, hours: i64) -> Reservation {
    let now = reservation(status);
    let until = now.slot.cancellable_until_ms.unwrap();
    Reservation {
        server_ms: Some(until - hours * 3_600_000),
        ..now
    }
}

fn said(locale: Locale, now: Reservation) -> (String, Vec<String>) {
    let html = page(locale, |session| read(session, now));
    (words(&html), buttons(&html))
}

#[test]
fn what_can_be_done_is_offered_with_its_cutoff_before_it_has_passed() {
    for locale in Locale::ALL {
        let own = locale.messages();
        let (text, buttons) = said(locale, booked(Status::Confirmed, 1));
        let change = own.book.change;
        let named = |what: &str| format!("{change} : {what}");
        assert_eq!(
            buttons,
            [
                named(own.check.party),
                named(own.check.night),
                named(own.check.time),
                named(own.change.note),
                own.manage.cancel.to_owned(),
                own.erase.button.to_owned(),
            ]
        );
        // 1_796_428_800_000 is noon of the day before, by the slot's own clock 19:00.
        for message in [own.change.until, own.manage.cancel_until] {
            let message =
                interno::i18n::fill(message, &[("date", "2026-12-04"), ("time", "19:00")]);
            assert!(text.contains(&message), "{text}");
        }
        assert!(text.contains(own.erase.text));
        assert!(!text.contains(own.manage.too_late_title));
    }
}

#[test]
fn after_the_cutoff_it_says_until_when_it_was_possible_and_whom_to_ask() {
    let own = Locale::En.messages();
    let (text, buttons) = said(Locale::En, booked(Status::Confirmed, -1));
    let note = format!("{} : {}", own.book.change, own.change.note);
    assert_eq!(buttons, [note, own.erase.button.to_owned()]);
    assert!(text.contains(own.manage.too_late_title), "{text}");
    assert!(
        text.contains("until 2026-12-04 at 19:00, Cartagena time"),
        "{text}"
    );
}

#[test]
fn no_state_has_a_button_that_would_be_refused() {
    let own = Locale::Es.messages();
    for (status, word) in [
        (Status::Cancelled, own.manage.status_cancelled),
        (Status::Rejected, own.manage.status_rejected),
        (Status::Redeemed, own.manage.status_redeemed),
        (Status::NoShow, own.manage.status_no_show),
        (Status::Unknown, own.manage.status_unknown),
    ] {
        let (text, buttons) = said(Locale::Es, booked(status, 1));
        assert!(text.contains(word), "{text}");
        assert_eq!(buttons, [own.erase.button], "{status:?}");
    }
    let (text, buttons) = said(Locale::Es, booked(Status::Pending, 1));
    assert!(text.contains(own.manage.status_pending));
    assert_eq!(buttons.len(), 6);
    let without = Reservation {
        name: None,
        ..booked(Status::Expired, 1)
    };
    let (text, buttons) = said(Locale::Es, without);
    assert!(text.contains(own.manage.status_expired));
    assert!(buttons.is_empty() && !text.contains(own.erase.done_title));
}

#[test]
fn a_server_that_changes_and_erases_nothing_offers_neither() {
    let own = Locale::Es.messages();
    let html = page(Locale::Es, |session| {
        session.dispatch(ManageEvent::VenueArrived(Ok(venue(1, 8))));
        let now = booked(Status::Confirmed, 1);
        session.dispatch(ManageEvent::ReadArrived(1, Ok(now)));
    });
    assert_eq!(buttons(&html), [own.manage.cancel]);
}

#[test]
fn erasing_says_what_goes_what_stays_and_what_becomes_of_the_table() {
    for locale in Locale::ALL {
        let own = locale.messages();
        let asked = |hours| {
            let html = page(locale, |session| {
                read(session, booked(Status::Confirmed, hours));
                session.dispatch(ManageEvent::EndPressed(Ending::Erase));
            });
            assert!(html.contains("role=\"alert\""));
            words(&html)
        };
        let text = asked(1);
        assert!(text.contains("KTMWRB") && text.contains(own.erase.text));
        assert!(text.contains(own.erase.ask_cancel_first), "{text}");
        let late = asked(-1);
        assert!(
            !late.contains(own.erase.ask_cancel_first),
            "too late for that"
        );
        // After it, and after every reload.
        let erased = |status| Reservation {
            name: None,
            ..booked(status, 1)
        };
        let (text, buttons) = said(locale, erased(Status::Confirmed));
        assert!(text.contains(own.erase.done_title) && text.contains(own.erase.done_stands));
        assert_eq!(buttons, [own.manage.cancel]);
        let (text, buttons) = said(locale, erased(Status::Cancelled));
        assert!(text.contains(own.erase.done_title) && !text.contains(own.erase.done_stands));
        assert!(buttons.is_empty());
    }
}

/// The night of the reservation, full but for its own places, and the next one free.
fn night_asked(session: ManageSession) {
    read(session, booked(Status::Confirmed, 1));
    session.dispatch(ManageEvent::ChangePressed(Question::Night));
    let days = [
        ("2026-12-05", DayStatus::SoldOut),
        ("2026-12-06", DayStatus::Available),
    ];
    let days = days.map(|(date, status)| Day {
        date: day(date),
        status,
    });
    let calendar = Calendar {
        days: days.to_vec(),
        first_available: None,
    };
    let month = day("2026-12-05").month();
    let query = CalendarQuery { month, party: 2 };
    changing(session, ChangeEvent::CalendarArrived(query, Ok(calendar)));
}

#[test]
fn the_guests_own_night_and_seating_are_hers_however_full() {
    let own = Locale::Es.messages();
    let html = page(Locale::Es, night_asked);
    assert_eq!(tags(&html, "h1").len(), 1);
    assert!(words(&html).contains(own.night.title));
    assert_eq!(values(&html, "aria-pressed"), ["true", "false"]);
    let html = page(Locale::Es, |session| {
        night_asked(session);
        changing(session, ChangeEvent::NightChosen(day("2026-12-05")));
        let query = EveningQuery {
            date: day("2026-12-05"),
            party: 2,
        };
        let slots = [
            slot("19", SlotStatus::SoldOut),
            slot("21", SlotStatus::SoldOut),
        ];
        let evening = Evening {
            slots: slots.to_vec(),
            alternatives: Vec::new(),
        };
        changing(session, ChangeEvent::EveningArrived(query, Ok(evening)));
    });
    let text = words(&html);
    assert!(
        text.contains(own.change.yours) && text.contains(own.time.full),
        "{text}"
    );
    assert!(!text.contains(own.time.none_title), "she has a table");
    assert_eq!(values(&html, "aria-pressed"), ["true"]);
}

/// Four instead of two, as it is sent.
fn four(session: ManageSession) -> Wish {
    read(session, booked(Status::Confirmed, 1));
    session.dispatch(ManageEvent::ChangePressed(Question::Party));
    changing(session, ChangeEvent::PartyChosen(4));
    changing(session, ChangeEvent::Confirmed);
    let access = reservation(Status::Confirmed).access;
    // While prerendering every key is empty.
    let key = booking::Key(String::new());
    Wish {
        access,
        version: 1,
        key,
        slot: None,
        party: Some(4),
        guests: None,
        plan: None,
        note: None,
    }
}

fn answered(locale: Locale, result: Result<Reservation, Failure>) -> String {
    page(locale, |session| {
        let sent = four(session);
        changing(session, ChangeEvent::Arrived(sent.key, result));
    })
}

#[test]
fn a_change_says_from_what_to_what() {
    for locale in Locale::ALL {
        let own = locale.messages();
        let html = page(locale, |session| {
            read(session, booked(Status::Confirmed, 1));
            session.dispatch(ManageEvent::ChangePressed(Question::Party));
            changing(session, ChangeEvent::PartyChosen(4));
        });
        let text = words(&html);
        let people = |n: &str| interno::i18n::fill(own.book.person_other, &[("n", n)]);
        let before = interno::i18n::fill(own.change.before, &[("old", &people("2"))]);
        assert!(
            text.contains(&people("4")) && text.contains(&before),
            "{text}"
        );
        assert_eq!(
            text.matches(own.change.same).count(),
            2,
            "night and time stay"
        );
        assert!(buttons(&html).contains(&own.change.yes.to_owned()));
    }
}

#[test]
fn each_way_a_change_can_end_has_its_words_and_its_way_on() {
    for locale in Locale::ALL {
        let own = locale.messages();
        let change = &own.change;
        let alternatives = vec![slot("21", SlotStatus::Available)];
        for (failure, title, way) in [
            (
                Failure::SlotTaken { alternatives },
                change.full_title,
                "19:00",
            ),
            (Failure::PartySize, change.refused_title, change.yes),
            (
                Failure::Refused(Vec::new()),
                change.refused_title,
                change.yes,
            ),
            (
                Failure::CutoffPassed,
                own.manage.too_late_title,
                own.manage.look_again,
            ),
            (
                Failure::NotFound,
                own.manage.not_found_title,
                own.book.retry,
            ),
        ] {
            let html = answered(locale, Err(failure));
            assert!(words(&html).contains(title), "{title}");
            let found = buttons(&html).iter().any(|name| name.starts_with(way));
            assert!(found, "{title}: {way} in {:?}", buttons(&html));
        }
        // Nothing can be pressed until it is known what became of it.
        let html = answered(locale, Err(Failure::Unreachable));
        assert!(words(&html).contains(change.checking_title));
        assert_eq!(buttons(&html), Vec::<String>::new());
        let mut changed = booked(Status::Confirmed, 1);
        changed.party = 4;
        changed.version = 2;
        let text = words(&answered(locale, Ok(changed)));
        assert!(text.contains(change.done_title), "{text}");
    }
}

#[test]
fn where_dishes_were_ordered_it_is_asked_who_stays_at_home() {
    let place = |name: &str| booking::Place {
        dishes: vec![PlannedDish {
            id: String::new(),
            name: name.into(),
        }],
        ..booking::Place::default()
    };
    let mut now = booked(Status::Confirmed, 1);
    now.plan = Plan {
        set: String::new(),
        places: vec![place("Mote de queso"), place(HOSTILE)],
    };
    let html = page(Locale::Es, |session| {
        read(session, now);
        session.dispatch(ManageEvent::ChangePressed(Question::Party));
        changing(session, ChangeEvent::PartyChosen(1));
    });
    require_escaped(&html);
    assert_eq!(tags(&html, "input").len(), 2);
    assert!(words(&html).contains("Mote de queso"));
    let own = Locale::Es.messages();
    assert_eq!(buttons(&html), [own.book.back], "first she says who");
}

#[test]
fn a_note_stays_text_and_is_in_its_field() {
    let mut now = booked(Status::Confirmed, 1);
    now.note = Note(HOSTILE.into());
    let html = page(Locale::En, |session| read(session, now.clone()));
    require_escaped(&html);
    let html = page(Locale::En, |session| {
        read(session, now);
        session.dispatch(ManageEvent::ChangePressed(Question::Note));
    });
    assert!(!html.contains("<script"), "{html}");
    assert_eq!(tags(&html, "textarea").len(), 1);
    assert_eq!(values(&html, "for"), ["note"]);
}

#[test]
fn served_and_without_a_link_the_page_asks_for_nothing() {
    let html = html(|| manage_page(Locale::Es));
    let own = Locale::Es.messages();
    assert!(words(&html).contains(own.manage.lead));
    let machine = Manage::default();
    assert!(!machine.has_access() && !machine.can_change());
}
