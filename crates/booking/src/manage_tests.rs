//! The manage page: reads, asks, cancels, and does not mix up two links.

use super::{Cancelling, Manage, ManageEffect, ManageEvent};
use crate::*;

fn access(id: &str) -> Access {
    Access {
        id: id.into(),
        token: format!("token-of-{id}"),
    }
}

fn reservation(id: &str, status: Status) -> Reservation {
    let date = Date::parse("2026-12-05").unwrap();
    Reservation {
        access: access(id),
        reference: "KTMWRB".into(),
        status,
        version: 2,
        slot: Slot {
            id: SlotId("19".into()),
            date,
            starts: LocalTime::new(19, 0).unwrap(),
            ends: None,
            starts_ms: 0,
            area: None,
            ends_ms: None,
            status: SlotStatus::Closed,
            confirmed_later: false,
            cancellable_until_ms: None,
        },
        party: 2,
        expires_ms: None,
        server_ms: None,
        name: None,
        plan: Plan::default(),
    }
}

fn opened(id: &str) -> Manage {
    let mut manage = Manage::default();
    let effects = manage.update(ManageEvent::Opened(Some(access(id))));
    assert_eq!(effects[0], ManageEffect::Read(access(id)));
    manage
}

fn shown(id: &str, status: Status) -> Manage {
    let mut manage = opened(id);
    manage.update(ManageEvent::ReadArrived(Ok(reservation(id, status))));
    manage
}

#[test]
fn without_a_link_nothing_is_asked_for() {
    let mut manage = Manage::default();
    assert_eq!(manage.update(ManageEvent::Opened(None)), []);
    assert!(!manage.has_access());
    assert_eq!(manage.update(ManageEvent::RetryPressed), []);
}

#[test]
fn opening_the_same_link_again_asks_nothing() {
    let mut manage = opened("a");
    assert_eq!(manage.update(ManageEvent::Opened(Some(access("a")))), []);
}

#[test]
fn cancelling_asks_first_and_is_sent_once() {
    let mut manage = shown("a", Status::Confirmed);
    assert_eq!(
        manage.update(ManageEvent::CancelConfirmed),
        [],
        "nobody asked"
    );
    manage.update(ManageEvent::CancelPressed);
    assert_eq!(manage.cancelling(), &Cancelling::Asking);
    manage.update(ManageEvent::KeepPressed);
    assert_eq!(manage.cancelling(), &Cancelling::Idle);
    manage.update(ManageEvent::CancelPressed);
    let sent = [ManageEffect::Cancel(access("a"))];
    assert_eq!(manage.update(ManageEvent::CancelConfirmed), sent);
    assert_eq!(manage.update(ManageEvent::CancelConfirmed), []);
    assert_eq!(manage.update(ManageEvent::CancelPressed), []);
    let done = reservation("a", Status::Cancelled);
    manage.update(ManageEvent::CancelArrived(Ok(done.clone())));
    assert_eq!(manage.reservation(), &Remote::Ready(done));
    assert!(!manage.can_cancel());
}

#[test]
fn a_lost_answer_to_a_cancellation_is_read_before_it_is_asked_again() {
    let mut manage = shown("a", Status::Confirmed);
    manage.update(ManageEvent::CancelPressed);
    manage.update(ManageEvent::CancelConfirmed);
    manage.update(ManageEvent::CancelArrived(Err(Failure::Unreachable)));
    assert_eq!(
        manage.cancelling(),
        &Cancelling::Failed(Failure::Unreachable)
    );
    let read = [ManageEffect::Read(access("a"))];
    assert_eq!(manage.update(ManageEvent::RetryPressed), read);
}

#[test]
fn what_is_over_cannot_be_cancelled() {
    for status in [
        Status::Expired,
        Status::Cancelled,
        Status::Rejected,
        Status::Redeemed,
        Status::NoShow,
        Status::Unknown,
    ] {
        let mut manage = shown("a", status);
        manage.update(ManageEvent::CancelPressed);
        assert_eq!(manage.cancelling(), &Cancelling::Idle, "{status:?}");
    }
}

#[test]
fn an_answer_for_another_link_is_not_shown_under_this_one() {
    let mut manage = opened("a");
    manage.update(ManageEvent::Opened(Some(access("b"))));
    manage.update(ManageEvent::ReadArrived(Ok(reservation(
        "a",
        Status::Confirmed,
    ))));
    assert!(manage.reservation().is_loading());
    let own = reservation("b", Status::Confirmed);
    manage.update(ManageEvent::ReadArrived(Ok(own.clone())));
    let cancelled = reservation("a", Status::Cancelled);
    manage.update(ManageEvent::CancelArrived(Ok(cancelled)));
    manage.update(ManageEvent::CancelArrived(Err(Failure::Down)));
    manage.update(ManageEvent::ReadArrived(Err(Failure::Down)));
    assert_eq!(manage.reservation(), &Remote::Ready(own));
    assert_eq!(manage.cancelling(), &Cancelling::Idle);
}

#[test]
fn an_answer_that_came_after_a_failure_is_taken() {
    let mut manage = opened("a");
    manage.update(ManageEvent::ReadArrived(Err(Failure::Unreachable)));
    assert_eq!(manage.reservation(), &Remote::Failed(Failure::Unreachable));
    manage.update(ManageEvent::RetryPressed);
    let own = reservation("a", Status::Pending);
    manage.update(ManageEvent::ReadArrived(Ok(own.clone())));
    assert_eq!(manage.reservation(), &Remote::Ready(own));
}
