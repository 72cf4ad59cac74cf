//! What is asked of a guest who changes something, and in which order.

use super::*;
use crate::availability::DayStatus;

fn planned(places: usize) -> Plan {
    let place = |guest: usize| Place {
        dishes: vec![PlannedDish {
            id: guest.to_string(),
            name: format!("Dish of {guest}"),
        }],
        ..Place::default()
    };
    Plan {
        set: "dinner".into(),
        places: (0..places).map(place).collect(),
    }
}

fn begun(question: Question) -> Desk {
    let mut desk = Desk::showing(reservation("a", Status::Confirmed));
    desk.then(ManageEvent::ChangePressed(question));
    desk
}

/// The seatings of a night: the guest's own is full, another one free.
fn evening(desk: &mut Desk, date: u8, party: u8) {
    let ids = [format!("{date:02}-19"), format!("{date:02}-21")];
    let mut slots = ids.map(|id| slot(&id));
    slots[0].status = SlotStatus::SoldOut;
    let evening = Evening {
        slots: slots.to_vec(),
        alternatives: Vec::new(),
    };
    let query = EveningQuery {
        date: day(date),
        party,
    };
    desk.change(ChangeEvent::EveningArrived(query, Ok(evening)));
}

#[test]
fn without_the_capability_nothing_can_be_changed() {
    let mut desk = Desk::opened("a");
    desk.reads(Ok(reservation("a", Status::Confirmed)));
    assert!(!desk.manage.can_change(), "the venue has not answered");
    desk.then(ManageEvent::VenueArrived(Ok(venue(false))));
    assert!(!desk.manage.can_change() && !desk.manage.can_write());
    assert_eq!(desk.then(ManageEvent::ChangePressed(Question::Party)), []);
    assert!(desk.manage.can_end(Ending::Cancel));
}

#[test]
fn more_people_at_the_same_table() {
    let mut desk = begun(Question::Party);
    assert_eq!(desk.making().question(), Question::Party);
    desk.change(ChangeEvent::PartyChosen(4));
    assert_eq!(desk.making().question(), Question::Review);
    let wish = desk.sends();
    assert_eq!((wish.party, wish.slot, wish.version), (Some(4), None, 2));
    assert_eq!((wish.plan, wish.note), (None, None));
}

#[test]
fn another_night_and_then_fewer_people_in_one_change() {
    let mut desk = begun(Question::Night);
    let effects = desk.change(ChangeEvent::NightChosen(day(6)));
    let query = EveningQuery {
        date: day(6),
        party: 2,
    };
    let asked = [
        ManageEffect::FocusHeading,
        ManageEffect::FetchEvening(query),
    ];
    assert_eq!(effects, asked);
    evening(&mut desk, 6, 2);
    desk.change(ChangeEvent::SlotChosen(SlotId("06-21".into())));
    desk.change(ChangeEvent::Asked(Question::Party));
    desk.change(ChangeEvent::PartyChosen(1));
    let wish = desk.sends();
    assert_eq!(wish.slot, Some(SlotId("06-21".into())));
    assert_eq!(wish.party, Some(1));
}

#[test]
fn whoever_chooses_what_she_has_keeps_it() {
    let mut desk = begun(Question::Party);
    assert_eq!(
        desk.change(ChangeEvent::PartyChosen(2)),
        [ManageEffect::FocusHeading]
    );
    assert_eq!(desk.manage.doing(), &Doing::Nothing);
    let mut desk = begun(Question::Night);
    desk.change(ChangeEvent::NightChosen(day(5)));
    evening(&mut desk, 5, 2);
    // Full for everybody else, as her own places are taken.
    desk.change(ChangeEvent::SlotChosen(SlotId("05-19".into())));
    assert_eq!(desk.manage.doing(), &Doing::Nothing);
}

#[test]
fn a_night_that_is_full_but_for_her_own_places_can_be_chosen() {
    let days = [
        (4, DayStatus::SoldOut),
        (5, DayStatus::SoldOut),
        (6, DayStatus::Closed),
    ];
    let days = days.map(|(date, status)| Day {
        date: day(date),
        status,
    });
    let calendar = Calendar {
        days: days.to_vec(),
        first_available: None,
    };
    let open = open_own_night(&calendar, day(5));
    let bookable = open.days.iter().map(|day| day.status.is_bookable());
    assert_eq!(bookable.collect::<Vec<_>>(), [false, true, false]);
    let closed = open_own_night(&calendar, day(6));
    assert!(!closed.days.iter().any(|day| day.status.is_bookable()));
}

#[test]
fn one_step_back_is_the_question_before_and_before_the_first_the_reservation() {
    let mut desk = begun(Question::Night);
    desk.change(ChangeEvent::NightChosen(day(6)));
    evening(&mut desk, 6, 2);
    desk.change(ChangeEvent::SlotChosen(SlotId("06-21".into())));
    desk.change(ChangeEvent::Asked(Question::Party));
    desk.change(ChangeEvent::Back);
    assert_eq!(desk.making().question(), Question::Review);
    desk.change(ChangeEvent::Asked(Question::Party));
    desk.change(ChangeEvent::PartyChosen(3));
    for question in [Question::Time, Question::Night] {
        desk.change(ChangeEvent::Back);
        assert_eq!(desk.making().question(), question);
    }
    desk.change(ChangeEvent::Back);
    assert_eq!(desk.manage.doing(), &Doing::Nothing);
    let mut desk = begun(Question::Night);
    desk.change(ChangeEvent::NightChosen(day(6)));
    assert_eq!(desk.then(ManageEvent::Left), [ManageEffect::FocusHeading]);
    assert_eq!(desk.manage.doing(), &Doing::Nothing);
}

#[test]
fn where_dishes_were_chosen_a_smaller_party_says_who_stays_at_home() {
    let mut now = reservation("a", Status::Confirmed);
    now.party = 4;
    now.plan = planned(3);
    let mut desk = Desk::showing(now.clone());
    desk.then(ManageEvent::ChangePressed(Question::Party));
    // The fourth had nothing: three can come without anything being said anew.
    desk.change(ChangeEvent::PartyChosen(3));
    assert_eq!(desk.making().question(), Question::Review);
    desk.change(ChangeEvent::Asked(Question::Party));
    desk.change(ChangeEvent::PartyChosen(2));
    assert_eq!(desk.making().question(), Question::Home);
    assert_eq!(desk.making().home_missing(&now), 2);
    desk.change(ChangeEvent::HomeChanged(0, true));
    assert_eq!(
        desk.change(ChangeEvent::HomeSubmitted),
        [ManageEffect::FocusNotice]
    );
    desk.change(ChangeEvent::HomeChanged(3, true));
    desk.change(ChangeEvent::HomeSubmitted);
    let wish = desk.sends();
    let mut rest = planned(3);
    rest.places.remove(0);
    assert_eq!((wish.party, wish.plan), (Some(2), Some(rest)));
}

#[test]
fn a_note_is_sent_alone_and_an_empty_one_removes_it() {
    let mut now = reservation("a", Status::Confirmed);
    now.note = Note("We bring a pram".into());
    let mut desk = Desk::showing(now);
    desk.then(ManageEvent::ChangePressed(Question::Note));
    assert_eq!(desk.making().note(), "We bring a pram");
    desk.change(ChangeEvent::NoteWritten(Note(" \n".into())));
    let wish = desk.sends();
    assert_eq!(wish.note, Some(Note::default()));
    assert_eq!((wish.slot, wish.party, wish.plan), (None, None, None));
    assert!(!format!("{:?}", desk.manage).contains("pram"));
    let mut desk = begun(Question::Note);
    let same = desk.change(ChangeEvent::Confirmed);
    assert_eq!(same, [ManageEffect::FocusHeading], "nothing was written");
}

#[test]
fn a_month_or_seatings_that_did_not_come_are_asked_for_again() {
    let mut desk = begun(Question::Night);
    let query = CalendarQuery {
        month: day(5).month(),
        party: 2,
    };
    desk.change(ChangeEvent::CalendarArrived(query, Err(Failure::Down)));
    let again = desk.then(ManageEvent::RetryPressed);
    assert_eq!(again, [ManageEffect::FetchCalendar(query)]);
    desk.change(ChangeEvent::NightChosen(day(5)));
    let query = EveningQuery {
        date: day(5),
        party: 2,
    };
    desk.change(ChangeEvent::EveningArrived(query, Err(Failure::Down)));
    let again = desk.then(ManageEvent::RetryPressed);
    assert_eq!(again, [ManageEffect::FetchEvening(query)]);
    assert!(desk.making().evening().is_loading());
}
