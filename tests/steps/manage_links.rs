//! The page of a booking without its link: what is said and asked where the venue mails links, and where it
//! does not.

use super::manage::buttons;
use super::*;
use booking::Failure;
use booking::manage::ManageEvent;
use interno::booking::manage::ManageSession;
use interno::i18n::fill;
use interno::pages::manage::{shown, title};
use interno::platform::location::Place;
use interno::routes::Route;

const EMAIL: &str = "lucia@example.com";

/// The page opened without a link, at a venue that mails them, or does not, or has not answered.
fn page(locale: Locale, mails: Option<bool>, happened: impl FnOnce(ManageSession)) -> String {
    html(|| {
        let session = ManageSession::new(Session::new(Location::start()));
        session.opened(&Place::default());
        if let Some(messages) = mails {
            let mut venue = venue(1, 8);
            venue.capabilities.messages = messages;
            session.dispatch(ManageEvent::VenueArrived(Ok(venue)));
        }
        happened(session);
        shown(true, session, locale)
    })
}

fn asked(session: ManageSession, email: &str) {
    session.dispatch(ManageEvent::LinksWritten(email.into()));
    session.dispatch(ManageEvent::LinksPressed);
}

fn answered(locale: Locale, email: &str, result: Result<(), Failure>) -> String {
    page(locale, Some(true), |session| {
        asked(session, email);
        session.dispatch(ManageEvent::LinksArrived(email.into(), result));
    })
}

#[test]
fn nothing_is_promised_that_the_venue_does_not_do() {
    for locale in Locale::ALL {
        let own = &locale.messages().manage;
        for (mails, form, none) in [
            (Some(true), true, false),
            (Some(false), false, true),
            (None, false, false),
        ] {
            let html = page(locale, mails, |_| {});
            let text = words(&html);
            assert_eq!(buttons(&html).contains(&own.links_send.to_owned()), form);
            assert_eq!(tags(&html, "form").len(), usize::from(form));
            assert_eq!(text.contains(own.no_other), none, "{text}");
            for always in [own.no_link_title, own.link_last, own.lost_title] {
                assert!(text.contains(always), "{always}: {text}");
            }
            let book = Route::Book(Step::Party).path(locale);
            assert!(values(&html, "href").contains(&book.as_str()));
        }
    }
}

#[test]
fn one_field_with_its_label_its_reason_and_its_kind() {
    let html = page(Locale::Es, Some(true), |_| {});
    let words_ = Locale::Es.messages();
    let inputs = tags(&html, "input");
    assert_eq!(inputs.len(), 1);
    for part in [
        "id=\"email\"",
        "type=\"email\"",
        "autocomplete=\"email\"",
        "aria-describedby=\"email-hint\"",
    ] {
        assert!(inputs[0].contains(part), "{part}: {}", inputs[0]);
    }
    assert_eq!(values(&html, "for"), ["email"]);
    assert!(words(&html).contains(words_.manage.links_hint));
    assert_eq!(
        values(&html, "method"),
        ["dialog"],
        "sent nowhere by itself"
    );
}

#[test]
fn an_error_stands_above_and_beside_and_in_the_title() {
    for locale in Locale::ALL {
        let messages = locale.messages();
        for (email, said) in [
            ("", messages.guests.email_missing),
            ("lucia", messages.guests.email_invalid),
        ] {
            let html = page(locale, Some(true), |session| asked(session, email));
            assert_eq!(words(&html).matches(said).count(), 2, "{said}");
            assert!(values(&html, "href").contains(&"#email"));
            assert_eq!(values(&html, "aria-invalid"), ["true"]);
            let described = values(&html, "aria-describedby");
            assert_eq!(described, ["email-hint email-error"]);
        }
        assert!(title(locale, true).starts_with(messages.guests.error));
    }
}

#[test]
fn while_it_is_sent_the_button_says_so() {
    let html = page(Locale::En, Some(true), |session| asked(session, EMAIL));
    let own = &Locale::En.messages().manage;
    assert!(buttons(&html).contains(&own.links_sending.to_owned()));
    assert_eq!(values(&html, "aria-busy"), ["true"]);
}

#[test]
fn the_answer_names_the_address_and_says_what_if_nothing_comes() {
    for locale in Locale::ALL {
        let own = &locale.messages().manage;
        let html = answered(locale, EMAIL, Ok(()));
        let text = words(&html);
        let taken = fill(own.links_taken, &[("email", EMAIL)]);
        for said in [&taken, own.links_same, own.links_none] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(buttons(&html).contains(&own.links_again.to_owned()));
        assert!(tags(&html, "form").is_empty(), "it was asked");
        assert!(values(&html, "role").contains(&"status"));
    }
    require_escaped(&answered(
        Locale::En,
        &[HOSTILE, "@example.com"].concat().replace(' ', ""),
        Ok(()),
    ));
}

#[test]
fn each_failure_has_its_words_and_leaves_the_form() {
    for locale in Locale::ALL {
        let messages = locale.messages();
        let own = &messages.manage;
        let minutes = |message: &str, n: &str| fill(message, &[("n", n)]);
        let busy = |seconds| Failure::Busy {
            retry_after: Some(seconds),
        };
        for (failure, said) in [
            (
                Failure::Unreachable,
                messages.problem.unreachable.to_owned(),
            ),
            (Failure::Down, messages.problem.down.to_owned()),
            (busy(20), minutes(own.links_wait_one, "1")),
            (busy(61), minutes(own.links_wait, "2")),
            (
                Failure::Busy { retry_after: None },
                messages.problem.busy.to_owned(),
            ),
        ] {
            let html = answered(locale, EMAIL, Err(failure));
            assert!(words(&html).contains(&said), "{said}");
            assert!(values(&html, "role").contains(&"alert"));
            assert!(buttons(&html).contains(&own.links_send.to_owned()));
        }
    }
}
