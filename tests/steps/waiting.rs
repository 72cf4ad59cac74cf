//! The waiting list: offered for a full night, and never taken for a table.

use super::*;
use booking::Failure;
use booking::rules::FieldId;
use interno::i18n::fill;

fn full_night(session: Session, waitlist: bool) {
    let mut venue = venue(1, 8);
    venue.capabilities.waitlist = waitlist;
    session.dispatch(Event::VenueArrived(Ok(venue)));
    let slots = vec![slot("19", SlotStatus::SoldOut)];
    let alternatives = vec![slot("next", SlotStatus::Available)];
    evening(
        session,
        Evening {
            slots,
            alternatives,
        },
    );
}

fn joining(session: Session) {
    full_night(session, true);
    session.dispatch(Event::WaitOpened);
    for (field, text) in GuestField::ALL.into_iter().zip([
        "Lucía",
        "Pérez Ríos",
        "lucia@example.com",
        "+57 300 555 0101",
    ]) {
        session.dispatch(Event::GuestChanged(field, text.into()));
    }
    let consents = session
        .wizard()
        .with_untracked(|wizard| wizard.consents_with(FieldId::Waiting, true));
    session.dispatch(Event::ConsentChanged(consents));
    session.dispatch(Event::WaitPressed);
}

fn answered(session: Session, result: Result<Access, Failure>) {
    let key = session
        .wizard()
        .with_untracked(|wizard| wizard.waiting().key());
    session.dispatch(Event::WaitArrived(key.unwrap(), result));
}

#[test]
fn a_full_night_offers_the_list_beside_other_tables_only_where_there_is_one() {
    for (waitlist, offered) in [(true, 1), (false, 0)] {
        let html = step_html(Step::Time, Locale::Es, |s| full_night(s, waitlist));
        let words_ = Locale::Es.messages();
        let text = words(&html);
        assert!(text.contains(words_.time.alternatives), "{text}");
        assert_eq!(text.matches(words_.waiting.open).count(), offered);
        assert!(tags(&html, "input").is_empty(), "nothing is asked yet");
    }
}

#[test]
fn the_form_asks_for_the_contact_and_a_consent_and_says_what_it_is_not() {
    let html = step_html(Step::Time, Locale::En, |session| {
        full_night(session, true);
        session.dispatch(Event::WaitOpened);
        session.dispatch(Event::WaitPressed);
    });
    let ids = ["given-name", "family-name", "email", "phone"];
    assert_eq!(values(&html, "for"), ids);
    let text = words(&html);
    let waiting = &Locale::En.messages().waiting;
    assert!(text.contains(waiting.honest) && text.contains(waiting.consent));
    assert!(!html.contains(" checked"), "nothing is ticked beforehand");
    assert!(values(&html, "href").contains(&"#waiting"), "{html}");
    assert_eq!(text.matches(waiting.missing).count(), 2);
}

#[test]
fn on_the_list_the_page_says_so_and_how_to_leave() {
    let html = step_html(Step::Time, Locale::Es, |session| {
        joining(session);
        let access = reservation(Status::OnHold).access;
        answered(session, Ok(access));
    });
    let waiting = &Locale::Es.messages().waiting;
    let text = words(&html);
    let said = fill(
        waiting.listed,
        &[("date", "2026-12-05"), ("party", "2 personas")],
    );
    assert!(text.contains(&said), "{text}");
    assert!(text.contains(waiting.leave) && !text.contains(waiting.open));
    assert!(tags(&html, "form").is_empty() && !html.contains("secret"));
}

fn reloaded(session: Session, wait: booking::WaitKept) {
    session.dispatch(Event::Restored(booking::Saved {
        waits: vec![booking::SavedWait {
            date: day("2026-12-05"),
            party: 2,
            wait,
        }],
        ..booking::Saved::default()
    }));
    full_night(session, true);
    // Until the seatings were asked for, nobody knows which night is on show.
    session.dispatch(Event::Returned);
}

#[test]
fn a_reload_says_that_the_place_stands_only_when_that_was_heard() {
    let waiting = &Locale::En.messages().waiting;
    let access = reservation(Status::OnHold).access;
    for (heard, said) in [
        (None, waiting.asking),
        (Some(Err(Failure::Unreachable)), waiting.unheard_title),
        (Some(Ok(())), waiting.listed_title),
        (Some(Err(Failure::NotFound)), waiting.left),
    ] {
        let html = step_html(Step::Time, Locale::En, |session| {
            let wait = booking::WaitKept::Listed {
                access: access.clone(),
                leaving: false,
            };
            reloaded(session, wait);
            if let Some(heard) = heard.clone() {
                session.dispatch(Event::WaitRead(access.clone(), heard));
            }
        });
        let text = words(&html);
        assert!(text.contains(said), "{said}: {text}");
        let sure = said == waiting.listed_title;
        assert_eq!(text.contains(waiting.listed_title), sure, "{text}");
        let leave = matches!(heard, Some(Ok(()) | Err(Failure::Unreachable)));
        assert_eq!(text.contains(waiting.leave), leave, "{text}");
    }
}

#[test]
fn a_reload_says_that_nobody_knows_and_leads_to_the_form() {
    let sent = booking::WaitKept::Sent {
        key: booking::Key("key-of-the-wish-0001".into()),
        language: booking::Language::Es,
    };
    let html = step_html(Step::Time, Locale::Es, |session| reloaded(session, sent));
    let waiting = &Locale::Es.messages().waiting;
    let text = words(&html);
    assert!(text.contains(waiting.unknown_title) && text.contains(waiting.again));
    assert!(!text.contains(waiting.open), "one way is enough: {text}");
    assert!(tags(&html, "form").is_empty());
}

#[test]
fn a_lost_answer_is_no_place_on_the_list() {
    for (failure, said) in [
        (
            Failure::Unreachable,
            Locale::Es.messages().waiting.unknown_title,
        ),
        (
            Failure::OutsideWindow,
            Locale::Es.messages().waiting.failed_title,
        ),
        (
            Failure::KeyReused,
            Locale::Es.messages().waiting.other_words,
        ),
    ] {
        let html = step_html(Step::Time, Locale::Es, |session| {
            joining(session);
            answered(session, Err(failure));
        });
        let text = words(&html);
        assert!(text.contains(said), "{text}");
        let listed = Locale::Es.messages().waiting.listed_title;
        assert!(!text.contains(listed));
        assert_eq!(
            values(&html, "role")
                .iter()
                .filter(|role| **role == "alert")
                .count(),
            1
        );
    }
}
