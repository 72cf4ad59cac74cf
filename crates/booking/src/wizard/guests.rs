//! What the venue asks of those who come: of the one who books, and of everybody.

use super::Wizard;
use crate::draft::GuestField;
use crate::message::Effect;
use crate::party::{Answers, Asked, NamePart, answer_reason, name_part};
use crate::reservation::Note;
use crate::rules::{FieldError, FieldId, NOTE_MAX_CHARS, Reason, guest_errors};
use crate::venue::{Field, FieldKind};

/// What pages ask.
impl Wizard {
    /// What the one who books is asked, in order, with the venue's words where it has some. A venue that
    /// says nothing of it asks the usual.
    pub fn lead_fields(&self) -> Vec<(GuestField, Option<&Field>)> {
        let told = self
            .venue
            .ready()
            .map_or(&[][..], |venue| &venue.lead_fields);
        let known = told.iter().filter_map(|field| {
            let known = GuestField::from_id(&field.id)?;
            Some((known, Some(field)))
        });
        let mut fields: Vec<_> = known.collect();
        if fields.is_empty() {
            fields.extend(GuestField::ALL.map(|field| (field, None)));
        }
        fields
    }

    /// What a guest is asked beyond that: of the one who books not what is known already, and in a trial
    /// no number of a document.
    pub fn asked_of(&self, guest: u8) -> Vec<(Asked, &Field)> {
        let fields = (0..).zip(self.guest_fields());
        fields
            .filter(|(_, field)| !self.is_left_out(field))
            .filter(|(_, field)| guest > 0 || self.told_by_lead(field).is_none())
            .map(|(number, field)| {
                (
                    Asked {
                        guest,
                        field: number,
                    },
                    field,
                )
            })
            .collect()
    }

    /// The venue's words for a question to a guest.
    pub fn asked(&self, asked: Asked) -> Option<&Field> {
        self.guest_fields().get(usize::from(asked.field))
    }

    /// What stands in the answer to it.
    pub fn answer(&self, asked: Asked) -> &str {
        self.asked(asked)
            .map_or("", |field| self.draft.answers.get(asked.guest, &field.id))
    }

    /// What a guest who comes along may have in common with the one who books: the family's name.
    pub fn shared_name(&self, asked: Asked) -> Option<&str> {
        let family = name_part(self.asked(asked)?, self.guest_fields()) == Some(NamePart::Family);
        let name = self.draft.guest.family_name.trim();
        (family && asked.guest > 0 && !name.is_empty()).then_some(name)
    }

    /// What a guest who comes along is called, as far as it was asked.
    pub fn name_of(&self, guest: u8) -> String {
        let fields = self.guest_fields().iter();
        let names = fields.filter(|field| field.kind == FieldKind::Name);
        let names = names.map(|field| self.draft.answers.get(guest, &field.id).trim());
        let names: Vec<_> = names.filter(|name| !name.is_empty()).collect();
        names.join(" ")
    }

    /// Whether everything is answered that a guest has to answer.
    pub fn has_answered(&self, guest: u8) -> bool {
        let mut asked = self.asked_of(guest).into_iter();
        asked.all(|(asked, field)| answer_reason(field, self.answer(asked)).is_none())
    }

    /// Whether every guest is asked for something.
    pub fn asks_everybody(&self) -> bool {
        !self.guest_fields().is_empty()
    }

    /// Whether this venue would ask for numbers of documents if this were no trial.
    pub fn leaves_documents_out(&self) -> bool {
        let mut fields = self.guest_fields().iter();
        fields.any(|field| self.is_left_out(field))
    }

    pub(super) fn guest_fields(&self) -> &[Field] {
        self.venue.ready().map_or(&[], |venue| &venue.guest_fields)
    }

    fn is_left_out(&self, field: &Field) -> bool {
        self.is_trial() && field.kind == FieldKind::Document
    }

    /// Where the one who books has already answered what every guest is asked.
    fn told_by_lead(&self, field: &Field) -> Option<&'static [GuestField]> {
        let told = name_part(field, self.guest_fields())?.of_lead();
        let lead = self.lead_fields();
        let is_asked = |wanted: &GuestField| lead.iter().any(|(field, _)| field == wanted);
        told.iter().all(is_asked).then_some(told)
    }
}

/// What follows from the answers.
impl Wizard {
    pub(super) fn answer_changed(&mut self, asked: Asked, answer: String) -> Vec<Effect> {
        let Some(id) = self.asked(asked).map(|field| field.id.clone()) else {
            return Vec::new();
        };
        self.draft.answers.set(asked.guest, &id, answer);
        self.forget_mended(|changed| changed == FieldId::Answer(asked));
        Vec::new()
    }

    pub(super) fn note_changed(&mut self, note: String) -> Vec<Effect> {
        self.draft.note = Note(note);
        self.forget_mended(|changed| changed == FieldId::Note);
        Vec::new()
    }

    /// What is missing of the one who books, or waits.
    pub(super) fn missing_of_lead(&self) -> Vec<FieldError> {
        let lead = self.lead_fields().into_iter();
        // Of a venue that says nothing, everything usual is required.
        let lead = lead.map(|(field, told)| (field, told.is_none_or(|told| told.required)));
        guest_errors(lead, &self.draft.guest)
    }

    pub(super) fn missing_of_guests(&self) -> Vec<FieldError> {
        let mut errors = self.missing_of_lead();
        let everybody = (0..self.party()).flat_map(|guest| self.asked_of(guest));
        errors.extend(everybody.filter_map(|(asked, field)| {
            let reason = answer_reason(field, self.answer(asked))?;
            let field = FieldId::Answer(asked);
            Some(FieldError { field, reason })
        }));
        if self.draft.note.0.trim().chars().count() > NOTE_MAX_CHARS {
            let (field, reason) = (FieldId::Note, Reason::TooLong);
            errors.push(FieldError { field, reason });
        }
        errors
    }

    /// What is sent of each guest: exactly what the venue asks, of exactly those who come.
    pub(super) fn answers_to_send(&self) -> Answers {
        if self.guest_fields().is_empty() {
            return Answers::default();
        }
        let mut answers = Answers::of(self.party());
        for guest in 0..self.party() {
            for field in self.guest_fields() {
                let told = (guest == 0).then(|| self.told_by_lead(field)).flatten();
                let answer = match told {
                    Some(told) => {
                        let told = told.iter().map(|part| self.draft.guest.get(*part).trim());
                        told.collect::<Vec<_>>().join(" ")
                    }
                    None => self.draft.answers.get(guest, &field.id).to_owned(),
                };
                let answer = answer.trim();
                if !answer.is_empty() && !self.is_left_out(field) {
                    answers.set(guest, &field.id, answer.to_owned());
                }
            }
        }
        answers
    }

    /// Where a field that was refused is shown, if it is.
    pub(super) fn shown_as(&self, field: FieldId) -> Option<FieldId> {
        let FieldId::Answer(asked) = field else {
            return Some(field).filter(|field| self.has(field.step()));
        };
        let told = self.asked(asked)?;
        if asked.guest == 0
            && let Some(part) = self.told_by_lead(told).and_then(<[_]>::first)
        {
            return Some(FieldId::Guest(*part));
        }
        (asked.guest < self.party() && !self.is_left_out(told)).then_some(field)
    }

    /// How many are asked: whoever books comes too.
    fn party(&self) -> u8 {
        self.draft.party.unwrap_or(1)
    }
}
