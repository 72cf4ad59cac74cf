//! What a guest takes along from the answer: the evening for the calendar, for friends, on paper.

use booking::ics;
use booking::{Reservation, Status, Wizard};
use leptos::prelude::*;

use super::super::session::Session;
use super::parts::party_words;
use crate::components::button::button;
use crate::components::element::{Element, element};
use crate::content::Site;
use crate::i18n::{Locale, fill};
use crate::platform::{clock, file, intl, page, share};
use crate::routes::Route;

/// The ways to take an evening along, and what was said of the last one.
#[derive(Clone, Copy)]
pub(super) struct Take {
    session: Session,
    locale: Locale,
    said: RwSignal<String>,
}

impl Take {
    pub(super) fn new(session: Session, locale: Locale) -> Self {
        Self {
            session,
            locale,
            said: RwSignal::new(String::new()),
        }
    }

    /// The buttons, for a reservation that stands, at a venue that has said whether it is a rehearsal.
    pub(super) fn part(self, reservation: &Reservation, trial: bool) -> Element {
        let words = &self.locale.messages().done;
        let site = use_context::<Site>().unwrap_or_default();
        let place = self.locale.pick(&site.place).to_owned();
        let text = invitation(reservation, trial, &place, self.locale);
        let hand_on = Callback::new(move |()| self.share(&text));
        let note = Callback::new(move |()| self.hand_over(&place));
        let print = Callback::new(|()| page::print());
        element("div")
            .class("done-take")
            .inner(
                element("p")
                    .class("actions")
                    .child(button("button", words.calendar, note))
                    .child(button("button button-line", words.share, hand_on))
                    .child(button("button button-line", words.print, print)),
            )
            .inner(
                element("p")
                    .class("small no-print")
                    .with("role", "status")
                    .live_text(move || self.said.get()),
            )
    }

    fn share(self, text: &str) {
        let words = &self.locale.messages().done;
        let home = [page::origin(), Route::Home.path(self.locale)].concat();
        self.said.set(String::new());
        share::share(&[text, " ", &home].concat(), move |copied| {
            let said = if copied {
                words.shared
            } else {
                words.not_copied
            };
            self.said.try_set(said.to_owned());
        });
    }

    fn hand_over(self, place: &str) {
        let wizard = self.session.wizard();
        wizard.with_untracked(|wizard| {
            if let Some(booked) = wizard.booked() {
                self.write(booked, wizard, place);
            }
        });
    }

    fn write(self, reservation: &Reservation, wizard: &Wizard, place: &str) {
        let trial = wizard.is_trial();
        let (summary, description) = entry(reservation, trial, self.locale);
        let words = ics::Words {
            summary: &summary,
            location: place,
            description: &description,
        };
        let text = ics::calendar(reservation, wizard.time_zone(), clock::now_ms(), &words);
        // A reference is an API's word, and a file's name is not for all of them.
        let letters = reservation.reference.chars();
        let name: String = letters.filter(char::is_ascii_alphanumeric).collect();
        file::hand_over(
            &["interno-", &name, ".ics"].concat(),
            "text/calendar",
            &text,
        );
    }
}

/// Day, hour and place, for those who come along; on a trial first of all that no table is waiting.
/// It opens nothing: whoever can open a reservation can cancel it.
pub fn invitation(reservation: &Reservation, trial: bool, place: &str, locale: Locale) -> String {
    let words = locale.messages();
    let slot = &reservation.slot;
    let text = fill(
        words.done.invitation,
        &[
            ("venue", words.site.name),
            (
                "date",
                &intl::date(slot.date, intl::DateStyle::Full, locale),
            ),
            ("time", &slot.starts.to_string()),
            ("place", place),
        ],
    );
    rehearsed(text, trial, locale)
}

/// What the calendar calls the evening, and what it says of it.
pub fn entry(reservation: &Reservation, trial: bool, locale: Locale) -> (String, String) {
    let words = locale.messages();
    let party = party_words(reservation.party, locale);
    let mut summary = fill(
        words.done.calendar_entry,
        &[("venue", words.site.name), ("party", &party)],
    );
    if reservation.status == Status::Pending {
        summary = fill(words.done.calendar_pending, &[("entry", &summary)]);
    }
    let visit = Route::Visit.path(locale);
    let description = [
        words.done.reference,
        ": ",
        &reservation.reference,
        "\n",
        &page::origin(),
        &visit,
    ]
    .concat();
    (
        rehearsed(summary, trial, locale),
        rehearsed(description, trial, locale),
    )
}

fn rehearsed(text: String, trial: bool, locale: Locale) -> String {
    if trial {
        [locale.messages().done.no_table, " ", &text].concat()
    } else {
        text
    }
}
