//! Steps, links, nights and seatings.

use std::cell::Cell;
use std::rc::Rc;

use super::table::*;
use crate::wizard::Holding;
use crate::*;

fn month(text: &str) -> Month {
    day(text).month()
}

fn nights_of(text: &str, party: u8) -> CalendarQuery {
    CalendarQuery {
        month: month(text),
        party,
    }
}

/// The first date that a browser tells costs a slow phone a tenth of a second.
#[test]
fn nobody_asks_what_day_it_is_before_the_calendar() {
    let asked = Rc::new(Cell::new(0));
    let counted = Rc::clone(&asked);
    let moment = Moment {
        now_ms: START_MS,
        today: Today::by(move || {
            counted.set(counted.get() + 1);
            day("2026-11-20")
        }),
        fresh_key: key(1),
        language: Language::Es,
    };
    let entered = |step, party| Event::Entered {
        step,
        prefill: Prefill {
            party,
            ..Prefill::default()
        },
    };
    let mut wizard = Wizard::default();
    for event in [
        Event::Restored(Saved::default()),
        entered(Step::Party, Some(2)),
        Event::VenueArrived(Ok(venue())),
        Event::Returned,
    ] {
        wizard.update(event, &moment);
    }
    assert_eq!(asked.get(), 0);
    wizard.update(entered(Step::Night, Some(2)), &moment);
    assert!(asked.get() > 0);
}

#[test]
fn a_guest_books_and_every_step_asks_for_exactly_what_it_needs() {
    let mut table = Table::new();
    assert_eq!(table.enter(Step::Party), [Effect::FetchVenue]);
    table.and(Event::VenueArrived(Ok(venue())));
    let saved = |date: Option<&str>, hold: Option<SavedHold>| {
        Effect::Save(Saved {
            party: Some(2),
            date: date.map(day),
            // The venue has said so, and it counts for what is made.
            trial: hold.as_ref().map(|_| true),
            hold,
            ..Saved::default()
        })
    };
    assert_eq!(
        table.enter_with(Step::Night, Some(2), None),
        [
            saved(None, None),
            Effect::FetchCalendar(nights_of("2026-11-20", 2))
        ]
    );
    let free = calendar(&[("2026-11-25", DayStatus::Available)], Some("2026-11-25"));
    let arrived = Event::CalendarArrived(nights_of("2026-11-20", 2), Ok(free));
    assert_eq!(table.then(arrived), []);
    assert_eq!(
        table.then(Event::NightChosen(day("2026-12-05"))),
        [saved(Some("2026-12-05"), None), go(Step::Time)]
    );
    assert_eq!(
        table.enter(Step::Time),
        [Effect::FetchEvening(evening_query())]
    );
    let arrived = Event::EveningArrived(evening_query(), Ok(evening()));
    assert_eq!(table.then(arrived), []);

    let effects = table.then(Event::SlotChosen(SlotId("19".into())));
    let asked = taken_key(&effects);
    let [Effect::Save(kept), Effect::TakeHold { slot, party, .. }] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!((slot.0.as_str(), *party), ("19", 2));
    assert!(matches!(&kept.hold, Some(SavedHold::Asked { key, .. }) if *key == asked));

    let held = table.held("r1");
    let effects = table.then(Event::HoldArrived(asked, Ok(held)));
    let made = SavedHold::Made {
        access: access("r1"),
        confirm_key: None,
        extensions_left: 2,
    };
    let said = message::Announcement::HoldTaken(Box::new(slot_on_hold()));
    assert_eq!(
        effects,
        [
            saved(Some("2026-12-05"), Some(made)),
            go(Step::Guests),
            Effect::Announce(said)
        ]
    );
    assert_eq!(table.enter(Step::Guests), []);
    table.write_guest();
    assert_eq!(table.then(Event::GuestsSubmitted), [go(Step::Check)]);
    assert_eq!(table.enter(Step::Check), []);
    table.agree();
    let effects = table.then(Event::ConfirmPressed);
    let sent = confirmation(&effects);
    assert_eq!((&sent.access, sent.version), (&access("r1"), 1));
    assert_eq!(sent.guest.family_name, "Pérez Ríos");
    assert!(sent.consents.privacy && effects.len() == 2);
    let booked = reservation("r1", Status::Confirmed);
    let effects = table.then(Event::ConfirmArrived(sent.key, Ok(booked.clone())));
    assert!(matches!(effects[..], [Effect::Save(_), _]), "{effects:?}");
    assert_eq!(effects[1], instead(Step::Done));
    assert_eq!(table.wizard.booked(), Some(&booked));
}

fn slot_on_hold() -> Slot {
    slot("19", "2026-12-05", 19)
}

#[test]
fn links_to_steps_not_yet_allowed_lead_to_the_nearest_one() {
    for step in Step::ALL {
        let mut table = Table::new();
        let effects = table.enter(step);
        let led: &[Step] = if step == Step::Party {
            &[]
        } else {
            &[Step::Party]
        };
        assert_eq!(gone_to(&effects), led, "{step:?}");
        assert_eq!(table.wizard.step(), Some(Step::Party));
    }
    let mut table = Table::new();
    table.enter_with(Step::Party, Some(3), None);
    assert_eq!(gone_to(&table.enter(Step::Check)), [Step::Night]);
    assert_eq!(gone_to(&Table::at_time().enter(Step::Done)), [Step::Time]);
    // Nobody's name is known yet, so there is nothing to check.
    assert_eq!(
        gone_to(&Table::at_guests().enter(Step::Check)),
        [Step::Guests]
    );
    assert_eq!(gone_to(&Table::at_check().enter(Step::Done)), [Step::Check]);
}

#[test]
fn a_link_answers_party_and_night_and_opens_the_seatings() {
    let mut table = Table::new();
    let effects = table.enter_with(Step::Time, Some(2), Some("2026-12-05"));
    assert_eq!(effects.last(), Some(&Effect::FetchEvening(evening_query())));
    assert_eq!(gone_to(&effects), []);
    let draft = table.wizard.draft();
    assert_eq!(
        (draft.party, draft.date),
        (Some(2), Some(day("2026-12-05")))
    );
}

#[test]
fn a_party_the_venue_does_not_take_leads_back_to_the_question() {
    let mut table = Table::new();
    table.enter_with(Step::Night, Some(40), None);
    let effects = table.then(Event::VenueArrived(Ok(venue())));
    assert_eq!(gone_to(&effects), [Step::Party]);
    assert_eq!(table.wizard.draft().party, None);
    // Once the venue is known, a link with such a number is not taken at all.
    table.enter_with(Step::Night, Some(9), None);
    assert_eq!(table.wizard.draft().party, None);
}

#[test]
fn another_party_in_the_address_gives_the_place_back() {
    let mut table = Table::at_guests();
    let effects = table.enter_with(Step::Night, Some(4), None);
    assert!(
        effects.contains(&Effect::Release(access("r1"), Some(1))),
        "{effects:?}"
    );
    assert_eq!(table.wizard.holding(), &Holding::None);
    // The same party again changes nothing.
    let mut table = Table::at_guests();
    let effects = table.enter_with(Step::Night, Some(2), None);
    assert!(!effects.contains(&Effect::Release(access("r1"), Some(1))));
}

#[test]
fn answers_for_a_month_or_a_night_no_longer_on_show_are_ignored() {
    let mut table = Table::at_time();
    table.enter(Step::Night);
    table.and(Event::MonthChosen(month("2027-01-01")));
    let old = calendar(&[("2026-12-05", DayStatus::Available)], None);
    let january = calendar(&[("2027-01-02", DayStatus::Limited)], None);
    let arrived = Event::CalendarArrived(nights_of("2027-01-01", 2), Ok(january.clone()));
    table.and(arrived);
    table.and(Event::CalendarArrived(nights_of("2026-12-01", 2), Ok(old)));
    let late = Event::CalendarArrived(nights_of("2027-01-01", 5), Err(Failure::Down));
    table.and(late);
    assert_eq!(table.wizard.nights().calendar, Remote::Ready(january));

    let mut table = Table::at_time();
    table.and(Event::NightChosen(day("2026-12-08")));
    table.enter(Step::Time);
    table.and(Event::EveningArrived(evening_query(), Ok(evening())));
    assert!(table.wizard.evening().is_loading());
}

#[test]
fn a_month_without_free_nights_opens_the_first_month_that_has_one() {
    let full = calendar(&[("2026-11-25", DayStatus::SoldOut)], Some("2027-01-05"));
    let november = nights_of("2026-11-20", 2);
    let mut table = Table::new();
    table.enter_with(Step::Night, Some(2), None);
    let effects = table.then(Event::CalendarArrived(november, Ok(full.clone())));
    assert_eq!(effects, [Effect::FetchCalendar(nights_of("2027-01-05", 2))]);

    let mut table = Table::new();
    table.enter_with(Step::Night, Some(2), None);
    table.and(Event::MonthChosen(month("2026-12-01")));
    table.and(Event::MonthChosen(month("2026-11-01")));
    let effects = table.then(Event::CalendarArrived(november, Ok(full)));
    assert_eq!(effects, [], "the guest leafed here");
    assert_eq!(table.wizard.nights().month(), Some(month("2026-11-01")));
}

#[test]
fn a_server_that_contradicts_itself_is_not_asked_for_ever() {
    let mut table = Table::new();
    let mut effects = table.enter_with(Step::Night, Some(2), None);
    let mut asked = 0;
    while let Some(Effect::FetchCalendar(query)) = effects.last().cloned() {
        asked += 1;
        assert!(asked < 10, "it is asked for ever");
        let elsewhere = if asked % 2 == 1 {
            "2026-12-05"
        } else {
            "2026-11-25"
        };
        let nothing = calendar(&[], Some(elsewhere));
        effects = table.then(Event::CalendarArrived(query, Ok(nothing)));
    }
}

#[test]
fn the_first_month_is_the_venues_own_and_leafing_ends_there() {
    let mut table = Table::new();
    table.enter_with(Step::Night, Some(2), None);
    assert!(!table.wizard.nights().can_go_back());
    table.and(Event::MonthChosen(month("2026-12-01")));
    assert!(table.wizard.nights().can_go_back());
}

#[test]
fn a_phone_whose_clock_is_ahead_still_opens_at_the_first_free_night() {
    let mut table = Table::new();
    // By the phone it is the first of December.
    table.phone_off_ms = 11 * DAY_MS;
    let effects = table.enter_with(Step::Night, Some(2), None);
    let (december, november) = (nights_of("2026-12-01", 2), nights_of("2026-11-20", 2));
    assert_eq!(effects.last(), Some(&Effect::FetchCalendar(december)));
    let free = [("2026-12-05", DayStatus::Available)];
    let free = calendar(&free, Some("2026-11-28"));
    let effects = table.then(Event::CalendarArrived(december, Ok(free.clone())));
    assert_eq!(effects, [Effect::FetchCalendar(november)]);
    // Whoever leafs on finds the way back to it.
    table.and(Event::MonthChosen(month("2026-12-01")));
    table.and(Event::CalendarArrived(december, Ok(free.clone())));
    assert!(table.wizard.nights().can_go_back());
    // And whoever changes a night that was chosen sees its month.
    let mut table = Table::at_time();
    table.phone_off_ms = 11 * DAY_MS;
    table.enter(Step::Night);
    let effects = table.then(Event::CalendarArrived(december, Ok(free)));
    assert_eq!(effects, []);
    assert!(table.wizard.nights().can_go_back());
}

#[test]
fn every_failed_reading_can_be_asked_again() {
    let mut table = Table::new();
    table.enter(Step::Party);
    table.and(Event::VenueArrived(Err(Failure::Unreachable)));
    assert_eq!(table.then(Event::RetryPressed), [Effect::FetchVenue]);
    assert_eq!(table.then(Event::RetryPressed), [], "once is enough");
    table.and(Event::VenueArrived(Ok(venue())));
    table.enter_with(Step::Night, Some(2), None);
    let query = nights_of("2026-11-20", 2);
    table.and(Event::CalendarArrived(query, Err(Failure::Down)));
    let again = [Effect::FetchCalendar(query)];
    assert_eq!(table.then(Event::RetryPressed), again);
    table.enter_with(Step::Time, None, Some("2026-12-05"));
    table.and(Event::EveningArrived(evening_query(), Err(Failure::Down)));
    let again = [Effect::FetchEvening(evening_query())];
    assert_eq!(table.then(Event::RetryPressed), again);
}
