//! Lost links: asked for once, for an address, and told the same whoever has booked.

use super::*;
use crate::failure::Refusal;
use crate::rules::Reason;

const EMAIL: &str = "lucia@example.com";

/// The page without a link, at a venue that mails them or does not.
fn without_link(messages: bool) -> Desk {
    let manage = Manage::default();
    let mut desk = Desk { manage, keys: 0 };
    desk.then(ManageEvent::Opened(None));
    let mut venue = venue(true);
    venue.capabilities.messages = messages;
    desk.then(ManageEvent::VenueArrived(Ok(venue)));
    desk
}

impl Desk {
    fn writes(&mut self, email: &str) {
        let effects = self.then(ManageEvent::LinksWritten(email.into()));
        assert_eq!(effects, []);
    }

    /// Sends an address that can be one.
    fn asks(&mut self, email: &str) {
        self.writes(email);
        let sent = ManageEffect::AskLinks(email.trim().into());
        assert_eq!(self.then(ManageEvent::LinksPressed), [sent]);
        assert_eq!(self.stage(), Request::Sending);
    }

    fn hears(&mut self, result: Result<(), Failure>) -> Vec<ManageEffect> {
        self.then(ManageEvent::LinksArrived(EMAIL.into(), result))
    }

    fn stage(&self) -> Request {
        self.manage.links().stage().clone()
    }
}

#[test]
fn what_can_be_no_address_is_said_and_not_sent() {
    let mut desk = without_link(true);
    for (email, reason) in [
        ("", Reason::Missing),
        ("  ", Reason::Missing),
        ("lucia", Reason::Invalid),
        (
            &["a".repeat(200).as_str(), "@b.co"].concat(),
            Reason::TooLong,
        ),
    ] {
        desk.writes(email);
        let effects = desk.then(ManageEvent::LinksPressed);
        assert_eq!(effects, [ManageEffect::FocusErrors], "{email}");
        assert_eq!(desk.manage.links().wrong(), Some(reason), "{email}");
    }
    // While it is being mended it is not called mended.
    desk.writes("lucia@");
    assert!(desk.manage.links().wrong().is_some());
    desk.asks(" lucia@example.com ");
    assert_eq!(desk.manage.links().wrong(), None);
}

#[test]
fn a_second_tap_sends_nothing_and_the_answer_names_what_was_sent() {
    let mut desk = without_link(true);
    desk.asks(EMAIL);
    assert_eq!(desk.then(ManageEvent::LinksPressed), []);
    // What is written meanwhile was not asked for.
    desk.writes("somebody@example.com");
    assert_eq!(desk.hears(Ok(())), [ManageEffect::FocusNotice]);
    assert_eq!(desk.stage(), Request::Taken(EMAIL.into()));
    assert_eq!(desk.hears(Err(Failure::Down)), [], "an answer comes once");
    assert_eq!(desk.stage(), Request::Taken(EMAIL.into()));
    let again = desk.then(ManageEvent::LinksAgain);
    assert_eq!(again, [ManageEffect::FocusField]);
    desk.asks("somebody@example.com");
}

#[test]
fn a_failure_is_told_and_the_same_address_may_be_sent_again() {
    for failure in [
        Failure::Unreachable,
        Failure::Down,
        Failure::Busy {
            retry_after: Some(60),
        },
    ] {
        let mut desk = without_link(true);
        desk.asks(EMAIL);
        let effects = desk.hears(Err(failure.clone()));
        assert_eq!(effects, [ManageEffect::FocusNotice]);
        assert_eq!(desk.stage(), Request::Failed(failure));
        assert_eq!(desk.manage.links().email(), EMAIL);
        desk.asks(EMAIL);
    }
}

#[test]
fn an_address_the_server_refuses_is_an_error_of_the_field() {
    let mut desk = without_link(true);
    desk.asks(EMAIL);
    let refusal = Refusal {
        pointer: "/email".into(),
        code: "invalid".into(),
    };
    let effects = desk.hears(Err(Failure::Refused(vec![refusal])));
    assert_eq!(effects, [ManageEffect::FocusErrors]);
    assert_eq!(desk.manage.links().wrong(), Some(Reason::Invalid));
    assert_eq!(desk.stage(), Request::Not);
}

#[test]
fn where_nobody_mails_nothing_is_sent() {
    for mut desk in [
        without_link(false),
        Desk {
            manage: Manage::default(),
            keys: 0,
        },
    ] {
        desk.writes(EMAIL);
        assert_eq!(desk.then(ManageEvent::LinksPressed), []);
        assert_eq!(desk.stage(), Request::Not);
    }
}

#[test]
fn the_page_in_the_other_language_keeps_what_was_written_and_a_link_forgets_it() {
    let mut desk = without_link(true);
    desk.writes(EMAIL);
    assert_eq!(desk.then(ManageEvent::Opened(None)), []);
    assert_eq!(desk.manage.links().email(), EMAIL);
    desk.then(ManageEvent::Opened(Some(access("a"))));
    assert_eq!(desk.manage.links().email(), "");
}
