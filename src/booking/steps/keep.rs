//! The link that opens a reservation again, and the copy of it that a guest may leave on this device.

use booking::{Event, Reservation};
use leptos::prelude::*;

use super::super::kept::{self, Copy};
use super::super::session::Session;
use crate::components::button::button;
use crate::components::element::{Element, element};
use crate::components::part::{IntoPart, Part, live};
use crate::i18n::Locale;
use crate::platform::{clock, page, share};
use crate::routes::Route;

/// What was kept, and what was said of it.
#[derive(Clone, Copy)]
pub(super) struct Keep {
    session: Session,
    locale: Locale,
    /// What is kept on this device, as it stands there.
    copies: RwSignal<String>,
    said: RwSignal<String>,
}

/// The path that opens a reservation; its secret is in the fragment, which no server sees.
pub fn manage_path(id: &str, token: &str, locale: Locale) -> String {
    [&Route::Manage.path(locale), "#r=", id, "&t=", token].concat()
}

impl Keep {
    pub(super) fn new(session: Session, locale: Locale) -> Self {
        Self {
            session,
            locale,
            copies: RwSignal::new(kept::text()),
            said: RwSignal::new(String::new()),
        }
    }

    /// The link and the copy of a reservation that stands, and the way to another one. `mailed` says that the
    /// link also goes by mail.
    pub(super) fn part(
        self,
        reservation: &Reservation,
        trial: Option<bool>,
        mailed: bool,
    ) -> Element {
        let words = &self.locale.messages().done;
        let stands = reservation.status.is_booked();
        let again = self.session.on(|| Event::StartedOver);
        let access = &reservation.access;
        let path = manage_path(&access.id, &access.token, self.locale);
        let open = element("a")
            .class("go")
            .with("href", &path)
            .text(words.open_manage);
        let kept = stands.then(|| {
            let copy = trial.map(|trial| self.copy_part(&access.id, trial));
            [self.link(&path, mailed).part(), copy.part()].part()
        });
        element("section")
            .class("flow no-print")
            .child(kept)
            .child((!stands).then(|| element("p").inner(open)))
            .inner(element("p").child(button("link-button", words.another, again)))
    }

    fn link(self, path: &str, mailed: bool) -> Element {
        let words = &self.locale.messages().done;
        let open = element("a")
            .class("go")
            .with("href", path)
            .text(words.open_manage);
        let why = if mailed {
            words.keep_mailed
        } else {
            words.keep_text
        };
        let whole = [page::origin().as_str(), path].concat();
        let copy = Callback::new(move |()| {
            self.said.set(String::new());
            share::copy(&whole, move |copied| {
                let said = if copied {
                    words.link_copied
                } else {
                    words.not_copied
                };
                self.said.try_set(said.to_owned());
            });
        });
        element("div")
            .class("notice notice-warn")
            .inner(element("h2").class("notice-title").text(words.keep_title))
            .inner(element("p").text(why))
            .inner(
                element("p")
                    .class("actions")
                    .child(button("button button-line", words.copy_link, copy))
                    .inner(open),
            )
            .inner(
                element("p")
                    .with("role", "status")
                    .live_text(move || self.said.get()),
            )
    }

    fn copy_part(self, id: &str, trial: bool) -> Part {
        let id = id.to_owned();
        let press = Callback::new(move |()| self.turn(trial));
        live(move || {
            let is_kept = kept::holds(&self.copies.get(), &id);
            copy_box(is_kept, press, self.locale)
        })
    }

    /// Keeps a copy, or takes away the one that is kept.
    fn turn(self, trial: bool) {
        let wizard = self.session.wizard();
        wizard.with_untracked(|wizard| {
            let Some(booked) = wizard.booked() else {
                return;
            };
            let id = &booked.access.id;
            if kept::holds(&self.copies.get_untracked(), id) {
                kept::drop_copy(id);
            } else if !kept::keep(Copy::of(booked, trial, clock::today_in(wizard.time_zone()))) {
                let failed = self.locale.messages().done.copy_failed;
                self.said.set(failed.to_owned());
            }
        });
        self.copies.set(kept::text());
    }
}

/// Says whether there is a copy on this device, where, and what is in it; and the way to change that.
pub fn copy_box(is_kept: bool, press: Callback<()>, locale: Locale) -> Part {
    let words = locale.messages();
    let list = || {
        element("a")
            .with("href", &Route::Manage.path(locale))
            .text(words.nav.manage)
    };
    let said = element("p")
        .with("role", "status")
        .child(is_kept.then(|| element("strong").text(words.done.kept_copy)))
        .text(" ")
        .child(is_kept.then(list));
    let label = if is_kept {
        words.done.drop_copy
    } else {
        words.done.keep_copy
    };
    element("div")
        .class("flow")
        .inner(said)
        .inner(
            element("p")
                .class("actions")
                .child(button("button button-line", label, press)),
        )
        .inner(
            element("p")
                .class("small muted")
                .text(words.done.keep_copy_text),
        )
        .part()
}
