//! What must hold of the lists of full nights.

use booking::wizard::{Leaving, Stands};
use booking::{Effect, Event, Failure, WaitKept};

use crate::evening::{Evening, Goes};
use crate::phone::Phone;

impl Evening {
    /// At most one place for each wish, "on the list" only where it is so, and each can be found again.
    pub fn check_list(&mut self, who: usize, event: &Event) -> Goes {
        self.hear_of_places(who, event);
        let phone = self.phone(who);
        check_answers_come(phone)?;
        let told_twice = phone.told_twice.clone();
        let kept = phone.wizard.saved().waits;
        let shown = phone
            .wizard
            .listed()
            .filter(|place| place.stands == Stands::Yes && place.leaving == Leaving::No);
        let shown = shown.map(|place| {
            let id = &place.access.id;
            (id.clone(), phone.placed.get(id).copied())
        });
        let own =
            |entry: &&crate::server::Entry| entry.sender.phone == who && entry.left_ms.is_none();
        for entry in self.server.entries.iter().filter(own) {
            let wish = (entry.date, entry.party);
            if told_twice.contains(&wish) {
                continue;
            }
            let mut others = self.server.entries.iter().filter(own);
            let twice =
                others.any(|other| other.id != entry.id && (other.date, other.party) == wish);
            Self::require(!twice, "on a list twice for one wish")?;
            let found = kept.iter().any(|kept| {
                (kept.date, kept.party) == wish
                    && match &kept.wait {
                        WaitKept::Sent { .. } => true,
                        WaitKept::Listed { access, .. } => access.id == entry.id,
                    }
            });
            Self::require(found, "a place on a list that this tab cannot find again")?;
        }
        let Some((id, heard_ms)) = shown else {
            return Ok(());
        };
        let known = self.server.entries.iter().find(|entry| entry.id == id);
        // It may have ended since that was heard.
        let stood = known.zip(heard_ms).is_some_and(|(entry, heard_ms)| {
            entry.left_ms.is_none_or(|left_ms| left_ms >= heard_ms)
        });
        Self::require(stood, "said to be on a list, and that is not so")
    }

    fn hear_of_places(&mut self, who: usize, event: &Event) {
        let phone = self.phone(who);
        let asked_ms = phone.asked_ms;
        match event {
            Event::WaitRead(access, Ok(())) | Event::WaitArrived(_, Ok(access)) => {
                phone.placed.insert(access.id.clone(), asked_ms);
            }
            Event::WaitArrived(_, Err(Failure::KeyReused)) => {
                let draft = phone.wizard.draft();
                phone.told_twice.extend(draft.date.zip(draft.party));
            }
            _ => {}
        }
    }
}

/// Whoever waits for word of a list, waits for something that comes.
fn check_answers_come(phone: &Phone) -> Goes {
    let awaits = |wanted: fn(&Effect) -> bool| phone.open.iter().any(|open| wanted(&open.effect));
    let joining = || awaits(|call| matches!(call, Effect::Wait(_)));
    let leaving = || awaits(|call| matches!(call, Effect::StopWaiting(_)));
    let waiting = phone.wizard.waiting();
    if waiting.is_under_way() {
        let comes = joining() || leaving();
        Evening::require(comes, "waits for a list nobody was asked for")?;
    }
    let Some(place) = phone.wizard.listed() else {
        return Ok(());
    };
    if place.leaving == Leaving::Asked {
        Evening::require(leaving(), "waits to be off a list that nobody was told of")?;
    }
    if place.stands == Stands::Asked {
        let comes = awaits(|call| matches!(call, Effect::ReadWait(_)));
        Evening::require(comes, "waits for word of a place nobody asked about")?;
    }
    Ok(())
}
