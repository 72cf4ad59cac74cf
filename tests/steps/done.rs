//! The end of a booking: what it says in each state, what is taken along, and what stays on the device.

use super::*;
use booking::venue::HouseRule;
use interno::booking::kept::Copy;
use interno::booking::manage::ManageSession;
use interno::booking::steps::{keep, take};
use interno::pages::kept;
use interno::pages::manage::links::lost;
use interno::routes::Route;

/// The answer, at a venue whose bookings are real or a rehearsal.
fn done(status: Status, trial: bool, locale: Locale) -> String {
    let mut venue = venue(1, 8);
    venue.trial = trial;
    done_at(status, Some(venue), locale)
}

fn done_at(status: Status, venue: Option<Venue>, locale: Locale) -> String {
    step_html(Step::Done, locale, |session| {
        held(session);
        if let Some(venue) = venue {
            session.dispatch(Event::VenueArrived(Ok(venue)));
        }
        heard(session, reservation(Status::Confirmed));
        // Looked at again later, it stands as it stands then.
        session.dispatch(Event::Entered {
            step: Step::Done,
            prefill: Prefill::default(),
        });
        heard(session, reservation(status));
    })
}

#[test]
fn that_the_link_goes_by_mail_is_said_only_where_it_does() {
    for locale in Locale::ALL {
        let said = &locale.messages().done;
        for mailed in [false, true] {
            let mut venue = venue(1, 8);
            venue.capabilities.messages = mailed;
            let text = words(&done_at(Status::Confirmed, Some(venue), locale));
            assert_eq!(text.contains(said.keep_mailed), mailed, "{text}");
            assert_eq!(text.contains(said.keep_text), !mailed, "{text}");
        }
        // Before the venue has answered nothing is promised.
        let text = words(&done_at(Status::Confirmed, None, locale));
        assert!(!text.contains(said.keep_mailed), "{text}");
    }
}

fn copy(reference: &str, pending: bool, trial: bool) -> Copy {
    Copy {
        access: reservation(Status::Confirmed).access,
        reference: reference.into(),
        date: day("2026-12-05"),
        time: LocalTime::new(19, 0).unwrap(),
        pending,
        trial,
        kept_on: day("2026-11-26"),
    }
}

#[test]
fn a_confirmed_table_says_so_and_can_be_taken_along() {
    for locale in Locale::ALL {
        let html = done(Status::Confirmed, false, locale);
        let (said, text) = (&locale.messages().done, words(&html));
        for word in [
            said.confirmed,
            "KTMWRB",
            said.calendar,
            said.share,
            said.print,
            said.copy_link,
            said.keep_copy,
            said.bring_unknown,
        ] {
            assert!(text.contains(word), "{word}: {text}");
        }
        assert!(text.contains("Lucía"), "{text}");
        for word in [
            said.pending,
            said.trial_state,
            said.no_table,
            said.kept_copy,
        ] {
            assert!(!text.contains(word), "{word}: {text}");
        }
        for place in ["#getting-there", "#house-rules"] {
            let way = [&Route::Visit.path(locale), place].concat();
            assert!(values(&html, "href").contains(&way.as_str()), "{way}");
        }
    }
}

#[test]
fn what_the_venue_has_yet_to_answer_is_not_called_confirmed() {
    let html = done(Status::Pending, false, Locale::En);
    let (said, text) = (&Locale::En.messages().done, words(&html));
    assert!(text.contains(said.pending) && text.contains(said.pending_text));
    assert!(!text.contains(said.confirmed), "{text}");
    assert!(!html.contains("M20 6 9 17l-5-5"), "nothing is ticked off");
}

#[test]
fn a_trial_promises_nothing() {
    for status in [Status::Confirmed, Status::Pending] {
        let text = words(&done(status, true, Locale::Es));
        let said = &Locale::Es.messages().done;
        assert!(text.contains(said.trial_state), "{text}");
        for word in [said.confirmed, said.pending, "Lucía"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
}

#[test]
fn what_is_over_has_a_shut_gate_and_nothing_to_take_along() {
    for status in [Status::Cancelled, Status::Rejected, Status::NoShow] {
        let html = done(status, false, Locale::En);
        let (said, text) = (&Locale::En.messages().done, words(&html));
        assert!(values(&html, "class").contains(&"done-art is-shut"));
        for word in [said.calendar, said.share, said.keep_copy, said.keep_title] {
            assert!(!text.contains(word), "{status:?} {word}: {text}");
        }
        for word in [said.open_manage, said.another] {
            assert!(text.contains(word), "{status:?} {word}: {text}");
        }
    }
    let html = done(Status::Confirmed, false, Locale::En);
    assert!(values(&html, "class").contains(&"done-art"), "open");
}

#[test]
fn nothing_goes_out_before_the_venue_has_said_whether_this_is_a_trial() {
    let text = words(&done_at(Status::Confirmed, None, Locale::En));
    let said = &Locale::En.messages().done;
    assert!(text.contains("KTMWRB") && text.contains(said.copy_link));
    for word in [said.calendar, said.share, said.keep_copy, said.confirmed] {
        assert!(!text.contains(word), "{word}: {text}");
    }
}

#[test]
fn a_reload_does_not_call_a_trial_confirmed_before_the_venue_answers() {
    for (trial, says) in [(true, "trial"), (false, "confirmed")] {
        let html = step_html(Step::Done, Locale::En, |session| {
            let booked = reservation(Status::Confirmed);
            session.dispatch(Event::Restored(booking::Saved {
                hold: Some(booking::SavedHold::Made {
                    access: booked.access.clone(),
                    confirm_key: None,
                    extensions_left: 0,
                }),
                trial: Some(trial),
                ..booking::Saved::default()
            }));
            heard(session, booked);
        });
        let (said, text) = (&Locale::En.messages().done, words(&html));
        assert_eq!(text.contains(said.trial_state), trial, "{says}: {text}");
        assert_eq!(text.contains(said.confirmed), !trial, "{says}: {text}");
    }
}

#[test]
fn what_to_bring_is_what_the_house_says_and_nothing_else() {
    let mut venue = venue(1, 8);
    venue.house_rules = vec![HouseRule {
        id: "document".into(),
        text: Text {
            es: HOSTILE.into(),
            en: HOSTILE.into(),
        },
        must_accept: true,
    }];
    let html = done_at(Status::Confirmed, Some(venue), Locale::En);
    require_escaped(&html);
    let (said, text) = (&Locale::En.messages().done, words(&html));
    assert!(text.contains(said.bring_rules) && !text.contains(said.bring_unknown));
}

#[test]
fn the_drawing_says_the_night_and_is_not_read_twice() {
    let html = done(Status::Confirmed, false, Locale::Es);
    let art = html.split_once("done-art").unwrap().1;
    let art = art.split_once("</svg>").unwrap().0;
    assert!(art.starts_with("\" aria-hidden=\"true\""), "{art}");
    for part in [">5</text>", ">19:00</text>"] {
        assert!(art.contains(part), "{art}");
    }
    assert!(!art.contains('{'), "every place is filled: {art}");
}

#[test]
fn what_is_shared_opens_nothing() {
    let booked = reservation(Status::Confirmed);
    for locale in Locale::ALL {
        for trial in [true, false] {
            let shared = take::invitation(&booked, trial, "Calle 39", locale);
            let (summary, description) = take::entry(&booked, trial, locale);
            assert!(shared.contains("19:00") && shared.contains("Calle 39"));
            assert!(description.contains("KTMWRB"));
            for text in [shared, summary, description] {
                let no_table = locale.messages().done.no_table;
                assert_eq!(text.starts_with(no_table), trial, "{text}");
                for secret in ["secret", "r1", "#r=", "Lucía", "Pérez"] {
                    assert!(!text.contains(secret), "{secret}: {text}");
                }
            }
        }
    }
    let (summary, _) = take::entry(&reservation(Status::Pending), false, Locale::En);
    assert!(summary.starts_with("Not confirmed: "), "{summary}");
}

#[test]
fn a_copy_is_offered_or_said_to_be_there_with_the_way_to_be_rid_of_it() {
    for locale in Locale::ALL {
        let said = &locale.messages().done;
        let list = Route::Manage.path(locale);
        let show = |is_kept| html(|| keep::copy_box(is_kept, Callback::new(|()| ()), locale));
        let (offered, kept) = (show(false), show(true));
        assert!(words(&offered).contains(said.keep_copy));
        assert!(!words(&offered).contains(said.kept_copy));
        assert!(values(&offered, "href").is_empty());
        assert!(words(&kept).contains(said.kept_copy) && words(&kept).contains(said.drop_copy));
        assert_eq!(values(&kept, "href"), [list.as_str()]);
        for html in [offered, kept] {
            assert!(words(&html).contains(said.keep_copy_text), "where and what");
            assert!(values(&html, "role").contains(&"status"));
        }
    }
}

#[test]
fn copies_say_how_they_stood_and_can_be_opened_or_dropped() {
    let copies = [
        copy("AAAAAA", false, false),
        copy("BBBBBB", true, false),
        copy("CCCCCC", false, true),
        copy(HOSTILE, true, true),
    ];
    let away: kept::Drop = std::sync::Arc::new(|_| ());
    let html = html(|| kept::list(&copies, &away, Locale::En));
    require_escaped(&html);
    let text = words(&html);
    for part in [
        "Confirmed, by the copy of 2026-11-26 Open booking AAAAAA Remove the copy of AAAAAA",
        "No answer yet, by the copy of 2026-11-26 Open booking BBBBBB",
        "A trial, by the copy of 2026-11-26 Open booking CCCCCC",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let ways = values(&html, "href");
    assert_eq!(ways, ["/en/reservation/#r=r1&amp;t=secret"; 4]);
}

#[test]
fn without_a_link_or_javascript_it_is_said_what_is_needed_and_whom_to_ask() {
    for locale in Locale::ALL {
        let said = &locale.messages().manage;
        let lost = || {
            let session = ManageSession::new(Session::new(Location::start()));
            session
                .manage()
                .with(|manage| lost(manage, session, locale))
        };
        let app = html(|| kept::without_link(lost(), locale));
        let served = html(|| kept::without_script(locale).part());
        for html in [&app, &served] {
            let text = words(html);
            for word in [said.no_link_title, said.no_link, said.lost_title] {
                assert!(text.contains(word), "{word}: {text}");
            }
            let book = Route::Book(Step::Party).path(locale);
            assert!(values(html, "href").contains(&book.as_str()));
        }
        assert!(words(&served).contains(said.noscript));
        assert!(!words(&app).contains(said.noscript));
        assert!(!words(&app).contains(said.copies_title), "there are none");
    }
}
