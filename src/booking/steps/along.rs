//! What the venue asks of every guest: a group of fields each, folded so that a large party is no wall.

use booking::rules::FieldId;
use booking::venue::{Field, FieldKind as Kind};
use booking::{Asked, Event, Wizard};
use leptos::prelude::*;

use super::super::session::Session;
use super::errors::{error_of, field_id};
use super::guests::{reason, with_optional};
use crate::components::button::button;
use crate::components::element::{Element, element};
use crate::components::field::{FieldKind, field as text_field, option};
use crate::components::part::{IntoPart, Part, live};
use crate::components::summary::{Answer, SummaryLine};
use crate::i18n::{Locale, fill, small};
use crate::platform::page;

/// Those who come along. What is asked is said once for all of them; nothing where nothing is asked.
pub fn those_who_come_along(session: Session, locale: Locale) -> Part {
    let words = &locale.messages().guests;
    session.wizard().with_untracked(|wizard| {
        let party = wizard.draft().party.unwrap_or(1);
        let asked = wizard.asked_of(1);
        if party < 2 || asked.is_empty() {
            return ().part();
        }
        let reasons = asked.iter().filter_map(|(asked, field)| {
            let reason = Some(reason(field, locale)).filter(|reason| !reason.is_empty())?;
            let label = element("strong").text(label_of(field, locale)).text(": ");
            let words = element("p").class("hint").with("id", &reason_id(*asked));
            Some(words.inner(label).text(&reason).part())
        });
        let open = (1..party).find(|guest| !wizard.has_answered(*guest));
        let guests = (1..party).map(|guest| {
            let last = guest + 1 == party;
            along(guest, open == Some(guest), last, wizard, session, locale).part()
        });
        let reasons: Vec<_> = reasons.collect();
        let guests = element("div").class("faq along").children(guests);
        element("section")
            .class("fieldset flow")
            .inner(element("h2").class("legend").text(words.along))
            .children(reasons)
            .inner(guests)
            .part()
    })
}

fn along(
    guest: u8,
    open: bool,
    last: bool,
    wizard: &Wizard,
    session: Session,
    locale: Locale,
) -> Element {
    let words = &locale.messages().guests;
    let fields = wizard.asked_of(guest).into_iter().map(|(asked, field)| {
        let reason = !reason(field, locale).is_empty();
        let said_at = reason.then(|| reason_id(asked));
        answer_field(asked, field, said_at.as_deref(), session, locale)
    });
    let watched = session.wizard();
    let state = element("span")
        .class("guest-state")
        .live_text(move || watched.with(|wizard| state(guest, wizard, locale)));
    let next = (!last).then(|| {
        let label = fill(words.next_guest, &[("n", &(guest + 2).to_string())]);
        let next = ["#guest-", &(guest + 2).to_string(), " summary"].concat();
        button(
            "link-button",
            &label,
            Callback::new(move |()| page::focus_soon(&next)),
        )
    });
    let name = person(guest, locale);
    let fieldset = element("fieldset")
        .class("form")
        .inner(element("legend").class("visually-hidden").text(&name))
        .children(fields)
        .child(next);
    element("details")
        .with("id", &["guest-", &(guest + 1).to_string()].concat())
        .with_some("open", open.then_some(""))
        .inner(
            element("summary")
                .inner(element("span").text(&name))
                .text(" ")
                .inner(state),
        )
        .inner(fieldset)
}

/// "Persona 2".
pub fn person(guest: u8, locale: Locale) -> String {
    let number = (u16::from(guest) + 1).to_string();
    fill(locale.messages().dishes.person, &[("n", &number)])
}

/// What each guest has answered, for the last look. Of a document only the end is told, as by the server.
pub fn guest_line(wizard: &Wizard, locale: Locale) -> Option<SummaryLine> {
    let party = wizard.draft().party.unwrap_or(1);
    let answers: Vec<_> = (0..party)
        .filter_map(|guest| {
            let asked = wizard.asked_of(guest).into_iter();
            let told = asked.filter_map(|(asked, field)| told(asked, field, wizard, locale));
            let mut told: Vec<_> = [wizard.name_of(guest)].into_iter().chain(told).collect();
            told.retain(|told| !told.is_empty());
            let told = told.join(" · ");
            Some(Answer {
                value: person(guest, locale),
                small: Some(told).filter(|told| !told.is_empty()),
                language: None,
            })
            .filter(|answer| answer.small.is_some())
        })
        .collect();
    (!answers.is_empty()).then_some(SummaryLine {
        label: locale.messages().check.guests,
        answers,
        change: None,
    })
}

/// An answer that is no name, and what it is; a name speaks for itself.
fn told(asked: Asked, field: &Field, wizard: &Wizard, locale: Locale) -> Option<String> {
    let answer = Some(wizard.answer(asked).trim()).filter(|answer| !answer.is_empty())?;
    let answer = match field.kind {
        Kind::Name => return None,
        Kind::Document => {
            let (end, _) = answer.char_indices().rev().nth(1)?;
            ["•••• ", answer.get(end..)?].concat()
        }
        Kind::Choice => {
            let mut options = field.options.iter();
            let chosen = options.find(|option| option.id == answer)?;
            locale.pick(&chosen.label).to_owned()
        }
        _ => answer.to_owned(),
    };
    Some([label_of(field, locale), ": ", &answer].concat())
}

/// How far a guest has got, to be seen while the fields are folded: what is wrong, missing, or the name.
fn state(guest: u8, wizard: &Wizard, locale: Locale) -> String {
    let words = &locale.messages().guests;
    let wrong = wizard
        .errors()
        .iter()
        .any(|error| matches!(error.field, FieldId::Answer(asked) if asked.guest == guest));
    let name = wizard.name_of(guest);
    match (wrong, wizard.has_answered(guest)) {
        (true, _) => words.state_wrong.to_owned(),
        (_, false) => words.state_missing.to_owned(),
        _ if !name.is_empty() => name,
        _ => words.state_done.to_owned(),
    }
}

/// What a question is called. One without words of the venue's own goes by its id, and of some the site
/// knows what they ask.
pub fn label_of(field: &Field, locale: Locale) -> &str {
    let words = &locale.messages().guests;
    let label = locale.pick(&field.label);
    match label {
        _ if label != field.id => label,
        "givenName" => words.given_name,
        "familyName" => words.family_name,
        "email" => words.email,
        "phone" => words.phone,
        "ageGroup" => words.age_group,
        _ => label,
    }
}

/// The id of the words that say why something is asked of everybody.
fn reason_id(asked: Asked) -> String {
    ["why-", &asked.field.to_string()].concat()
}

/// A question to a guest. Why it is asked stands beside it, unless it is said elsewhere.
pub fn answer_field(
    asked: Asked,
    field: &Field,
    said_at: Option<&str>,
    session: Session,
    locale: Locale,
) -> Part {
    let wizard = session.wizard();
    let answering = Answering {
        asked,
        field,
        said_at,
        picked: wizard.with_untracked(|wizard| wizard.answer(asked).to_owned()),
        error: error_of(FieldId::Answer(asked), session, locale),
        locale,
    };
    let read = move || wizard.with(|wizard| wizard.answer(asked).to_owned());
    let changed = Callback::new(move |value| session.dispatch(Event::AnswerChanged(asked, value)));
    let field = answering.part(Box::new(read), changed);
    if asked.guest == 0 {
        return field;
    }
    let id = field_id(FieldId::Answer(asked));
    [field, same_name(asked, id, session, locale)].part()
}

/// A question of the venue's to a guest, wherever it is asked.
pub struct Answering<'a> {
    /// Whom it is asked, and where it stands among the questions.
    pub asked: Asked,
    /// The question.
    pub field: &'a Field,
    /// Where it is said why, if not here.
    pub said_at: Option<&'a str>,
    /// What has been chosen of several answers.
    pub picked: String,
    /// What is wrong with the answer.
    pub error: Signal<Option<&'static str>>,
    /// The language of the page.
    pub locale: Locale,
}

impl Answering<'_> {
    /// Its field.
    pub fn part(self, read: Box<dyn FnMut() -> String + Send>, changed: Callback<String>) -> Part {
        let Self { field, locale, .. } = self;
        let words = &locale.messages().guests;
        let id = field_id(FieldId::Answer(self.asked));
        let hint = match self.said_at {
            Some(_) => String::new(),
            None => reason(field, locale),
        };
        let options = (field.kind == Kind::Choice).then(|| {
            let mut html = String::new();
            option(&mut html, "", words.none_chosen, &self.picked, None);
            for choice in &field.options {
                let label = locale.pick(&choice.label);
                option(&mut html, &choice.id, label, &self.picked, None);
            }
            html
        });
        let kind = FieldKind {
            id: &id,
            kind: match field.kind {
                Kind::Email => "email",
                Kind::Phone => "tel",
                Kind::Date => "date",
                _ => "text",
            },
            // What the browser knows are the visitor's own details.
            autocomplete: "off",
            label: &with_optional(label_of(field, locale), field.required, locale),
            hint: &hint,
            said_at: self.said_at,
            options,
            error_word: words.error,
        };
        text_field(kind, read, self.error, changed)
    }
}

/// One tap for what families share.
fn same_name(asked: Asked, id: String, session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    live(move || {
        let name = wizard.with(|wizard| {
            let name = wizard.shared_name(asked)?;
            (wizard.answer(asked).trim() != name).then(|| name.to_owned())
        });
        let field = ["#", &id].concat();
        name.map(|name| {
            let label = fill(
                locale.messages().guests.same_name,
                &[("name", &name), ("who", &small(&person(0, locale)))],
            );
            let take = Callback::new(move |()| {
                session.dispatch(Event::AnswerChanged(asked, name.clone()));
                // The button is gone now.
                page::focus_soon(&field);
            });
            button("link-button", &label, take)
        })
        .part()
    })
}
