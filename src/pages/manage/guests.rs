//! Who is new in a larger party answers what the venue asks of everybody; the others tell nothing again.

use booking::manage::ChangeEvent;
use booking::rules::FieldId;
use booking::venue::Field;
use booking::{Asked, FieldError};
use leptos::prelude::*;

use super::change::Making;
use crate::booking::steps::along::{Answering, label_of, person};
use crate::booking::steps::errors::{answer_words, field_id};
use crate::components::element::element;
use crate::components::error_summary::error_summary;
use crate::components::part::{IntoPart, Part};
use crate::i18n::{fill, plural, small};

/// A group of fields for each who is new.
pub fn who_comes(making: Making) -> Vec<Part> {
    let Making {
        manage,
        change,
        now,
        locale,
        ..
    } = making;
    let words = locale.messages();
    let groups = (now.party..change.party()).map(|guest| {
        let fields = manage.guest_fields().into_iter();
        let fields = fields.map(|(field, told)| answer(Asked { guest, field }, told, making));
        element("fieldset")
            .class("fieldset")
            .inner(
                element("legend")
                    .class("legend")
                    .text(&person(guest, locale)),
            )
            .inner(element("div").class("form").children(fields))
            .part()
    });
    let go_on = element("button")
        .class("button")
        .with("type", "submit")
        .text(words.book.next);
    let session = making.session;
    let form = element("form")
        .class("form")
        // Sent nowhere by itself, whatever becomes of the app.
        .with("method", "dialog")
        .with("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            session.change(ChangeEvent::GuestsSubmitted);
        })
        .child(errors(making))
        .children(groups)
        .inner(element("div").class("actions").inner(go_on));
    vec![form.part()]
}

fn answer(asked: Asked, field: &Field, making: Making) -> Part {
    let Making {
        change,
        session,
        locale,
        ..
    } = making;
    let answer = change.answer(asked.guest, &field.id).to_owned();
    let error = change
        .errors()
        .iter()
        .find(|error| error.field == FieldId::Answer(asked));
    let error = error.map(|error| answer_words(field.kind, error.reason, locale));
    let answering = Answering {
        asked,
        field,
        said_at: None,
        picked: answer.clone(),
        error: Signal::derive(move || error),
        locale,
    };
    let changed =
        Callback::new(move |text| session.change(ChangeEvent::AnswerWritten(asked, text)));
    answering.part(Box::new(move || answer.clone()), changed)
}

/// What is missing, each with its guest.
fn errors(making: Making) -> Part {
    let Making { change, locale, .. } = making;
    let errors = change.errors();
    if errors.is_empty() {
        return ().part();
    }
    let words = &locale.messages().guests;
    let entry = |error: &FieldError| {
        let FieldId::Answer(asked) = error.field else {
            return None;
        };
        let mut fields = making.manage.guest_fields().into_iter();
        let (_, field) = fields.find(|(place, _)| *place == asked.field)?;
        let said = fill(
            words.named,
            &[
                ("error", answer_words(field.kind, error.reason, locale)),
                ("label", label_of(field, locale)),
                ("who", &small(&person(asked.guest, locale))),
            ],
        );
        Some((["#", &field_id(error.field)].concat(), said))
    };
    let count = u32::try_from(errors.len()).unwrap_or(u32::MAX);
    let title = plural(count, words.summary_one, words.summary_other);
    error_summary(&title, errors.iter().filter_map(entry).collect())
}
