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
    /// What the venue asks of every guest. A trial asks nobody for a document.
    pub fn guest_fields(&self) -> impl Iterator<Item = (u8, &Field)> {
        let venue = self.venue.iter();
        venue.flat_map(|venue| {
            let asked = move |field: &&Field| !(venue.trial && field.kind == FieldKind::Document);
            let fields = (0..).zip(&venue.guest_fields);
            fields.filter(move |(_, field)| asked(field))
        })
    }

    /// Whether it asks anything of them.
    pub(super) fn asks_everybody(&self) -> bool {
        self.guest_fields().next().is_some()
    }

    /// What a guest is called, as far as that was asked.
    pub fn name_of(&self, guest: u8) -> String {
        let Some(now) = self.reservation.ready() else {
            return String::new();
        };
        let names = self
            .guest_fields()
            .filter(|(_, field)| field.kind == FieldKind::Name)
            .map(|(_, field)| now.answers.get(guest, &field.id))
            .filter(|name| !name.is_empty());
        names.collect::<Vec<_>>().join(" ")
    }

    /// What is missing of those who are new.
    fn missing(&self, change: &Change, now: &Reservation) -> Vec<FieldError> {
        let new = now.party..change.party();
        let missing = new.flat_map(|guest| {
            self.guest_fields().filter_map(move |(place, field)| {
                let reason = answer_reason(field, change.new.get(guest, &field.id))?;
                let asked = Asked {
                    guest,
                    field: place,
                };
                let field = FieldId::Answer(asked);
                Some(FieldError { field, reason })
            })
        });
        missing.collect()
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
