//! Which night, which seating, which part of the house.

use super::{Holding, Wizard};
use crate::availability::{Calendar, Evening, Slot};
use crate::civil::{Date, Month};
use crate::failure::Failure;
use crate::message::{CalendarQuery, Effect, EveningQuery, Moment, Today};
use crate::step::Step;
use crate::venue::{Area, Venue};
use crate::{Remote, sabotaged};

/// What the venue's wall is assumed to show until the venue says so itself.
const USUAL_TIME_ZONE: &str = "America/Bogota";

/// The month on show and what is known of its nights.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Nights {
    query: Option<CalendarQuery>,
    /// The month's nights.
    pub calendar: Remote<Calendar>,
    /// Whether the guest leafed: then the page stays where the guest put it.
    leafed: bool,
    /// Whether the page already turned to the first free night by itself.
    turned: bool,
    first_month: Option<Month>,
}

impl Nights {
    /// The month on show.
    pub fn month(&self) -> Option<Month> {
        self.query.map(|query| query.month)
    }

    /// Whether there can be anything before the month on show.
    pub fn can_go_back(&self) -> bool {
        self.month()
            .zip(self.first_month)
            .is_some_and(|(shown, first)| shown > first)
    }

    /// Opens at the month the guest leafed to, at the chosen night's, or at this one.
    pub(crate) fn open(&mut self, party: u8, chosen: Option<Date>, today: Date) -> CalendarQuery {
        self.first_month = Some(today.month());
        self.turned = false;
        let month = self
            .month()
            .filter(|_| self.leafed)
            .or(chosen.map(Date::month))
            .unwrap_or_else(|| today.month());
        self.ask(month, party)
    }

    /// Asks for the month on show once more; a new month may have begun since.
    pub(crate) fn refresh(&mut self, party: u8, today: &Today) -> Option<CalendarQuery> {
        let month = self.month()?;
        self.first_month = Some(today.date().month());
        Some(self.ask(month, party))
    }

    /// The guest leafed to a month.
    pub(crate) fn leaf(&mut self, month: Month, party: u8) -> CalendarQuery {
        self.leafed = true;
        self.ask(month, party)
    }

    fn ask(&mut self, month: Month, party: u8) -> CalendarQuery {
        let query = CalendarQuery { month, party };
        // What is already on show stays on show while it is asked for afresh.
        if self.query != Some(query) || self.calendar.ready().is_none() {
            self.calendar = Remote::Loading;
        }
        self.query = Some(query);
        query
    }

    /// A month of nights came, or did not; what is to be asked for instead, if it has none or a guest
    /// who has not chosen a night would find an earlier one.
    pub(crate) fn arrived(
        &mut self,
        query: CalendarQuery,
        result: Result<Calendar, Failure>,
        chosen: bool,
    ) -> Option<CalendarQuery> {
        // What is known of these nights is more than that nobody answered.
        let known = result.is_err() && self.calendar.ready().is_some();
        if self.query != Some(query) || known {
            return None;
        }
        let found = result.as_ref().ok();
        let bookable =
            found.is_some_and(|calendar| calendar.days.iter().any(|day| day.status.is_bookable()));
        let first = found.and_then(|calendar| calendar.first_available);
        // A phone whose clock is ahead takes a later month for this one.
        let earlier = first.map(Date::month).filter(|month| *month < query.month);
        self.first_month = self.first_month.min(earlier).or(self.first_month);
        let first = first.filter(|_| !bookable || (earlier.is_some() && !chosen));
        self.calendar = Remote::from_result(result);
        // The page opens at the first month with a free night, unless the guest leafed here.
        // Once: a server that contradicts itself is not asked for ever.
        let month = first?.month();
        if self.leafed || self.turned || month == query.month {
            return None;
        }
        self.turned = true;
        Some(self.ask(month, query.party))
    }
}

impl Wizard {
    /// The zone of the venue's wall; the usual one until the venue says so itself.
    pub fn time_zone(&self) -> &str {
        if sabotaged!(UtcForVenue) {
            return "UTC";
        }
        let told = self.venue.ready().map(|venue| venue.time_zone.as_str());
        told.unwrap_or(USUAL_TIME_ZONE)
    }

    /// The parts of the house there are to choose from: none where there is no choice.
    pub fn areas(&self) -> &[Area] {
        self.venue.ready().map_or(&[], Venue::choice_of_areas)
    }

    /// Which of them a seating is in.
    pub fn area_of(&self, slot: &Slot) -> Option<&Area> {
        self.venue.ready()?.area_of(slot)
    }
}

impl Wizard {
    /// Shows the chosen night's month, the month last shown, or this one.
    pub(super) fn open_nights(&mut self, moment: &Moment) -> Vec<Effect> {
        let Some(party) = self.draft.party else {
            return Vec::new();
        };
        let query = self
            .nights
            .open(party, self.draft.date, moment.today.date());
        vec![Effect::FetchCalendar(query)]
    }

    /// Asks for the month on show once more.
    pub(super) fn refresh_nights(&mut self, moment: &Moment) -> Vec<Effect> {
        let party = self.draft.party;
        let query = party.and_then(|party| self.nights.refresh(party, &moment.today));
        query.map(Effect::FetchCalendar).into_iter().collect()
    }

    pub(super) fn month_chosen(&mut self, month: Month) -> Vec<Effect> {
        let Some(party) = self.draft.party else {
            return Vec::new();
        };
        vec![Effect::FetchCalendar(self.nights.leaf(month, party))]
    }

    pub(super) fn calendar_arrived(
        &mut self,
        query: CalendarQuery,
        result: Result<Calendar, Failure>,
    ) -> Vec<Effect> {
        let chosen = self.draft.date.is_some();
        let instead = self.nights.arrived(query, result, chosen);
        instead.map(Effect::FetchCalendar).into_iter().collect()
    }

    pub(super) fn night_chosen(&mut self, date: Date) -> Vec<Effect> {
        if let Some(effects) = self.settle_first() {
            return effects;
        }
        let mut effects = Vec::new();
        if self.draft.date != Some(date) {
            self.draft.date = Some(date);
            effects.extend(self.give_back());
        }
        effects.push(self.save());
        effects.push(Effect::Go {
            step: Step::Time,
            replace: false,
        });
        effects
    }

    pub(super) fn open_evening(&mut self) -> Vec<Effect> {
        let Some((party, date)) = self.draft.party.zip(self.draft.date) else {
            return Vec::new();
        };
        let query = EveningQuery { date, party };
        if self.evening_query != Some(query) || self.evening.ready().is_none() {
            self.evening = Remote::Loading;
        }
        self.evening_query = Some(query);
        let mut effects = vec![Effect::FetchEvening(query)];
        effects.extend(self.ask_for_place());
        effects
    }

    pub(super) fn evening_arrived(
        &mut self,
        query: EveningQuery,
        result: Result<Evening, Failure>,
    ) -> Vec<Effect> {
        let known = result.is_err() && self.evening_is_on_show() && self.evening.ready().is_some();
        if self.evening_query == Some(query) && !known {
            self.evening = Remote::from_result(result);
        }
        Vec::new()
    }

    /// Whether the seatings on show are as good as any: nothing was heard that contradicts them.
    pub(super) fn evening_is_on_show(&self) -> bool {
        matches!(self.holding, Holding::None | Holding::Held(_))
    }
}
