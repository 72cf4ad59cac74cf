//! What goes wrong, as it is read: in every state what happened, that nothing is lost, and a way on.

use booking::failure::Refusal;
use booking::rules::FieldId;
use booking::wizard::{Confirming, Holding};
use booking::{Consents, Evening, Event, Failure, Key, Slot, SlotStatus, Status, Step};
use interno::booking::session::Session;
use interno::i18n::Locale;

use super::{
    HOSTILE, chosen, evening, heard, held, html, reservation, slot, step_html, tags, values, words,
    written,
};

/// Every failure there is.
fn failures() -> Vec<Failure> {
    vec![
        Failure::SlotTaken {
            alternatives: Vec::new(),
        },
        Failure::HoldExpired {
            alternatives: Vec::new(),
        },
        Failure::HoldLimit,
        Failure::Refused(Vec::new()),
        Failure::PartySize,
        Failure::OutsideWindow,
        Failure::CutoffPassed,
        Failure::NotModifiable,
        Failure::NotFound,
        Failure::Changed,
        Failure::Busy {
            retry_after: Some(30),
        },
        Failure::KeyReused,
        Failure::Down,
        Failure::Unreachable,
        Failure::Lost,
        Failure::Malformed(HOSTILE.into()),
        Failure::Misconfigured(HOSTILE.into()),
    ]
}

/// The guest presses the seating of 19:00.
fn taking(session: Session) -> Key {
    let seatings = Evening {
        slots: vec![slot("19", SlotStatus::Available)],
        ..Evening::default()
    };
    evening(session, seatings);
    session.dispatch(Event::SlotChosen(slot("19", SlotStatus::Available).id));
    session
        .wizard()
        .with_untracked(|wizard| match wizard.holding() {
            Holding::Taking { key, .. } => Some(key.clone()),
            _ => None,
        })
        .unwrap()
}

/// Everything is answered and "book" was pressed.
fn confirming(session: Session) -> Key {
    written(session, "lucia@example.com");
    session.dispatch(Event::GuestChanged(
        booking::GuestField::Phone,
        "+57 300 555 0101".into(),
    ));
    session.dispatch(Event::ConsentChanged(Consents {
        privacy: true,
        ..Consents::default()
    }));
    session.dispatch(Event::ConfirmPressed);
    session
        .wizard()
        .with_untracked(|wizard| match wizard.confirming() {
            Confirming::Sending(key) => Some(key.clone()),
            _ => None,
        })
        .unwrap()
}

fn refused(session: Session, failure: Failure) {
    let key = confirming(session);
    session.dispatch(Event::ConfirmArrived(key, Err(failure)));
}

fn has_button(html: &str, label: &str) -> bool {
    html.contains(&format!(">{label}</button>"))
}

#[test]
fn a_seating_that_is_asked_for_says_so_and_the_answer_that_stays_out_can_be_asked_again() {
    let html = step_html(Step::Time, Locale::Es, |session| {
        taking(session);
    });
    assert_eq!(values(&html, "aria-busy"), ["true"]);
    assert!(words(&html).contains(Locale::Es.messages().time.taking));
    for failure in failures() {
        let html = step_html(Step::Time, Locale::Es, |session| {
            let key = taking(session);
            session.dispatch(Event::HoldArrived(key, Err(failure.clone())));
            // Where it is asked again by itself, this is the last time.
            for _ in 0..5 {
                let key = session
                    .wizard()
                    .with_untracked(|wizard| match wizard.holding() {
                        Holding::Taking { key, .. } => Some(key.clone()),
                        _ => None,
                    });
                let Some(key) = key else { break };
                session.dispatch(Event::HoldRetryDue(key.clone()));
                session.dispatch(Event::HoldArrived(key, Err(failure.clone())));
            }
        });
        let problem = Locale::Es.messages().problem.title;
        let gone = Locale::Es.messages().hold.gone_title;
        let said = words(&html);
        assert!(
            said.contains(problem) || said.contains(gone),
            "{failure:?}: {said}"
        );
        let again = has_button(&html, "Intentar otra vez");
        let elsewhere = values(&html, "href").contains(&"/es/reservar/noche/");
        assert!(again || elsewhere, "{failure:?}");
        assert!(!html.contains("alert("), "no answer's text is repeated");
    }
}

#[test]
fn an_evening_that_fails_is_said_with_a_way_to_ask_again() {
    for failure in failures() {
        let html = step_html(Step::Time, Locale::En, |session| {
            chosen(session);
            let query = booking::EveningQuery {
                date: super::day("2026-12-05"),
                party: 2,
            };
            session.dispatch(Event::EveningArrived(query, Err(failure.clone())));
        });
        assert!(has_button(&html, "Try again"), "{failure:?}");
        assert!(!html.contains("alert("), "no answer's text is repeated");
    }
}

#[test]
fn a_place_whose_time_is_over_is_taken_again_with_one_press_on_any_step() {
    let other = slot("21", SlotStatus::Available);
    let over = |alternatives: Vec<Slot>| {
        move |session: Session| {
            refused(session, Failure::HoldExpired { alternatives });
        }
    };
    for step in [Step::Dishes, Step::Guests, Step::Rules, Step::Check] {
        let html = step_html(step, Locale::Es, over(vec![other.clone()]));
        let said = words(&html);
        assert!(
            said.contains("Se acabó el tiempo para esta mesa"),
            "{step:?}"
        );
        assert!(has_button(&html, "Guardar otra vez la mesa de las 19:00"));
        assert!(
            values(&html, "class").contains(&"slot"),
            "another is offered"
        );
        assert!(values(&html, "href").contains(&"/es/reservar/noche/"));
    }
    let html = step_html(Step::Check, Locale::Es, over(Vec::new()));
    assert!(has_button(&html, "Guardar otra vez la mesa de las 19:00"));
}

#[test]
fn a_place_somebody_else_took_is_said_with_others_or_another_night() {
    let taken = |alternatives: Vec<Slot>| {
        step_html(Step::Check, Locale::Es, |session| {
            refused(session, Failure::SlotTaken { alternatives });
        })
    };
    let html = taken(vec![slot("21", SlotStatus::Available)]);
    assert!(words(&html).contains("Esa mesa la tomó alguien más"));
    assert!(values(&html, "class").contains(&"slot"));
    let html = taken(Vec::new());
    assert!(words(&html).contains(Locale::Es.messages().hold.gone_nothing));
    assert!(values(&html, "href").contains(&"/es/reservar/noche/"));
    assert!(
        !words(&html).contains("Confirmar la reserva"),
        "nothing to confirm"
    );
}

#[test]
fn a_tab_that_comes_back_says_what_it_looks_for_and_can_ask_again() {
    let saved = || {
        Event::Restored(booking::Saved {
            party: Some(2),
            date: Some(super::day("2026-12-05")),
            hold: Some(booking::SavedHold::Made {
                access: reservation(Status::OnHold).access,
                confirm_key: None,
                extensions_left: 2,
            }),
            ..booking::Saved::default()
        })
    };
    for step in [Step::Guests, Step::Check] {
        let html = step_html(step, Locale::Es, |session| session.dispatch(saved()));
        assert!(words(&html).contains("Buscando la mesa que guardó en esta pestaña"));
        let html = step_html(step, Locale::Es, |session| {
            session.dispatch(saved());
            let question = session.wizard().with_untracked(booking::Wizard::question);
            session.dispatch(Event::ReadArrived(question, Err(Failure::Unreachable)));
        });
        assert!(words(&html).contains("No llegó respuesta"), "{step:?}");
        assert!(has_button(&html, "Intentar otra vez"), "{step:?}");
    }
}

#[test]
fn while_a_confirmation_is_under_way_its_button_says_so_and_presses_nothing() {
    let html = step_html(Step::Check, Locale::Es, |session| {
        confirming(session);
    });
    let said = Locale::Es.messages().check.sending;
    assert!(has_button(&html, said), "{}", words(&html));
    assert_eq!(values(&html, "aria-disabled"), ["true"]);
}

#[test]
fn what_may_have_gone_through_is_being_checked_and_never_called_booked() {
    let unsure = [
        Failure::Down,
        Failure::Unreachable,
        Failure::Malformed(HOSTILE.into()),
        Failure::Busy { retry_after: None },
        Failure::Changed,
        Failure::NotModifiable,
        Failure::KeyReused,
    ];
    for failure in unsure {
        let html = step_html(Step::Check, Locale::Es, |session| {
            refused(session, failure.clone());
        });
        let said = words(&html);
        assert!(
            said.contains("Estamos comprobando si su reserva entró"),
            "{failure:?}"
        );
        assert!(!said.contains("Confirmada"));
        assert!(!html.contains("alert("), "no answer's text is repeated");
    }
}

#[test]
fn what_stays_unknown_is_said_with_a_way_to_ask_and_no_second_booking() {
    let html = step_html(Step::Check, Locale::Es, |session| {
        refused(session, Failure::Unreachable);
        for _ in 0..20 {
            let question = session.wizard().with_untracked(booking::Wizard::question);
            session.dispatch(Event::CheckDue(question));
            let question = session.wizard().with_untracked(booking::Wizard::question);
            session.dispatch(Event::ReadArrived(question, Err(Failure::Unreachable)));
        }
    });
    assert!(words(&html).contains("No sabemos todavía si su reserva entró"));
    assert!(has_button(&html, "Preguntar otra vez"));
}

#[test]
fn what_nobody_can_be_asked_about_sends_the_guest_to_her_mail_and_is_never_called_booked_or_not() {
    for locale in [Locale::Es, Locale::En] {
        let own = &locale.messages().checking;
        for step in [Step::Time, Step::Guests, Step::Check] {
            let html = step_html(step, locale, |session| refused(session, Failure::Lost));
            let said = words(&html);
            for told in [own.lost_title, own.lost_text] {
                assert_eq!(said.matches(told).count(), 1, "{step:?}: {said}");
            }
            assert!(has_button(&html, own.lost_came), "{step:?}");
            assert!(has_button(&html, own.lost_none), "{step:?}");
            // There is no place to speak of, and nothing that asks or sends again by itself.
            for label in [own.ask_again, locale.messages().check.confirm] {
                assert!(!has_button(&html, label), "{step:?}: {label}");
            }
            assert!(!said.contains(own.unknown_title) && !said.contains(own.not_booked_title));
            assert!(!said.contains(locale.messages().check.lead));
        }
    }
}

#[test]
fn what_is_not_booked_says_so_why_and_keeps_the_button() {
    for failure in failures() {
        let lost = matches!(
            failure,
            Failure::SlotTaken { .. } | Failure::HoldExpired { .. } | Failure::Lost
        );
        let unsure = failure.outcome_unknown()
            || matches!(
                failure,
                Failure::Changed | Failure::NotModifiable | Failure::KeyReused
            );
        if lost || unsure {
            continue;
        }
        let html = step_html(Step::Check, Locale::En, |session| {
            refused(session, failure.clone());
        });
        let said = words(&html);
        assert!(
            said.contains("Nothing is booked yet"),
            "{failure:?}: {said}"
        );
        assert!(has_button(&html, Locale::En.messages().check.confirm));
        assert!(!html.contains("alert("), "no answer's text is repeated");
    }
}

#[test]
fn a_field_the_server_refused_is_named_where_it_is_mended() {
    let html = step_html(Step::Guests, Locale::Es, |session| {
        let refusal = Refusal {
            pointer: "/guest/email".into(),
            code: "invalid".into(),
        };
        refused(session, Failure::Refused(vec![refusal]));
        session.wizard().with_untracked(|wizard| {
            let fields: Vec<_> = wizard.errors().iter().map(|error| error.field).collect();
            assert_eq!(fields, [FieldId::Guest(booking::GuestField::Email)]);
        });
    });
    assert!(values(&html, "id").contains(&"email-error"));
    assert_eq!(values(&html, "aria-invalid"), ["true"]);
}

#[test]
fn the_done_page_that_cannot_look_says_so_and_looks_again() {
    let html = step_html(Step::Done, Locale::Es, |session| {
        held(session);
        heard(session, reservation(Status::Confirmed));
    });
    assert_eq!(tags(&html, "h1").len(), 1);
    let html = html_of_an_unanswered_done();
    assert!(words(&html).contains("No llegó respuesta"));
    assert!(has_button(&html, "Intentar otra vez"));
}

fn html_of_an_unanswered_done() -> String {
    html(|| {
        let session = Session::new(interno::platform::location::Location::start());
        session.dispatch(Event::Restored(booking::Saved {
            hold: Some(booking::SavedHold::Made {
                access: reservation(Status::OnHold).access,
                confirm_key: None,
                extensions_left: 0,
            }),
            ..booking::Saved::default()
        }));
        let question = session.wizard().with_untracked(booking::Wizard::question);
        session.dispatch(Event::ReadArrived(question, Err(Failure::Unreachable)));
        interno::booking::steps::view(Step::Done, session, Locale::Es)
    })
}
