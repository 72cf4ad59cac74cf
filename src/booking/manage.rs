//! Runs the manage page: reads, changes, cancels and erases through the same provider as the wizard.

use booking::manage::{ChangeEvent, Ending, ManageEffect, ManageEvent};
use booking::{Access, Failure, Manage};
use leptos::prelude::Callback;
use leptos::task::spawn_local;

use super::session::Session;
use super::watched::Watched;
use crate::platform::network::Request;
use crate::platform::{clock, location::Place, page};
use crate::reservations::{Provider, Reply};

/// An existing reservation on show.
#[derive(Clone, Copy)]
pub struct ManageSession {
    manage: Watched<Manage>,
    session: Session,
}

impl ManageSession {
    /// Nothing asked for yet.
    pub fn new(session: Session) -> Self {
        Self {
            manage: Watched::new(Manage::default()),
            session,
        }
    }

    /// The machine, to be read by views.
    pub fn manage(self) -> Watched<Manage> {
        self.manage
    }

    /// The page was opened; the link's secret is in the fragment, which no server sees.
    pub fn opened(self, place: &Place) {
        self.dispatch(ManageEvent::Opened(read_access(place)));
    }

    /// Takes an event in and runs what follows from it.
    pub fn dispatch(self, event: ManageEvent) {
        let zone = self.manage.with_untracked(|manage| {
            let venue = manage.venue();
            venue.map_or_else(String::new, |venue| venue.time_zone.clone())
        });
        let moment = self.session.moment(&zone);
        let effects = self.manage.update(|manage| manage.update(event, &moment));
        for effect in effects {
            match effect {
                ManageEffect::FocusErrors => page::focus_soon(".error-summary"),
                ManageEffect::FocusNotice => page::focus_soon("main .notice[role]"),
                ManageEffect::FocusHeading => page::focus_soon("h1"),
                ManageEffect::CheckLater { ms, question } => {
                    let due = ManageEvent::Change(ChangeEvent::CheckDue(question));
                    clock::after(ms, move || self.dispatch(due));
                }
                call => spawn_local(async move {
                    if let Some(answer) = self.call(call).await {
                        self.dispatch(answer);
                    }
                }),
            }
        }
    }

    /// Takes in what happens to a change in the making.
    pub fn change(self, event: ChangeEvent) {
        self.dispatch(ManageEvent::Change(event));
    }

    /// A callback that dispatches the same event each time.
    pub fn on(self, event: fn() -> ManageEvent) -> Callback<()> {
        Callback::new(move |()| self.dispatch(event()))
    }

    async fn call(self, effect: ManageEffect) -> Option<ManageEvent> {
        let reply = match self.session.provider().await {
            Ok(api) => api.send(request(&api, &effect)?).await,
            Err(why) => Err(why),
        };
        answered(effect, reply)
    }
}

/// What is sent for an effect, if it is one the API carries out.
fn request(api: &Provider, effect: &ManageEffect) -> Option<Request> {
    Some(match effect {
        ManageEffect::FetchVenue => api.venue(),
        ManageEffect::Read(access, _) => api.reservation(access),
        ManageEffect::End(access, Ending::Cancel) => api.cancel(access),
        ManageEffect::End(access, Ending::Erase) => api.erase(access),
        ManageEffect::FetchCalendar(query) => api.calendar(*query),
        ManageEffect::FetchEvening(query) => api.evening(*query),
        ManageEffect::Change(wish) => api.modify(wish),
        _ => return None,
    })
}

/// What the answer to it means.
fn answered(effect: ManageEffect, reply: Result<Reply, Failure>) -> Option<ManageEvent> {
    let reservation = |access: &Access| reply.clone()?.reservation(Some(access));
    let change = match effect {
        ManageEffect::FetchVenue => {
            let venue = reply.and_then(|reply| reply.venue());
            return Some(ManageEvent::VenueArrived(venue));
        }
        ManageEffect::Read(access, question) => {
            return Some(ManageEvent::ReadArrived(question, reservation(&access)));
        }
        ManageEffect::End(access, ending) => {
            let over = reservation(&access);
            return Some(ManageEvent::EndArrived(access, ending, over));
        }
        ManageEffect::FetchCalendar(query) => {
            ChangeEvent::CalendarArrived(query, reply.and_then(|reply| reply.calendar()))
        }
        ManageEffect::FetchEvening(query) => {
            ChangeEvent::EveningArrived(query, reply.and_then(|reply| reply.evening()))
        }
        ManageEffect::Change(wish) => {
            let changed = reservation(&wish.access);
            ChangeEvent::Arrived(wish.key, changed)
        }
        _ => return None,
    };
    Some(ManageEvent::Change(change))
}

fn read_access(place: &Place) -> Option<Access> {
    Some(Access {
        id: place.fragment_value("r")?.to_owned(),
        token: place.fragment_value("t")?.to_owned(),
    })
}
