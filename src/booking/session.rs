//! Runs the wizard in the browser: events in, effects out into network, storage, history and focus.
//!
//! One way through: a view dispatches an [`Event`], the wizard changes, its
//! [`Effect`]s are run here, and each answer comes back as another event.

use booking::message::Announcement;
use booking::{Effect, Event, LocalTime, Moment, Prefill, Step, Today, Wizard};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::watched::Watched;
use super::{errand, saved};
use crate::i18n::{Locale, fill};
use crate::platform::location::{Location, Place};
use crate::platform::{clock, intl, page, parts, returning};
use crate::reservations::{Coming, Provider};
use crate::routes::Route;

/// A booking in the making, alive as long as the app.
#[derive(Clone, Copy)]
pub struct Session {
    wizard: Watched<Wizard>,
    provider: StoredValue<Option<Provider>, LocalStorage>,
    locale: RwSignal<Locale>,
    announcement: RwSignal<String>,
    location: Location,
    started: StoredValue<bool>,
    /// How often nights or seatings were asked for.
    asked: StoredValue<u32>,
}

/// Long enough for the first question to be shown, shorter than it takes to answer it.
const SOON_MS: u32 = 300;

impl Session {
    /// A session that has asked for nothing yet: pages outside the wizard cost no request.
    pub fn new(location: Location) -> Self {
        Self {
            wizard: Watched::new(Wizard::default()),
            provider: StoredValue::new_local(None),
            locale: RwSignal::new(Locale::default()),
            announcement: RwSignal::new(String::new()),
            location,
            started: StoredValue::new(false),
            asked: StoredValue::new(0),
        }
    }

    /// The wizard, to be read by views.
    pub fn wizard(self) -> Watched<Wizard> {
        self.wizard
    }

    /// What is being said to people who do not see the page.
    pub fn announcement(self) -> Signal<String> {
        self.announcement.into()
    }

    /// Reads what the tab kept, once, and opens no step: after that a page outside the wizard may
    /// dispatch what its visitor chose.
    pub fn wake(self, locale: Locale) {
        self.locale.set(locale);
        if !self.started.get_value() {
            self.started.set_value(true);
            self.dispatch(Event::Restored(saved::read()));
            clock::every_second(move || self.tick());
            returning::whenever(move || self.dispatch(Event::Returned));
        }
    }

    /// The URL shows a step. The first time, what the tab kept is read before.
    pub fn entered(self, step: Step, locale: Locale, place: &Place) {
        self.wake(locale);
        let prefill = read_prefill(place);
        self.dispatch(Event::Entered { step, prefill });
    }

    /// Takes an event in and runs what follows from it.
    pub fn dispatch(self, event: Event) {
        let zone = self
            .wizard
            .with_untracked(|wizard| wizard.time_zone().to_owned());
        let moment = self.moment(zone);
        let effects = self.wizard.update(|wizard| wizard.update(event, &moment));
        for effect in effects {
            self.run(effect);
        }
    }

    /// Finds out what day it is at the venue while nobody waits for it: the first date that a phone's browser
    /// tells would hold up the tap that opens the calendar.
    pub fn find_today_soon(self) {
        clock::after(SOON_MS, move || {
            self.wizard
                .with_untracked(|wizard| clock::today_in(wizard.time_zone()));
        });
    }

    /// Now, at a place with this time zone.
    pub(super) fn moment(self, zone: String) -> Moment {
        Moment {
            now_ms: clock::now_ms(),
            today: Today::by(move || clock::today_in(&zone)),
            fresh_key: clock::fresh_key(),
            language: self.locale.get_untracked().language(),
        }
    }

    /// A callback that dispatches the same event each time.
    pub fn on(self, event: fn() -> Event) -> Callback<()> {
        Callback::new(move |()| self.dispatch(event()))
    }

    fn tick(self) {
        if self.wizard.with_untracked(Wizard::is_counting_down) {
            self.dispatch(Event::Ticked);
        }
    }

    fn run(self, effect: Effect) {
        match effect {
            // Elsewhere than on is where a page must not be seen at all, as the form of what is booked.
            Effect::Go {
                step,
                replace: true,
            } => self.go(step, true),
            Effect::Go { step, .. } => page::after_paint(move || self.go(step, false)),
            Effect::Save(kept) => saved::write(&kept),
            Effect::Announce(announcement) => self.announce(&announcement),
            Effect::FocusErrors => page::focus_soon(".error-summary"),
            Effect::FocusNotice => page::focus_soon("main .notice[role]"),
            Effect::After { ms, event } => clock::after(ms, move || self.dispatch(*event)),
            call => spawn_local(async move {
                if let Some(answer) = self.call(call).await {
                    self.dispatch(answer);
                }
            }),
        }
    }

    /// Shows a step to whoever is in the wizard. An answer that comes when its guest has gone to read
    /// the menu fetches nobody back.
    fn go(self, step: Step, replace: bool) {
        let place = self.location.place();
        let within = place.with_untracked(|place| {
            let route = Route::parse(&place.path).map(|(_, route)| route);
            matches!(route, Some(Route::Book(_)))
        });
        if !within {
            return;
        }
        // What was said of the step before is over.
        self.announcement.set(String::new());
        let path = Route::Book(step).path(self.locale.get_untracked());
        self.location.go(&path, replace);
    }

    /// Carries a wish to the API and brings the answer back as an event.
    async fn call(self, effect: Effect) -> Option<Event> {
        let turn = self.turn(&effect);
        let reply = match self.provider().await {
            Ok(api) => api.send(errand::wanted(&effect)?).await,
            Err(why) => Err(why),
        };
        // What was asked later is known better, however late the earlier answer comes.
        if turn.is_some() && turn != self.asked.try_get_value() {
            return None;
        }
        errand::answered(effect, reply)
    }

    /// Which of the questions about nights and seatings this is; a step that is entered asks its own anew.
    fn turn(self, effect: &Effect) -> Option<u32> {
        if !matches!(effect, Effect::FetchCalendar(_) | Effect::FetchEvening(_)) {
            return None;
        }
        self.asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        })
    }

    /// The API of `config.json`, which is read once; a file that is missing or wrong is asked for again
    /// the next time.
    pub(super) fn provider(self) -> Coming<Provider> {
        Box::pin(async move {
            if let Some(Some(provider)) = self.provider.try_get_value() {
                return Ok(provider);
            }
            let provider = Provider::load().await?;
            if let Some(part) = provider.part() {
                parts::bring(part).await;
            }
            self.provider.try_set_value(Some(provider.clone()));
            Ok(provider)
        })
    }

    fn announce(self, announcement: &Announcement) {
        let locale = self.locale.get_untracked();
        let words = &locale.messages().hold;
        let text = match announcement {
            Announcement::HoldMinutesLeft(1) => words.one_minute_left.to_owned(),
            Announcement::HoldMinutesLeft(minutes) => {
                fill(words.minutes_left, &[("n", &minutes.to_string())])
            }
            Announcement::HoldEnded => words.ended.to_owned(),
            Announcement::HoldTaken(slot) => fill(
                words.taken,
                &[
                    ("date", &intl::date(slot.date, intl::DateStyle::Day, locale)),
                    ("time", &slot.starts.to_string()),
                ],
            ),
        };
        self.announcement.set(text);
    }
}

/// The session of the app a view stands in; an idle one where there is none, as in a component's test.
pub fn use_session() -> Session {
    use_context::<Session>().unwrap_or_else(|| Session::new(Location::start()))
}

/// Answers in a link, under their Spanish or English names.
fn read_prefill(place: &Place) -> Prefill {
    let value = |es: &str, en: &str| place.query_value(es).or_else(|| place.query_value(en));
    Prefill {
        party: value("personas", "party").and_then(|party| party.parse().ok()),
        date: value("fecha", "date").and_then(booking::Date::parse),
        time: value("hora", "time").and_then(|time| {
            let (hour, rest) = time.split_at_checked(2)?;
            let minute = rest.strip_prefix("%3A").or(rest.strip_prefix(':'))?;
            LocalTime::parse(&[hour, ":", minute].concat())
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_may_carry_answers_in_either_language() {
        for query in [
            "personas=4&fecha=2026-12-05&hora=19:00",
            "party=4&date=2026-12-05&time=19%3A00",
        ] {
            let place = Place {
                query: query.into(),
                ..Place::default()
            };
            let prefill = read_prefill(&place);
            assert_eq!(prefill.party, Some(4));
            assert_eq!(prefill.date.unwrap().to_string(), "2026-12-05");
            assert_eq!(prefill.time.unwrap().to_string(), "19:00");
        }
    }

    #[test]
    fn nonsense_in_a_link_is_ignored() {
        let place = Place {
            query: "party=-1&date=2026-02-30&time=late".into(),
            ..Place::default()
        };
        assert_eq!(read_prefill(&place), Prefill::default());
    }
}
