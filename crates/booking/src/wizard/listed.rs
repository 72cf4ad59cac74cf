//! A place on the list of a full night: whether it still stands, and how it is given up.

use super::Wizard;
use super::waiting::Wait;
use crate::civil::Date;
use crate::draft::{Guest, SavedWait, WaitKept};
use crate::failure::Failure;
use crate::message::Effect;
use crate::reservation::Access;
use crate::sabotaged;
use crate::step::Step;

/// A place on a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What opens it.
    pub access: Access,
    /// Which night.
    pub date: Date,
    /// For how many.
    pub party: u8,
    /// Whether it is known to stand.
    pub stands: Stands,
    /// How far giving it up has got.
    pub leaving: Leaving,
}

/// Whether a place on a list is known to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// The server has said so.
    Yes,
    /// It did when the page was loaded anew; the server is being asked.
    Asked,
    /// The same, and no answer came.
    Unheard,
}

/// How far giving up a place on a list has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Not asked for.
    No,
    /// Asked for.
    Asked,
    /// Nobody knows whether it was given up.
    Failed,
}

/// Standing on it, and leaving it.
impl Wizard {
    /// Comes back to what the tab had kept: what was being left is left, the rest is asked about where
    /// it is shown.
    pub(super) fn wait_again(&mut self, kept: Vec<SavedWait>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for SavedWait { date, party, wait } in kept {
            match wait {
                WaitKept::Sent { key, language } => self.waiting.sent.push(Wait {
                    key,
                    date,
                    party,
                    guest: Guest::default(),
                    language,
                }),
                WaitKept::Listed { access, leaving } => {
                    effects.extend(leaving.then(|| Effect::StopWaiting(access.clone())));
                    let leaving = if leaving { Leaving::Asked } else { Leaving::No };
                    let stands = if sabotaged!(BelieveKeptPlace) {
                        Stands::Yes
                    } else {
                        Stands::Unheard
                    };
                    self.waiting.listed.push(Listed {
                        access,
                        date,
                        party,
                        stands,
                        leaving,
                    });
                }
            }
        }
        effects
    }

    /// Asks whether the place on the list of the night on show still stands: the venue or another tab
    /// may have ended it.
    pub(super) fn ask_for_place(&mut self) -> Option<Effect> {
        let access = self.listed()?.access.clone();
        let place = self.place_mut(&access)?;
        if place.stands != Stands::Yes {
            place.stands = Stands::Asked;
        }
        (!sabotaged!(BelieveKeptPlace)).then_some(Effect::ReadWait(access))
    }

    fn place_mut(&mut self, access: &Access) -> Option<&mut Listed> {
        let mut listed = self.waiting.listed.iter_mut();
        listed.find(|listed| listed.access == *access)
    }

    pub(super) fn wait_read(
        &mut self,
        access: &Access,
        result: &Result<(), Failure>,
    ) -> Vec<Effect> {
        let Some(place) = self.place_mut(access) else {
            return Vec::new();
        };
        match result {
            Ok(()) => place.stands = Stands::Yes,
            Err(Failure::NotFound) => return self.place_is_gone(access),
            Err(_) if place.stands == Stands::Asked => place.stands = Stands::Unheard,
            Err(_) => {}
        }
        Vec::new()
    }

    fn place_is_gone(&mut self, access: &Access) -> Vec<Effect> {
        let on_show = self.listed().is_some_and(|place| place.access == *access);
        self.waiting
            .listed
            .retain(|listed| listed.access != *access);
        if let Some(wait) = self.waiting.instead.take() {
            let effect = self.waiting.send(wait);
            return vec![self.save(), effect];
        }
        self.waiting.left = on_show;
        let mut effects = vec![self.save()];
        let seen = on_show && self.step == Some(Step::Time);
        effects.extend(seen.then_some(Effect::FocusNotice));
        effects
    }

    /// Gives the place on the list of the night on show up.
    pub(super) fn stop_waiting(&mut self) -> Vec<Effect> {
        let Some(access) = self.listed().map(|listed| listed.access.clone()) else {
            return Vec::new();
        };
        let place = self.place_mut(&access);
        match place.filter(|place| place.leaving != Leaving::Asked) {
            Some(place) => {
                place.leaving = Leaving::Asked;
                vec![self.save(), Effect::StopWaiting(access)]
            }
            None => Vec::new(),
        }
    }

    pub(super) fn stopped_waiting(
        &mut self,
        access: &Access,
        result: &Result<(), Failure>,
    ) -> Vec<Effect> {
        if matches!(result, Ok(()) | Err(Failure::NotFound)) {
            return self.place_is_gone(access);
        }
        self.waiting.instead = None;
        if let Some(place) = self.place_mut(access) {
            place.leaving = Leaving::Failed;
        }
        vec![self.save(), Effect::FocusNotice]
    }
}
