//! Runs the manage page: reads, changes, cancels, erases and has links mailed through the same provider as the
//! wizard.

use booking::manage::{ChangeEvent, Ending, ManageEffect, ManageEvent};
use booking::{Access, Failure, Manage};
use leptos::prelude::Callback;
use leptos::task::spawn_local;

use super::session::Session;
use super::watched::Watched;
use crate::platform::{clock, location::Place, page};
use crate::reservations::{Reply, Wanted};

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
        let moment = self.session.moment(zone);
        let effects = self.manage.update(|manage| manage.update(event, &moment));
        for effect in effects {
            match effect {
                ManageEffect::FocusErrors => page::focus_soon(".error-summary"),
                ManageEffect::FocusNotice => page::focus_soon("main .notice[role]"),
                ManageEffect::FocusField => page::focus_soon("main form .input"),
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
        let reply = match (self.session.provider().await, &effect) {
            (Ok(api), ManageEffect::AskLinks(email)) => api.ask_for_links(email).await,
            (Ok(api), effect) => api.send(wanted(effect)?).await,
            (Err(why), _) => Err(why),
        };
        answered(effect, reply)
    }
}

/// What an effect wants of the API, if it is one that the API carries out.
fn wanted(effect: &ManageEffect) -> Option<Wanted> {
    Some(match effect {
        ManageEffect::FetchVenue => Wanted::Venue,
        ManageEffect::Read(access, _) => Wanted::Reservation(access.clone()),
        ManageEffect::End(access, Ending::Cancel) => Wanted::Cancellation(access.clone()),
        ManageEffect::End(access, Ending::Erase) => Wanted::Erasure(access.clone()),
        ManageEffect::FetchCalendar(query) => Wanted::Calendar(*query),
        ManageEffect::FetchEvening(query) => Wanted::Evening(*query),
        ManageEffect::Change(wish) => Wanted::Change(wish.clone()),
        _ => return None,
    })
}

/// What the answer to it means.
fn answered(effect: ManageEffect, reply: Result<Reply, Failure>) -> Option<ManageEvent> {
    let reservation = |reply: Result<Reply, Failure>| reply?.reservation();
    let change = match effect {
        ManageEffect::FetchVenue => {
            return Some(ManageEvent::VenueArrived(reply.and_then(Reply::venue)));
        }
        ManageEffect::Read(_, question) => {
            return Some(ManageEvent::ReadArrived(question, reservation(reply)));
        }
        ManageEffect::End(access, ending) => {
            return Some(ManageEvent::EndArrived(access, ending, reservation(reply)));
        }
        ManageEffect::AskLinks(email) => {
            return Some(ManageEvent::LinksArrived(email, reply.map(drop)));
        }
        ManageEffect::FetchCalendar(query) => {
            ChangeEvent::CalendarArrived(query, reply.and_then(Reply::calendar))
        }
        ManageEffect::FetchEvening(query) => {
            ChangeEvent::EveningArrived(query, reply.and_then(Reply::evening))
        }
        ManageEffect::Change(wish) => ChangeEvent::Arrived(wish.key, reservation(reply)),
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
