//! The steps: before anything is known, while something is asked for, and when it came or failed.

use super::*;
use booking::message::CalendarQuery;
use booking::{Consents, Failure};

#[test]
fn every_step_has_one_heading_that_can_take_the_focus_and_says_where_it_stands() {
    for step in Step::ALL {
        for locale in Locale::ALL {
            let html = step_html(step, locale, |_| {});
            assert_eq!(tags(&html, "h1"), [" tabindex=\"-1\""], "{step:?} {locale}");
            // How many there are, only the venue can say.
            let number = Step::ALL.iter().position(|one| *one == step).unwrap() + 1;
            let count = match locale {
                Locale::Es => format!("paso {number} "),
                Locale::En => format!("step {number} "),
            };
            let said = words(&html).contains(&count);
            assert_eq!(said, step != Step::Done, "{step:?} {locale}");
            assert!(!words(&html).contains(" de 7") && !words(&html).contains(" of 7"));
            // A shell is written long before anybody opens it: it names no night.
            let text = words(&html);
            let dated = ["202", "1970", "19:", "21:"];
            assert!(!dated.iter().any(|part| text.contains(part)), "{text}");
        }
    }
}

#[test]
fn the_steps_bars_say_what_is_done_and_what_there_is() {
    let bars = |html: &str| -> Vec<String> {
        let classes = values(html, "class").into_iter();
        let bars = classes.filter_map(|class| class.strip_prefix("is-"));
        bars.map(str::to_owned).collect()
    };
    let before = step_html(Step::Time, Locale::En, |_| {});
    let all = ["done", "done", "now", "next", "next", "next", "next"];
    assert_eq!(bars(&before), all);
    let known = step_html(Step::Time, Locale::En, |session| {
        session.dispatch(Event::VenueArrived(Ok(venue(1, 8))));
    });
    assert_eq!(bars(&known), all[..5]);
    assert!(words(&known).contains("step 3 of 5"), "{}", words(&known));
}

#[test]
fn party_sizes_are_plain_links() {
    for (locale, path) in [
        (Locale::Es, "/es/reservar/noche/?personas="),
        (Locale::En, "/en/book/night/?party="),
    ] {
        let html = step_html(Step::Party, locale, |_| {});
        let links: Vec<_> = values(&html, "href")
            .into_iter()
            .filter_map(|href| href.strip_prefix(path))
            .collect();
        assert_eq!(links, ["1", "2", "3", "4", "5", "6", "7", "8"]);
    }
}

#[test]
fn the_venue_decides_the_sizes_and_the_chosen_one_is_marked() {
    let html = step_html(Step::Party, Locale::En, |session| {
        session.dispatch(Event::Entered {
            step: Step::Party,
            prefill: Prefill {
                party: Some(3),
                ..Prefill::default()
            },
        });
        session.dispatch(Event::VenueArrived(Ok(venue(2, 4))));
    });
    let sizes = values(&html, "href")
        .into_iter()
        .filter(|href| href.contains("?party="));
    assert_eq!(sizes.count(), 3);
    assert_eq!(values(&html, "aria-current"), ["true"]);
}

#[test]
fn a_venue_that_does_not_answer_is_said_with_a_way_on() {
    let html = step_html(Step::Party, Locale::En, |session| {
        session.dispatch(Event::VenueArrived(Err(Failure::Unreachable)));
    });
    assert!(values(&html, "role").contains(&"alert"));
    let again = Locale::En.messages().book.retry;
    assert!(words(&html).contains(again), "{html}");
}

#[test]
fn nights_are_waited_for_shown_or_failed() {
    let nights = |session: Session, answer| {
        session.dispatch(Event::Entered {
            step: Step::Night,
            prefill: Prefill {
                party: Some(2),
                ..Prefill::default()
            },
        });
        let month = day("2026-12-05").month();
        session.dispatch(Event::MonthChosen(month));
        session.dispatch(Event::CalendarArrived(
            CalendarQuery { month, party: 2 },
            answer,
        ));
    };
    let waiting = step_html(Step::Night, Locale::Es, |_| {});
    assert!(values(&waiting, "role").contains(&"status"));
    let failed = step_html(Step::Night, Locale::Es, |s| nights(s, Err(Failure::Down)));
    assert!(values(&failed, "role").contains(&"alert"));
    let full = step_html(Step::Night, Locale::Es, |s| {
        nights(s, Ok(booking::Calendar::default()));
    });
    assert!(words(&full).contains("No hay noches libres en las fechas abiertas a reservas."));
}

#[test]
fn seatings_say_their_state_and_only_free_ones_are_buttons() {
    let html = step_html(Step::Time, Locale::En, |session| {
        let slots = vec![
            slot("19", SlotStatus::Limited),
            slot("21", SlotStatus::SoldOut),
        ];
        evening(
            session,
            Evening {
                slots,
                alternatives: Vec::new(),
            },
        );
    });
    assert_eq!(values(&html, "aria-pressed"), ["false"]);
    assert!(words(&html).contains(Locale::En.messages().time.few));
    assert!(words(&html).contains(Locale::En.messages().time.full));
}

/// A house with two parts.
fn with_areas() -> Venue {
    let area = |id: &str, name: &str, about: &str| booking::venue::Area {
        id: id.into(),
        name: Text {
            es: name.into(),
            en: name.into(),
        },
        description: Text {
            es: about.into(),
            en: about.into(),
        },
    };
    let mut venue = venue(1, 8);
    venue.areas = vec![
        area("patio", "Patio", HOSTILE),
        area("hall", "Salón", "Bajo techo."),
    ];
    venue
}

fn in_areas(session: Session, venue: Venue) {
    session.dispatch(Event::VenueArrived(Ok(venue)));
    let of = |id: &str, area: Option<&str>, status| Slot {
        area: area.map(str::to_owned),
        ..slot(id, status)
    };
    let slots = vec![
        of("h19", Some("hall"), SlotStatus::Available),
        of("p19", Some("patio"), SlotStatus::SoldOut),
        of("p21", Some("patio"), SlotStatus::Limited),
        of("roof", Some("roof"), SlotStatus::Available),
    ];
    let alternatives = Vec::new();
    evening(
        session,
        Evening {
            slots,
            alternatives,
        },
    );
}

#[test]
fn seatings_stand_under_the_part_of_the_house_they_are_in() {
    let html = step_html(Step::Time, Locale::Es, |s| in_areas(s, with_areas()));
    require_escaped(&html);
    assert_eq!(tags(&html, "h2").len(), 2);
    assert_eq!(tags(&html, "button").len(), 3, "none is lost");
    let text = words(&html);
    let order = [
        "Patio",
        "lleno",
        "pocas mesas",
        "Salón Bajo techo.",
        "libre",
    ];
    let places: Vec<_> = order.iter().map(|word| text.find(word).unwrap()).collect();
    assert!(places.is_sorted(), "{text}");
    // A button says it itself.
    assert!(text.contains("Hasta las 20:50. Salón libre"), "{text}");
    // Where there is no choice, nothing of it is said.
    let html = step_html(Step::Time, Locale::Es, |session| {
        let mut venue = with_areas();
        venue.areas.truncate(1);
        in_areas(session, venue);
    });
    assert!(tags(&html, "h2").is_empty() && !words(&html).contains("Patio"));
    assert_eq!(tags(&html, "button").len(), 3);
}

#[test]
fn the_part_of_the_house_is_in_every_summary() {
    let at = |step, status| {
        step_html(step, Locale::En, move |session| {
            held(session);
            session.dispatch(Event::VenueArrived(Ok(with_areas())));
            let mut there = reservation(status);
            there.slot.area = Some("hall".into());
            session.dispatch(Event::ExtendPressed);
            let key = session
                .wizard()
                .with_untracked(|wizard| match wizard.holding() {
                    booking::wizard::Holding::Held(hold) => hold.extending.clone(),
                    _ => None,
                });
            session.dispatch(Event::ExtendArrived(key.unwrap(), Ok(there)));
        })
    };
    let check = words(&at(Step::Check, Status::OnHold));
    assert!(check.contains("Area Salón Change : Area"), "{check}");
    assert!(check.contains("19:00 · Salón"), "the bar: {check}");
    let done = words(&at(Step::Done, Status::Confirmed));
    assert!(done.contains("Area Salón"), "{done}");
}

#[test]
fn a_full_night_offers_others() {
    let html = step_html(Step::Time, Locale::Es, |session| {
        let slots = vec![slot("19", SlotStatus::SoldOut)];
        let alternatives = vec![slot("next", SlotStatus::Available)];
        evening(
            session,
            Evening {
                slots,
                alternatives,
            },
        );
    });
    assert!(words(&html).contains("Otras mesas libres"));
    assert_eq!(tags(&html, "button").len(), 1);
}

#[test]
fn the_kept_place_shows_its_minutes_and_the_way_to_more() {
    for step in [
        Step::Time,
        Step::Dishes,
        Step::Guests,
        Step::Rules,
        Step::Check,
    ] {
        let html = step_html(step, Locale::Es, held);
        assert!(words(&html).contains("Pedir más tiempo"), "{step:?}");
    }
}

#[test]
fn fields_have_labels_reasons_and_autofill() {
    let html = step_html(Step::Guests, Locale::En, held);
    let ids = ["given-name", "family-name", "email", "phone"];
    assert_eq!(values(&html, "for")[..4], ids);
    assert_eq!(
        values(&html, "autocomplete"),
        ["given-name", "family-name", "email", "tel", "off"]
    );
    for id in ids {
        assert!(values(&html, "aria-describedby").contains(&format!("{id}-hint").as_str()));
    }
    assert!(values(&html, "aria-invalid").is_empty());
}

#[test]
fn errors_are_listed_linked_and_repeated_beside_their_fields() {
    let html = step_html(Step::Guests, Locale::Es, |session| {
        written(session, "");
        session.dispatch(Event::GuestsSubmitted);
    });
    assert!(values(&html, "class").contains(&"error-summary"));
    for id in ["given-name", "family-name", "email", "phone"] {
        assert!(values(&html, "href").contains(&format!("#{id}").as_str()));
        assert!(values(&html, "id").contains(&format!("{id}-error").as_str()));
    }
    assert_eq!(values(&html, "aria-invalid"), ["true"; 4]);
    let missing = Locale::Es.messages().guests.email_missing;
    assert_eq!(words(&html).matches(missing).count(), 2);
}

#[test]
fn the_check_shows_each_answer_with_the_way_to_change_it() {
    let html = step_html(Step::Check, Locale::En, |session| {
        written(session, "Lucía");
    });
    let ways = [
        "/en/book/",
        "/en/book/night/",
        "/en/book/time/",
        "/en/book/guests/",
    ];
    for way in ways {
        assert!(values(&html, "href").contains(&way), "{way}");
    }
    assert!(!html.contains(" checked"), "nothing is ticked beforehand");
    assert!(words(&html).contains("19:00"));
}

#[test]
fn the_missing_consent_is_said_beside_its_box() {
    let html = step_html(Step::Check, Locale::En, |session| {
        written(session, "lucia@example.com");
        session.dispatch(Event::GuestChanged(
            GuestField::Phone,
            "+57 300 555 0101".into(),
        ));
        session.dispatch(Event::Entered {
            step: Step::Check,
            prefill: Prefill::default(),
        });
        session.dispatch(Event::ConsentChanged(Consents::default()));
        session.dispatch(Event::ConfirmPressed);
    });
    assert!(values(&html, "href").contains(&"#privacy"));
    assert!(values(&html, "id").contains(&"privacy-error"));
}

#[test]
fn booked_shows_the_reference_and_the_link_whose_secret_is_in_the_fragment() {
    let html = step_html(Step::Done, Locale::En, |session| {
        held(session);
        heard(session, reservation(Status::Confirmed));
    });
    assert!(words(&html).contains("KTMWRB"));
    assert!(values(&html, "href").contains(&"/en/reservation/#r=r1&amp;t=secret"));
    assert_eq!(tags(&html, "h1").len(), 1);
}

#[test]
fn what_an_api_or_a_guest_wrote_stays_text() {
    let html = step_html(Step::Check, Locale::Es, |session| written(session, HOSTILE));
    require_escaped(&html);
    let html = step_html(Step::Done, Locale::Es, |session| {
        held(session);
        let mut hostile = reservation(Status::Confirmed);
        hostile.reference = HOSTILE.into();
        hostile.name = Some(HOSTILE.replace(' ', ""));
        hostile.access.id = HOSTILE.into();
        session.dispatch(Event::Restored(booking::Saved {
            party: Some(2),
            date: None,
            hold: Some(booking::SavedHold::Made {
                access: hostile.access.clone(),
                confirm_key: None,
                extensions_left: 0,
            }),
            ..booking::Saved::default()
        }));
        heard(session, hostile);
    });
    require_escaped(&html);
}

#[test]
fn the_window_says_error_first_where_something_has_to_be_mended() {
    use interno::pages::book::title;
    for locale in Locale::ALL {
        let error = locale.messages().guests.error;
        assert!(title(Step::Guests, locale, true).starts_with(error));
        assert!(!title(Step::Guests, locale, false).contains(error));
    }
}
