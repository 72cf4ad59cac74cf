//! Which night, which seating.

use super::{Holding, Wizard};
use crate::Remote;
use crate::availability::{Calendar, Evening};
use crate::civil::{Date, Month};
use crate::failure::Failure;
use crate::message::{CalendarQuery, Effect, EveningQuery, Moment};
use crate::step::Step;

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

    /// Asks for the month on show once more; a new month may have begun since.
    pub(super) fn refresh_nights(&mut self, moment: &Moment) -> Vec<Effect> {
        self.nights.first_month = Some(moment.today.month());
        match self.nights.month() {
            Some(month) => self.ask_for_nights(month),
            None => Vec::new(),
        }
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
        // What is known of these nights is more than that nobody answered.
        if result.is_err() && self.nights.calendar.ready().is_some() {
            return Vec::new();
        }
        let found = result.as_ref().ok();
        let bookable =
            found.is_some_and(|calendar| calendar.days.iter().any(|day| day.status.is_bookable()));
        let first = found.and_then(|calendar| calendar.first_available);
        // A phone whose clock is ahead takes a later month for this one.
        let month = first.map(Date::month).filter(|month| *month < query.month);
        self.nights.first_month = self
            .nights
            .first_month
            .min(month)
            .or(self.nights.first_month);
        let unchosen = self.draft.date.is_none();
        let first = first.filter(|_| !bookable || (month.is_some() && unchosen));
        self.nights.calendar = Remote::from_result(result);
        // The page opens at the first month with a free night, unless the guest leafed here.
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
