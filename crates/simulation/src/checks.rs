//! What must hold whatever happened.

use booking::wizard::{Confirming, Hold, Holding, WhyLost};
use booking::{Draft, Effect, Event, Prefill, Step};

use crate::evening::{Evening, Goes, Wrong};
use crate::guest::{NEED, PERSONAL};
use crate::phone::Phone;
use crate::server::{Speaks, State, wall_day};

/// By how much the time shown may differ from the server's: as long as an answer may be on its way.
const TOLERANCE_MS: i64 = 26_000;

/// What is compared with afterwards.
pub struct Before {
    /// The answers, where the event must not change any.
    draft: Option<Draft>,
    /// The hold there was.
    held: Option<String>,
    was_not_booked: bool,
    was_checking: bool,
}

impl Evening {
    /// Notes what must be compared after an event.
    pub fn before(&mut self, who: usize, event: &Event) -> Before {
        let wizard = &self.phone(who).wizard;
        let bare =
            matches!(event, Event::Entered { prefill, .. } if *prefill == Prefill::default());
        Before {
            draft: bare.then(|| wizard.draft().clone()),
            held: match wizard.holding() {
                Holding::Held(hold) => Some(hold.access.id.clone()),
                _ => None,
            },
            was_not_booked: matches!(wizard.confirming(), Confirming::NotBooked { .. }),
            was_checking: matches!(wizard.confirming(), Confirming::Checking { .. }),
        }
    }

    /// Follows what the guest said.
    pub fn follow(&mut self, who: usize, event: &Event) {
        let phone = self.phone(who);
        match event {
            Event::GuestChanged(field, text) => phone.said.guest.set(*field, text.clone()),
            Event::AnswerChanged(asked, text) => {
                if let Some(field) = phone.wizard.asked(*asked) {
                    let id = field.id.clone();
                    phone.said.answers.set(asked.guest, &id, text.clone());
                }
            }
            Event::PlanChanged(plan) => phone.said.plan = plan.clone(),
            Event::StartedOver => {
                phone.booking += 1;
                phone.said.guest = booking::Guest::default();
                phone.said.answers = booking::Answers::default();
            }
            _ => {}
        }
        let asking = matches!(
            phone.wizard.holding(),
            Holding::Taking { .. } | Holding::Failed { .. }
        );
        if !asking {
            phone.asks_for = None;
        }
        // What was ordered is the reservation's.
        if phone.wizard.booked().is_some() && phone.wizard.draft().plan.is_empty() {
            phone.said.plan = phone.wizard.draft().plan.clone();
        }
    }

    /// Everything that must hold after an event.
    pub fn after(&mut self, who: usize, event: &Event, before: &Before) -> Goes {
        Self::require(!self.server.key_reused, "a key is sent with another wish")?;
        self.check_places(who)?;
        self.check_truth(who, event, before)?;
        self.check_time(who, event, before)?;
        let phone = self.phone(who);
        check_kept(phone, before)?;
        check_way(phone)?;
        check_waiting(phone)?;
        self.check_left(who)?;
        self.check_list(who, event)?;
        let month = wall_day(self.now_ms + self.phone(who).clock_off_ms).month();
        self.check_months(who, event, month)
    }

    /// At most one place for each wish, one table for each booking, none cancelled that nobody cancelled.
    fn check_places(&mut self, who: usize) -> Goes {
        let now_ms = self.now_ms;
        let phone = self.phone(who);
        let (wish, booking) = (phone.wish, phone.booking);
        let (mut held, mut tables) = (0, 0);
        for record in &self.server.records {
            let state = record.state_at(now_ms);
            if record.was_lost_to_another_tab() {
                continue;
            }
            held += u32::from(record.wish == wish && state == State::OnHold);
            tables += u32::from(
                record
                    .booked
                    .is_some_and(|(_, sender)| sender.phone == who && sender.booking == booking),
            );
            Self::require(
                state != State::Cancelled,
                "a table is cancelled that nobody gave up",
            )?;
        }
        // Holds without a key are asked for anew when nobody heard of the first one, which ends by itself.
        let keyless = self.server.speaks == Speaks::Calcom;
        Self::require(held <= 1 || keyless, "two places for one wish")?;
        Self::require(tables <= 1, "two tables for one booking")
    }

    /// What was given back, and is still kept for nobody, is looked after.
    fn check_left(&mut self, who: usize) -> Goes {
        let now_ms = self.now_ms;
        let phone = self.phone(who);
        let left = phone.wizard.saved().left;
        for id in phone.released.clone() {
            let kept = self.server.record(&id);
            let kept = kept.is_some_and(|record| record.state_at(now_ms) == State::OnHold);
            let known = left.iter().any(|left| left.access.id == id);
            Self::require(!kept || known, "a hold that was given back is forgotten")?;
        }
        Ok(())
    }

    /// What is shown is so, and what is so can be found.
    fn check_truth(&mut self, who: usize, event: &Event, before: &Before) -> Goes {
        let phone = self.phone(who);
        let (booking, doubt_ms, asked_ms) = (phone.booking, phone.doubt_ms, phone.asked_ms);
        let shown = phone.wizard.booked().map(|booked| booked.access.id.clone());
        let plan = phone.wizard.booked().map(|booked| booked.plan.clone());
        let says_not = matches!(phone.wizard.confirming(),
            Confirming::NotBooked { why, .. } if why.outcome_unknown())
            && !before.was_not_booked;
        let held = match phone.wizard.holding() {
            Holding::Held(Hold { access, .. }) => Some(access.id.clone()),
            _ => None,
        };
        let storage = phone.storage.clone();
        let about = awaited(phone);
        let in_doubt = is_in_doubt(phone);
        let sent = &self.sent;
        if let Some(id) = &shown {
            let known = self.server.record(id);
            let booked = known
                .is_some_and(|record| record.state.is_booked() || record.was_lost_to_another_tab());
            let held = known.map_or(id, |record| &record.held);
            Self::require(
                sent.iter()
                    .any(|(of, sent)| of == held && Some(sent) == plan.as_ref()),
                "other dishes are shown than were ordered",
            )?;
            Self::require(booked, "shown as booked, and it is not")?;
        }
        for record in self
            .server
            .records
            .iter()
            .filter(|known| known.state.is_booked())
        {
            let own = record
                .booked
                .is_some_and(|(_, sender)| sender.phone == who && sender.booking == booking);
            if !own {
                continue;
            }
            let stored = |id: &str| storage.contains(&format!("\"{id}\""));
            let kept = about.contains(&record.id)
                || stored(&record.id)
                || (in_doubt && stored(&record.held));
            Self::require(kept, "a table is booked that this tab cannot find again")?;
            if says_not && held.as_ref() == Some(&record.held) {
                // Only an answer to a question asked in doubt may say so; it may be overtaken.
                let read = matches!(event, Event::ReadArrived(..)) && asked_ms >= doubt_ms;
                Self::require(read, "said not to be booked, and it is")?;
            }
        }
        let phone = self.phone(who);
        let checking = matches!(phone.wizard.confirming(), Confirming::Checking { .. });
        if checking && !before.was_checking {
            let now_ms = self.now_ms;
            let phone = self.phone(who);
            phone.doubt_ms = now_ms;
        }
        Ok(())
    }

    /// The time that is shown is the time there is.
    pub fn check_time(&mut self, who: usize, event: &Event, before: &Before) -> Goes {
        let now_ms = self.now_ms;
        let phone = self.phone(who);
        // What is shown between two ticks is as old as the last of them.
        let fresh = matches!(event, Event::Ticked | Event::Returned);
        let left_ms = match phone.wizard.holding() {
            Holding::Held(hold) if fresh => Some((
                hold.access.id.clone(),
                i64::from(hold.seconds_left()) * 1_000,
            )),
            _ => None,
        };
        let expired = matches!(
            phone.wizard.holding(),
            Holding::Lost {
                why: WhyLost::Expired,
                ..
            }
        );
        let (jumped, unheard) = (phone.clock_jumped, phone.failed_reads > 0);
        if let Some((id, left_ms)) = left_ms
            && let Some(record) = self.server.record(&id)
            && record.state == State::OnHold
            && !jumped
        {
            let more = left_ms - (record.expires_ms - now_ms).max(0);
            Self::require(
                more < TOLERANCE_MS,
                "a hold is shown longer than it is kept",
            )?;
        }
        if let Some(id) = before.held.as_ref().filter(|_| expired && !unheard)
            && let Some(record) = self.server.record(id)
        {
            let early = record.state == State::OnHold && record.expires_ms - now_ms > TOLERANCE_MS;
            Self::require(!early, "a place is said to be gone that is kept")?;
        }
        Ok(())
    }

    /// The month that is this one is this one on the venue's wall.
    fn check_months(&mut self, who: usize, event: &Event, now: booking::Month) -> Goes {
        let wizard = &self.phone(who).wizard;
        let opened = matches!(
            event,
            Event::Entered {
                step: Step::Night,
                ..
            }
        ) && wizard.step() == Some(Step::Night);
        let Some(shown) = wizard.nights().month().filter(|_| opened) else {
            return Ok(());
        };
        let right = wizard.nights().can_go_back() == (shown > now);
        Self::require(right, "the months begin with another than the venue's")
    }
}

/// Under the name of its hold a booking is not found, but it is said that there may be one.
fn is_in_doubt(phone: &Phone) -> bool {
    matches!(
        phone.wizard.confirming(),
        Confirming::Sending(_) | Confirming::Checking { .. } | Confirming::Unknown(_)
    )
}

/// The reservations that are being given back or asked about: they will be heard of.
fn awaited(phone: &Phone) -> Vec<String> {
    let about = phone.open.iter().filter_map(|open| match &open.effect {
        Effect::Release(access, _) | Effect::Read(access, _) => Some(access.id.clone()),
        _ => None,
    });
    let due = phone.timers.iter().filter_map(|event| match event {
        Event::GivenBack(access, _) => Some(access.id.clone()),
        _ => None,
    });
    about.chain(due).collect()
}

/// Nothing is lost that may be kept, and nothing is kept that is personal.
fn check_kept(phone: &Phone, before: &Before) -> Goes {
    let require = Evening::require;
    require(!phone.storage.contains(PERSONAL), "the tab keeps a name")?;
    require(!phone.storage.contains(NEED), "the tab keeps a need")?;
    let wizard = &phone.wizard;
    let draft = wizard.draft();
    let saved = wizard.saved();
    let same = if phone.storage.is_empty() {
        saved == booking::Saved::default()
    } else {
        crate::saved::to_text(&saved) == phone.storage
    };
    require(same, "the tab has kept something else than there is")?;
    require(
        draft.guest == phone.said.guest,
        "what the guest wrote is lost",
    )?;
    require(
        draft.answers == phone.said.answers,
        "what a guest answered is lost",
    )?;
    require(
        draft.plan == phone.said.plan,
        "what the guest planned is lost",
    )?;
    if let Some(before) = &before.draft {
        require(before == draft, "an answer is lost by going to a step")?;
    }
    Ok(())
}

/// Every step leads somewhere.
fn check_way(phone: &Phone) -> Goes {
    let wizard = &phone.wizard;
    for step in Step::ALL {
        let nearest = wizard.nearest(step);
        Evening::require(wizard.nearest(nearest) == nearest, "nearest moves on")?;
        let allowed = nearest <= step || wizard.booked().is_some() || !wizard.has(step);
        Evening::require(allowed, "nearest is beyond what was asked for")?;
    }
    Ok(())
}

/// Whoever waits, waits for something that comes.
fn check_waiting(phone: &Phone) -> Goes {
    let wizard = &phone.wizard;
    let awaits = |wanted: fn(&Effect) -> bool| phone.open.iter().any(|open| wanted(&open.effect));
    let due = |wanted: fn(&Event) -> bool| phone.timers.iter().any(wanted);
    let reading = || {
        awaits(|call| matches!(call, Effect::Read(..)))
            || due(|event| matches!(event, Event::CheckDue(_)))
    };
    let taking = || {
        awaits(|call| matches!(call, Effect::TakeHold { .. }))
            || due(|event| matches!(event, Event::HoldRetryDue(_)))
    };
    let waits = match (wizard.holding(), wizard.confirming()) {
        (Holding::Taking { .. }, _) => taking(),
        (Holding::Resuming { failure: None, .. }, _) | (_, Confirming::Checking { .. }) => {
            reading()
        }
        (_, Confirming::Sending(_)) => awaits(|call| matches!(call, Effect::Confirm(_))),
        _ => true,
    };
    Evening::require(waits, "waits for an answer to nothing")?;
    if wizard.venue().is_loading() {
        let asked = awaits(|call| *call == Effect::FetchVenue);
        Evening::require(asked, "waits for a venue nobody asked for")?;
    }
    if wizard.evening().is_loading() && wizard.step() == Some(Step::Time) {
        let asked = awaits(|call| matches!(call, Effect::FetchEvening(_)));
        Evening::require(asked, "waits for seatings nobody asked for")?;
    }
    Ok(())
}

impl From<&str> for Wrong {
    fn from(what: &str) -> Self {
        Self(what.to_owned())
    }
}
