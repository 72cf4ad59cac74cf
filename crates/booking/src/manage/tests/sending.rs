//! A change on its way: answered, refused, lost.

use super::*;

/// Four people instead of two: sent.
fn sent() -> (Desk, Wish) {
    let mut desk = Desk::showing(reservation("a", Status::Confirmed));
    desk.then(ManageEvent::ChangePressed(Question::Party));
    desk.change(ChangeEvent::PartyChosen(4));
    let wish = desk.sends();
    (desk, wish)
}

fn answered(result: Result<Reservation, Failure>) -> (Desk, Wish, Vec<ManageEffect>) {
    let (mut desk, wish) = sent();
    let effects = desk.change(ChangeEvent::Arrived(wish.key.clone(), result));
    (desk, wish, effects)
}

fn changed() -> Reservation {
    Reservation {
        party: 4,
        version: 3,
        ..reservation("a", Status::Confirmed)
    }
}

#[test]
fn what_the_server_answers_is_shown_and_said() {
    let (mut desk, _, effects) = answered(Ok(changed()));
    assert_eq!(effects, [ManageEffect::FocusNotice]);
    assert_eq!(desk.shown(), &changed());
    assert!(desk.manage.has_changed());
    desk.then(ManageEvent::ChangePressed(Question::Party));
    assert!(!desk.manage.has_changed(), "that was before");
}

#[test]
fn a_second_tap_or_a_change_of_mind_sends_nothing_more() {
    let (mut desk, wish) = sent();
    for event in [
        ChangeEvent::Confirmed,
        ChangeEvent::PartyChosen(5),
        ChangeEvent::Back,
        ChangeEvent::Asked(Question::Night),
    ] {
        assert_eq!(desk.change(event.clone()), [], "{event:?}");
    }
    assert_eq!(desk.then(ManageEvent::Left), []);
    assert_eq!(
        desk.change(ChangeEvent::Arrived(key(999), Ok(changed()))),
        []
    );
    assert_eq!(desk.shown().party, 2, "an answer to something else");
    desk.change(ChangeEvent::Arrived(wish.key, Ok(changed())));
    assert_eq!(desk.shown().party, 4);
}

#[test]
fn a_lost_answer_is_looked_for_and_found() {
    let (mut desk, _, effects) = answered(Err(Failure::Unreachable));
    let looks = [
        ManageEffect::Read(access("a"), 2),
        ManageEffect::FocusNotice,
    ];
    assert_eq!(effects, looks);
    assert_eq!(desk.making().sending(), &Sending::Checking(0));
    assert_eq!(
        desk.change(ChangeEvent::Confirmed),
        [],
        "not while it is looked for"
    );
    desk.reads(Ok(changed()));
    assert_eq!(desk.shown(), &changed());
    assert!(desk.manage.has_changed());
}

#[test]
fn what_was_not_changed_is_sent_again_as_the_same_request() {
    let (mut desk, wish, _) = answered(Err(Failure::Down));
    desk.reads(Ok(reservation("a", Status::Confirmed)));
    assert_eq!(desk.making().sending(), &Sending::NotDone);
    assert_eq!(desk.sends(), wish);
    // Another wish is another request.
    desk.change(ChangeEvent::Arrived(wish.key.clone(), Err(Failure::Down)));
    desk.reads(Ok(reservation("a", Status::Confirmed)));
    desk.change(ChangeEvent::PartyChosen(5));
    assert_ne!(desk.sends().key, wish.key);
}

#[test]
fn where_nobody_answers_it_says_so_and_looks_before_it_sends() {
    let (mut desk, _, _) = answered(Err(Failure::Unreachable));
    for (ms, question) in [(1_000, 2), (2_000, 3)] {
        let later = ManageEffect::CheckLater { ms, question };
        assert_eq!(desk.reads(Err(Failure::Unreachable)), [later]);
        let due = desk.change(ChangeEvent::CheckDue(question));
        assert_eq!(due, [ManageEffect::Read(access("a"), question + 1)]);
        assert_eq!(desk.change(ChangeEvent::CheckDue(question)), [], "once");
    }
    desk.reads(Err(Failure::Unreachable));
    assert_eq!(desk.making().sending(), &Sending::Unknown);
    for event in [ChangeEvent::PartyChosen(6), ChangeEvent::Back] {
        assert_eq!(desk.change(event.clone()), [], "{event:?}");
    }
    let looks = ManageEffect::Read(access("a"), 5);
    assert_eq!(desk.change(ChangeEvent::Confirmed)[0], looks);
    desk.reads(Ok(changed()));
    assert_eq!(desk.shown(), &changed());
}

#[test]
fn whoever_leaves_in_doubt_reads_what_there_is() {
    let (mut desk, _, _) = answered(Err(Failure::Unreachable));
    for _ in 0..3 {
        desk.reads(Err(Failure::Unreachable));
        let question = desk.manage.asked;
        desk.change(ChangeEvent::CheckDue(question));
    }
    let read = desk.then(ManageEvent::Left);
    assert_eq!(read, [ManageEffect::Read(access("a"), desk.manage.asked)]);
    assert!(desk.manage.reservation().is_loading());
}

#[test]
fn a_seating_that_went_to_others_offers_more_and_the_old_one_stays() {
    let alternatives = vec![slot("05-21")];
    let (mut desk, wish, effects) = answered(Err(Failure::SlotTaken { alternatives }));
    assert_eq!(effects, [ManageEffect::FocusNotice]);
    assert_eq!(desk.shown(), &reservation("a", Status::Confirmed));
    desk.change(ChangeEvent::SlotChosen(SlotId("nonsense".into())));
    desk.change(ChangeEvent::SlotChosen(SlotId("05-21".into())));
    assert_eq!(desk.making().question(), Question::Review);
    let next = desk.sends();
    assert_eq!(
        (next.slot, next.party),
        (Some(SlotId("05-21".into())), Some(4))
    );
    assert_ne!(next.key, wish.key, "a refusal is remembered with its key");
}

#[test]
fn what_changed_elsewhere_is_read_and_shown_before_anything_is_sent_again() {
    let (mut desk, wish, effects) = answered(Err(Failure::Changed));
    assert_eq!(effects[0], ManageEffect::Read(access("a"), 2));
    let mut elsewhere = reservation("a", Status::Confirmed);
    elsewhere.slot = slot("06-19");
    elsewhere.version = 3;
    desk.reads(Ok(elsewhere.clone()));
    assert_eq!(desk.shown(), &elsewhere);
    assert_eq!(desk.making().sending(), &Sending::Refused(Failure::Changed));
    let next = desk.sends();
    assert_eq!((next.version, next.party, next.slot), (3, Some(4), None));
    assert_ne!(next.key, wish.key);
}

#[test]
fn what_was_cancelled_elsewhere_is_shown_as_that() {
    let (mut desk, _, _) = answered(Err(Failure::Changed));
    let mut over = reservation("a", Status::Cancelled);
    over.version = 3;
    desk.reads(Ok(over.clone()));
    assert_eq!(desk.shown(), &over);
    assert_eq!(desk.manage.doing(), &Doing::Nothing);
    assert!(!desk.manage.has_changed());
}

#[test]
fn too_late_is_read_from_the_server_and_an_unknown_link_is_said() {
    let (mut desk, _, _) = answered(Err(Failure::CutoffPassed));
    assert_eq!(
        desk.making().sending(),
        &Sending::Refused(Failure::CutoffPassed)
    );
    let read = desk.then(ManageEvent::RetryPressed);
    assert_eq!(read, [ManageEffect::Read(access("a"), 2)]);
    assert_eq!(desk.manage.doing(), &Doing::Nothing);
    let (desk, _, _) = answered(Err(Failure::NotFound));
    let failed = Remote::Failed(Failure::NotFound);
    assert_eq!(desk.manage.reservation(), &failed);
}
