//! A small server that keeps what it was told, and a network that loses some of it.

use super::super::table::*;
use super::{Kept, Walk};
use crate::failure::Refusal;
use crate::*;

/// What the server does.
impl Walk {
    pub(super) fn answer(&mut self) {
        let at = usize::try_from(self.dice.roll(self.calls.len() as u64)).unwrap();
        let call = self.calls.remove(at);
        let event = self.event_for(call);
        let echoed = matches!(
            event,
            Event::ReadArrived(_)
                | Event::EveningArrived(..)
                | Event::CalendarArrived(..)
                | Event::ExtendArrived(_)
        );
        if echoed && self.dice.one_in(6) {
            self.echoes.push(event.clone());
        }
        self.happen(event);
    }

    fn event_for(&mut self, call: Effect) -> Event {
        // Every third walk is a bad night for the network.
        let odds = if self.seed.is_multiple_of(3) { 2 } else { 5 };
        let trouble = self.dice.one_in(odds).then(|| self.trouble());
        match call {
            Effect::After { event, .. } => *event,
            Effect::FetchVenue => {
                let venue = self.venue.clone();
                Event::VenueArrived(trouble.map_or(Ok(venue), Err))
            }
            Effect::FetchCalendar(query) => {
                let first = self.dice.one_in(2).then_some("2026-12-05");
                let nights = calendar(&[("2026-11-25", DayStatus::SoldOut)], first);
                Event::CalendarArrived(query, trouble.map_or(Ok(nights), Err))
            }
            Effect::FetchEvening(query) => {
                Event::EveningArrived(query, trouble.map_or_else(|| Ok(evening()), Err))
            }
            Effect::TakeHold { key, party, .. } => {
                let result = self.hold(&key, party);
                Event::HoldArrived(key, result)
            }
            Effect::Extend { access, .. } => Event::ExtendArrived(self.extend(&access)),
            Effect::Confirm(sent) => {
                let result = self.confirm(&sent);
                Event::ConfirmArrived(sent.key, result)
            }
            Effect::Read(access) => {
                let truth = self.read(&access);
                Event::ReadArrived(trouble.map_or(truth, Err))
            }
            other => panic!("{other:?} is no call"),
        }
    }

    fn trouble(&mut self) -> Failure {
        match self.dice.roll(4) {
            0 => Failure::Unreachable,
            1 => Failure::Down,
            2 => Failure::Busy {
                retry_after: Some(5),
            },
            _ => Failure::Malformed("body".into()),
        }
    }

    fn hold(&mut self, key: &Key, party: u8) -> Result<Reservation, Failure> {
        match self.dice.roll(12) {
            0 => return Err(Failure::PartySize),
            1 => {
                return Err(Failure::SlotTaken {
                    alternatives: evening().alternatives,
                });
            }
            2 => return Err(Failure::KeyReused),
            3 => return Err(self.trouble()),
            _ => {}
        }
        if !self.kept.iter().any(|kept| kept.key == *key) {
            let id = format!("r{}", key.0);
            let mut reservation = self.table.held(&id);
            reservation.party = party;
            let key = key.clone();
            self.kept.push(Kept {
                key,
                reservation,
                confirmed: None,
            });
        }
        if self.dice.one_in(6) {
            return Err(self.trouble());
        }
        let found = self.kept.iter().find(|kept| kept.key == *key).unwrap();
        let mut first = found.reservation.clone();
        // A replay answers as the first time.
        first.status = Status::OnHold;
        first.server_ms = Some(self.table.server_ms);
        Ok(first)
    }

    fn extend(&mut self, access: &Access) -> Result<Reservation, Failure> {
        let held = self
            .read(access)
            .is_ok_and(|found| found.status == Status::OnHold);
        let booked = self
            .read(access)
            .is_ok_and(|found| found.status.is_booked());
        if booked {
            return Err(Failure::Changed);
        }
        if !held {
            return Err(Failure::HoldExpired {
                alternatives: Vec::new(),
            });
        }
        for kept in &mut self.kept {
            if kept.reservation.access == *access {
                kept.reservation.version += 1;
                kept.reservation.expires_ms = kept.reservation.expires_ms.map(|end| end + 300_000);
            }
        }
        if self.dice.one_in(3) {
            return Err(self.trouble());
        }
        self.read(access)
    }

    fn confirm(&mut self, sent: &message::Confirmation) -> Result<Reservation, Failure> {
        if self.dice.one_in(5) {
            return Err(self.trouble());
        }
        let now = self.read(&sent.access)?;
        if now.status == Status::Expired {
            return Err(Failure::HoldExpired {
                alternatives: Vec::new(),
            });
        }
        if now.version != sent.version || now.status != Status::OnHold {
            return Err(Failure::Changed);
        }
        if let Some(refusal) = self.refusal(sent) {
            return Err(Failure::Refused(vec![refusal]));
        }
        if self.dice.one_in(12) {
            return Ok(now);
        }
        for kept in &mut self.kept {
            if kept.reservation.access == sent.access {
                kept.reservation.status = Status::Confirmed;
                kept.reservation.version += 1;
                kept.reservation.plan = sent.plan.clone();
                kept.confirmed = Some(sent.clone());
            }
        }
        // Carried out, and the answer is lost on the way.
        if self.dice.one_in(3) {
            return Err(self.trouble());
        }
        self.read(&sent.access)
    }

    /// What the server does not accept: rightly, or out of a whim.
    fn refusal(&mut self, sent: &message::Confirmation) -> Option<Refusal> {
        let whims = ["/guest/phone", "/dishes/0/items/0/name", "/dietary/0/note"];
        let whim = whims.get(usize::try_from(self.dice.roll(16)).unwrap());
        let refused =
            |rule: &venue::HouseRule| rule.must_accept && !sent.consents.accepts(&rule.id);
        let pointer = if self.venue.house_rules.iter().any(refused) {
            "/consents/houseRules"
        } else {
            whim?
        };
        Some(Refusal {
            pointer: pointer.into(),
            code: "invalid".into(),
        })
    }

    fn read(&self, access: &Access) -> Result<Reservation, Failure> {
        let kept = self
            .kept
            .iter()
            .find(|kept| kept.reservation.access == *access);
        let mut found = kept.ok_or(Failure::NotFound)?.reservation.clone();
        found.server_ms = Some(self.table.server_ms);
        if found.status == Status::OnHold && found.expires_ms <= found.server_ms {
            found.status = Status::Expired;
        }
        Ok(found)
    }

    /// A place given back.
    pub(super) fn end(&mut self, access: &Access) {
        for kept in &mut self.kept {
            if kept.reservation.access == *access {
                let booked = kept.reservation.status.is_booked();
                kept.reservation.status = if booked {
                    Status::Cancelled
                } else {
                    Status::Expired
                };
            }
        }
    }
}
