//! Which night, which seating, which part of the house.

use super::Wizard;
use crate::availability::{Calendar, Evening, Slot};
use crate::civil::{Date, Month};
use crate::failure::Failure;
use crate::message::{CalendarQuery, Effect, EveningQuery, Moment};
use crate::step::Step;
use crate::venue::Area;
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
        let areas = self.venue.ready().map_or(&[][..], |venue| &venue.areas);
        if areas.len() > 1 { areas } else { &[] }
    }

    /// Which of them a seating is in.
    pub fn area_of(&self, slot: &Slot) -> Option<&Area> {
        let id = slot.area.as_ref()?;
        self.areas().iter().find(|area| area.id == *id)
    }
}

impl Wizard {
    /// Shows the chosen night's month, the month last shown, or this one.
    pub(super) fn open_nights(&mut self, moment: &Moment) -> Vec<Effect> {
        self.nights.first_month = Some(moment.today.month());
        self.nights.turned = false;
        let month = self
            .nights
            .month()
            .filter(|_| self.nights.leafed)
            .or(self.draft.date.map(Date::month))
            .unwrap_or_else(|| moment.today.month());
        self.ask_for_nights(month)
    }

    fn ask_for_nights(&mut self, month: Month) -> Vec<Effect> {
        let Some(party) = self.draft.party else {
            return Vec::new();
        };
        let query = CalendarQuery { month, party };
        let same = self.nights.query == Some(query);
        // What is already on show stays on show while it is asked for afresh.
        if !same || self.nights.calendar.ready().is_none() {
            self.nights.calendar = Remote::Loading;
        }
        self.nights.query = Some(query);
        vec![Effect::FetchCalendar(query)]
    }

    pub(super) fn month_chosen(&mut self, month: Month) -> Vec<Effect> {
        self.nights.leafed = true;
        self.ask_for_nights(month)
    }

    pub(super) fn calendar_arrived(
        &mut self,
        query: CalendarQuery,
        result: Result<Calendar, Failure>,
    ) -> Vec<Effect> {
        if self.nights.query != Some(query) {
            return Vec::new();
        }
        let first = result.as_ref().ok().and_then(|calendar| {
            let bookable = calendar.days.iter().any(|day| day.status.is_bookable());
            calendar.first_available.filter(|_| !bookable)
        });
        self.nights.calendar = Remote::from_result(result);
        // A month without a free night opens at the first one that has any, unless the guest leafed here.
        match first {
            // Once: a server that contradicts itself is not asked for ever.
            Some(date)
                if !self.nights.leafed && !self.nights.turned && date.month() != query.month =>
            {
                self.nights.turned = true;
                self.ask_for_nights(date.month())
            }
            _ => Vec::new(),
        }
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
        vec![Effect::FetchEvening(query)]
    }

    pub(super) fn evening_arrived(
        &mut self,
        query: EveningQuery,
        result: Result<Evening, Failure>,
    ) -> Vec<Effect> {
        if self.evening_query == Some(query) {
            self.evening = Remote::from_result(result);
        }
        Vec::new()
    }
}
