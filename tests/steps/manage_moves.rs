//! The page of a booking at an API where it can be moved and nothing else.

use super::manage::{able, booked, buttons, changing, page};
use super::*;
use booking::manage::{ChangeEvent, ManageEvent, Question};
use interno::booking::manage::ManageSession;

#[test]
fn what_can_only_be_moved_is_asked_for_nothing_else() {
    let own = Locale::En.messages();
    let named = |what: &str| format!("{} : {what}", own.book.change);
    let mut venue = able();
    venue.capabilities.only_moves = true;
    venue.capabilities.erase = false;
    let moved = |after: fn(ManageSession)| {
        let venue = venue.clone();
        page(Locale::En, move |session| {
            session.dispatch(ManageEvent::VenueArrived(Ok(venue)));
            let now = booked(Status::Confirmed, 1);
            session.dispatch(ManageEvent::ReadArrived(1, Ok(now)));
            after(session);
        })
    };
    let html = moved(|_| {});
    assert_eq!(
        buttons(&html),
        [
            named(own.check.night),
            named(own.check.time),
            own.manage.cancel.to_owned(),
        ]
    );
    assert!(!words(&html).contains(own.change.note));
    let html = moved(|session| {
        session.dispatch(ManageEvent::ChangePressed(Question::Party));
        session.dispatch(ManageEvent::ChangePressed(Question::Note));
    });
    assert!(buttons(&html).contains(&own.manage.cancel.to_owned()));
    let html = moved(|session| {
        session.dispatch(ManageEvent::ChangePressed(Question::Time));
        changing(session, ChangeEvent::Asked(Question::Review));
    });
    assert!(
        !buttons(&html).contains(&named(own.check.party)),
        "{:?}",
        buttons(&html)
    );
}
