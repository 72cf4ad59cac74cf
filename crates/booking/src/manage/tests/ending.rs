//! Reading, cancelling and erasing.

use super::*;

fn shown(status: Status) -> Desk {
    Desk::showing(reservation("a", status))
}

fn answers(
    desk: &mut Desk,
    ending: Ending,
    result: Result<Reservation, Failure>,
) -> Vec<ManageEffect> {
    desk.then(ManageEvent::EndArrived(access("a"), ending, result))
}

#[test]
fn without_a_link_only_the_venue_is_asked_what_can_be_done() {
    let mut manage = Manage::default();
    let effects = manage.update(ManageEvent::Opened(None), &moment(1));
    assert_eq!(effects, [ManageEffect::FetchVenue]);
    assert!(!manage.has_access());
    let venue = ManageEvent::VenueArrived(Ok(venue(true)));
    assert_eq!(manage.update(venue, &moment(2)), []);
    assert_eq!(manage.update(ManageEvent::RetryPressed, &moment(3)), []);
    assert_eq!(manage.update(ManageEvent::Opened(None), &moment(4)), []);
}

#[test]
fn opening_the_same_link_again_asks_nothing_twice_and_shows_what_came_of_it_meanwhile() {
    let mut desk = Desk::opened("a");
    assert_eq!(desk.then(ManageEvent::Opened(Some(access("a")))), []);
    let mut desk = shown(Status::Confirmed);
    let effects = desk.then(ManageEvent::Opened(Some(access("a"))));
    assert_eq!(effects, [ManageEffect::Read(access("a"), 2)]);
    assert_eq!(desk.shown().status, Status::Confirmed, "still on show");
    desk.reads(Err(Failure::Unreachable));
    assert_eq!(desk.shown().status, Status::Confirmed);
    desk.then(ManageEvent::Opened(Some(access("a"))));
    desk.reads(Ok(reservation("a", Status::Cancelled)));
    assert_eq!(desk.shown().status, Status::Cancelled);
    let mut older = reservation("a", Status::Confirmed);
    older.version = 1;
    desk.then(ManageEvent::Opened(Some(access("a"))));
    desk.reads(Ok(older));
    assert_eq!(desk.shown().status, Status::Cancelled);
}

#[test]
fn giving_up_asks_first_and_is_sent_once() {
    for (ending, done) in [
        (Ending::Cancel, reservation("a", Status::Cancelled)),
        (
            Ending::Erase,
            Reservation {
                name: None,
                ..reservation("a", Status::Confirmed)
            },
        ),
    ] {
        let mut desk = shown(Status::Confirmed);
        assert_eq!(desk.then(ManageEvent::EndConfirmed), [], "nobody asked");
        desk.then(ManageEvent::EndPressed(ending));
        assert_eq!(desk.manage.doing(), &Doing::Ending(ending, Stage::Asking));
        let kept = desk.then(ManageEvent::Left);
        assert_eq!(kept, [ManageEffect::FocusHeading]);
        assert_eq!(desk.manage.doing(), &Doing::Nothing);
        desk.then(ManageEvent::EndPressed(ending));
        let sent = [ManageEffect::End(access("a"), ending)];
        assert_eq!(desk.then(ManageEvent::EndConfirmed), sent);
        for second in [
            ManageEvent::EndConfirmed,
            ManageEvent::EndPressed(Ending::Cancel),
            ManageEvent::EndPressed(Ending::Erase),
            ManageEvent::ChangePressed(Question::Party),
            ManageEvent::Left,
        ] {
            assert_eq!(desk.then(second.clone()), [], "{second:?}");
        }
        answers(&mut desk, ending, Ok(done.clone()));
        assert_eq!(desk.shown(), &done);
        assert!(!desk.manage.can_end(ending));
        assert!(!desk.manage.can_change() && !desk.manage.can_write());
    }
}

#[test]
fn a_lost_answer_is_read_before_it_is_asked_again() {
    for ending in [Ending::Cancel, Ending::Erase] {
        let mut desk = shown(Status::Confirmed);
        desk.then(ManageEvent::EndPressed(ending));
        desk.then(ManageEvent::EndConfirmed);
        answers(&mut desk, ending, Err(Failure::Unreachable));
        let failed = Stage::Failed(Failure::Unreachable);
        assert_eq!(desk.manage.doing(), &Doing::Ending(ending, failed));
        let read = [ManageEffect::Read(access("a"), 2)];
        assert_eq!(desk.then(ManageEvent::RetryPressed), read);
        assert_eq!(desk.manage.doing(), &Doing::Nothing);
    }
}

#[test]
fn what_is_over_cannot_be_cancelled_or_changed_but_erased() {
    for status in [
        Status::Cancelled,
        Status::Rejected,
        Status::Redeemed,
        Status::NoShow,
        Status::Unknown,
    ] {
        let mut desk = shown(status);
        desk.then(ManageEvent::EndPressed(Ending::Cancel));
        desk.then(ManageEvent::ChangePressed(Question::Party));
        desk.then(ManageEvent::ChangePressed(Question::Note));
        assert_eq!(desk.manage.doing(), &Doing::Nothing, "{status:?}");
        assert!(desk.manage.can_end(Ending::Erase), "{status:?}");
    }
    for status in [Status::OnHold, Status::Expired] {
        let nameless = Reservation {
            name: None,
            ..reservation("a", status)
        };
        assert!(!nameless.is_erased(), "{status:?}");
        let desk = Desk::showing(nameless);
        assert!(!desk.manage.can_end(Ending::Erase), "{status:?}");
        assert_eq!(
            desk.manage.can_end(Ending::Cancel),
            status == Status::OnHold
        );
    }
}

#[test]
fn after_the_cutoff_nothing_is_offered_but_words_to_the_house_and_being_forgotten() {
    let at = |hours: i64| {
        let server_ms = Some(NOW + hours * HOUR);
        let now = Reservation {
            server_ms,
            ..reservation("a", Status::Confirmed)
        };
        let desk = Desk::showing(now);
        [
            desk.manage.can_change(),
            desk.manage.can_end(Ending::Cancel),
            desk.manage.can_write(),
            desk.manage.can_end(Ending::Erase),
        ]
    };
    assert_eq!(at(24), [true; 4], "at the very moment it is still time");
    assert_eq!(at(25), [false, false, true, true]);
    assert_eq!(at(48), [false, false, false, true]);
}

#[test]
fn an_answer_for_another_link_is_not_shown_under_this_one() {
    let mut desk = Desk::opened("a");
    desk.then(ManageEvent::Opened(Some(access("b"))));
    let other = reservation("a", Status::Confirmed);
    desk.then(ManageEvent::ReadArrived(1, Ok(other)));
    assert!(desk.manage.reservation().is_loading());
    let own = reservation("b", Status::Confirmed);
    desk.reads(Ok(own.clone()));
    desk.then(ManageEvent::EndPressed(Ending::Cancel));
    desk.then(ManageEvent::EndConfirmed);
    answers(
        &mut desk,
        Ending::Cancel,
        Ok(reservation("a", Status::Cancelled)),
    );
    answers(&mut desk, Ending::Cancel, Err(Failure::Down));
    desk.then(ManageEvent::ReadArrived(1, Err(Failure::Down)));
    assert_eq!(desk.shown(), &own);
    let awaited = Doing::Ending(Ending::Cancel, Stage::Sending);
    assert_eq!(desk.manage.doing(), &awaited);
}

#[test]
fn an_answer_that_came_after_a_failure_is_taken() {
    let mut desk = Desk::opened("a");
    desk.reads(Err(Failure::Unreachable));
    let failed = Remote::Failed(Failure::Unreachable);
    assert_eq!(desk.manage.reservation(), &failed);
    let effects = desk.then(ManageEvent::RetryPressed);
    // The venue is asked again, too: without it nothing could be changed.
    assert_eq!(effects.len(), 2);
    desk.reads(Ok(reservation("a", Status::Pending)));
    assert_eq!(desk.shown().status, Status::Pending);
    desk.then(ManageEvent::VenueArrived(Ok(venue(true))));
    desk.then(ManageEvent::VenueArrived(Err(Failure::Down)));
    assert!(desk.manage.can_change());
}
