//! Those who come from now on, where the venue asks something of everybody: who was there before is named and
//! tells nothing again, who is new is asked.

use super::{Change, Doing, Manage, ManageEffect, Question};
use crate::party::{Answers, Asked, answer_reason};
use crate::reservation::Reservation;
use crate::rules::{FieldError, FieldId};
use crate::venue::{Field, FieldKind};

/// The whole party after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhoComes {
    /// Who of those before still comes, counted from 0.
    pub same: Vec<u8>,
    /// What those are asked who are new; they come after the others, and are counted on.
    pub new: Answers,
}

impl Manage {
    /// What the venue asks of every guest, by place. A trial asks nobody for a document.
    pub fn guest_fields(&self) -> Vec<(u8, &Field)> {
        let mut asked = Vec::new();
        if let Some(venue) = &self.venue {
            for (place, field) in (0..).zip(&venue.guest_fields) {
                if !(venue.trial && field.kind == FieldKind::Document) {
                    asked.push((place, field));
                }
            }
        }
        asked
    }

    /// Whether it asks anything of them.
    pub(super) fn asks_everybody(&self) -> bool {
        !self.guest_fields().is_empty()
    }

    /// What a guest is called, as far as that was asked.
    pub fn name_of(&self, guest: u8) -> String {
        let mut name = String::new();
        let Some(now) = self.reservation.ready() else {
            return name;
        };
        for (_, field) in self.guest_fields() {
            if field.kind == FieldKind::Name {
                name.push_str(now.answers.get(guest, &field.id));
                name.push(' ');
            }
        }
        name.trim().to_owned()
    }

    /// What is missing of those who are new.
    fn missing(&self, change: &Change, now: &Reservation) -> Vec<FieldError> {
        let mut missing = Vec::new();
        for guest in now.party..change.party() {
            for (field, told) in self.guest_fields() {
                if let Some(reason) = answer_reason(told, change.new.get(guest, &told.id)) {
                    let field = FieldId::Answer(Asked { guest, field });
                    missing.push(FieldError { field, reason });
                }
            }
        }
        missing
    }

    /// One who is new answers.
    pub(super) fn answered(&mut self, asked: Asked, answer: String) {
        let fields = self.venue.as_ref().map(|venue| &venue.guest_fields);
        let field = fields.and_then(|fields| fields.get(usize::from(asked.field)));
        let id = field.map(|field| field.id.clone());
        if let (Doing::Changing(change), Some(id)) = (&mut self.doing, id) {
            change.new.set(asked.guest, &id, answer);
            change
                .errors
                .retain(|error| error.field != FieldId::Answer(asked));
            change.wish_anew();
        }
    }

    /// The guest goes on from what those are asked who are new.
    pub(super) fn guests_submitted(&mut self) -> Option<Vec<ManageEffect>> {
        let (Doing::Changing(change), Some(now)) = (&self.doing, self.reservation.ready()) else {
            return None;
        };
        let errors = self.missing(change, now);
        let whole = errors.is_empty();
        if let Doing::Changing(change) = &mut self.doing {
            change.errors = errors;
            change.told = whole;
            if whole {
                change.go_on(Question::Review);
            }
        }
        (!whole).then(|| vec![ManageEffect::FocusErrors])
    }
}

impl Change {
    /// Whether this guest, counted from 0, stays at home.
    pub fn is_home(&self, guest: u8) -> bool {
        self.home.contains(&guest)
    }

    /// How many more have to be named who stay at home; below 0 are too many.
    pub fn home_missing(&self, now: &Reservation) -> i32 {
        let named = i32::try_from(self.home.len()).unwrap_or(i32::MAX);
        i32::from(now.party) - i32::from(self.party()) - named
    }

    /// Guests beyond the new party have been spoken for, and it is not known who of all stays at home.
    fn must_ask_who_stays(&self, now: &Reservation, asks: bool) -> bool {
        self.party() < now.party
            && (asks || now.plan.guests() > usize::from(self.party()))
            && self.home_missing(now) != 0
    }

    /// What has to be asked before the change can be sent.
    pub(super) fn must_ask(&self, now: &Reservation, asks: bool) -> Option<Question> {
        if self.must_ask_who_stays(now, asks) {
            return Some(Question::Home);
        }
        self.must_ask_who_comes(now, asks)
            .then_some(Question::Guests)
    }

    /// What one who is new has answered to a field.
    pub fn answer(&self, guest: u8, id: &str) -> &str {
        self.new.get(guest, id)
    }

    /// What is missing of those who are new.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// Whether somebody is new who has not been asked yet.
    pub(super) fn must_ask_who_comes(&self, now: &Reservation, asks: bool) -> bool {
        asks && self.party() > now.party && !self.told
    }

    /// The whole party, where the venue wants to know who it is and it is another.
    pub(super) fn who_comes(&self, now: &Reservation, asks: bool) -> Option<WhoComes> {
        if !asks || self.party() == now.party {
            return None;
        }
        let mut new = Answers::of(self.party());
        for guest in now.party..self.party() {
            for answer in self.new.of_guest(guest) {
                let text = answer.text.trim();
                if !text.is_empty() {
                    new.set(guest, &answer.id, text.to_owned());
                }
            }
        }
        let same = (0..now.party).filter(|guest| !self.is_home(*guest));
        Some(WhoComes {
            same: same.collect(),
            new,
        })
    }
}
