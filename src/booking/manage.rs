//! Runs the manage page: reads and cancels through the same provider as the wizard.

use booking::manage::{ManageEffect, ManageEvent};
use booking::{Access, Manage};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::session::Session;
use crate::platform::{location::Place, page};

/// An existing reservation on show.
#[derive(Clone, Copy)]
pub struct ManageSession {
    manage: RwSignal<Manage>,
    session: Session,
}

impl ManageSession {
    /// Nothing asked for yet.
    pub fn new(session: Session) -> Self {
        Self {
            manage: RwSignal::new(Manage::default()),
            session,
        }
    }

    /// The machine, to be read by views.
    pub fn manage(self) -> RwSignal<Manage> {
        self.manage
    }

    /// The page was opened; the link's secret is in the fragment, which no server sees.
    pub fn opened(self, place: &Place) {
        self.dispatch(ManageEvent::Opened(read_access(place)));
    }

    /// Takes an event in and runs what follows from it.
    pub fn dispatch(self, event: ManageEvent) {
        let effects = self
            .manage
            .try_update(|manage| manage.update(event))
            .unwrap_or_default();
        for effect in effects {
            match effect {
                ManageEffect::FocusNotice => page::focus_soon("main .notice[role]"),
                ManageEffect::FocusHeading => page::focus_soon("h1"),
                call => spawn_local(async move {
                    if let Some(answer) = self.call(call).await {
                        self.dispatch(answer);
                    }
                }),
            }
        }
    }

    /// A callback that dispatches the same event each time.
    pub fn on(self, event: ManageEvent) -> Callback<()> {
        Callback::new(move |()| self.dispatch(event.clone()))
    }

    async fn call(self, effect: ManageEffect) -> Option<ManageEvent> {
        let reply = match self.session.provider().await {
            Ok(api) => {
                let request = match &effect {
                    ManageEffect::FetchVenue => api.venue(),
                    ManageEffect::Read(access) => api.reservation(access),
                    ManageEffect::Cancel(access) => api.cancel(access),
                    ManageEffect::FocusNotice | ManageEffect::FocusHeading => return None,
                };
                api.send(request).await
            }
            Err(why) => Err(why),
        };
        let reservation = |access: &Access| reply.clone()?.reservation(Some(access));
        Some(match effect {
            ManageEffect::FetchVenue => {
                ManageEvent::VenueArrived(reply.and_then(|reply| reply.venue()))
            }
            ManageEffect::Read(access) => ManageEvent::ReadArrived(reservation(&access)),
            ManageEffect::Cancel(access) => ManageEvent::CancelArrived(reservation(&access)),
            ManageEffect::FocusNotice | ManageEffect::FocusHeading => return None,
        })
    }
}

fn read_access(place: &Place) -> Option<Access> {
    Some(Access {
        id: place.fragment_value("r")?.to_owned(),
        token: place.fragment_value("t")?.to_owned(),
    })
}
