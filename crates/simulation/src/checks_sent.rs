//! What must hold of everything that is sent.

use booking::message::Confirmation;
use booking::{Effect, Place, Question, Wizard};

use crate::evening::{Cause, Evening, Goes, Wrong};
use crate::phone::Said;

impl Evening {
    /// Fails unless something holds.
    pub fn require(holds: bool, what: &str) -> Goes {
        if holds {
            Ok(())
        } else {
            Err(Wrong(what.to_owned()))
        }
    }

    /// A request is about to leave.
    pub fn check_send(&mut self, who: usize, effect: &Effect, cause: Cause) -> Goes {
        let now_ms = self.now_ms;
        let wish = match effect {
            Effect::TakeHold { slot, party, .. } => Some((slot.0.clone(), *party)),
            _ => None,
        };
        if let Some(wish) = wish
            && self.phone(who).asks_for.as_ref() != Some(&wish)
        {
            self.wishes += 1;
            let number = self.wishes;
            let phone = self.phone(who);
            phone.wish = number;
            phone.asks_for = Some(wish);
        }
        let phone = self.phone(who);
        if let Effect::Read(_, question) = effect
            && *question != Question::APART
        {
            phone.question = *question;
        }
        match effect {
            Effect::TakeHold { .. } if cause == Cause::Timer => Self::require(
                now_ms >= phone.hold_wait_ms,
                "asks for a hold again before it was told to",
            ),
            Effect::Read(_, question) if cause == Cause::Timer && *question != Question::APART => {
                Self::require(
                    now_ms >= phone.check_wait_ms,
                    "asks what became of it before it was told to",
                )
            }
            Effect::Release(access, _) => {
                phone.released.push(access.id.clone());
                Ok(())
            }
            Effect::Wait(_) => {
                let mut open = phone.open.iter();
                let other = open.any(|open| matches!(open.effect, Effect::Wait(_)));
                Self::require(!other, "two wishes to wait under way")
            }
            Effect::Confirm(sent) => {
                phone.confirmed_ms = now_ms;
                // Nor is an answer listened to that is older than this.
                phone.question.0 += 1;
                let mut open = phone.open.iter();
                let other = open.any(|open| matches!(open.effect, Effect::Confirm(_)));
                Self::require(!other, "two confirmations under way")?;
                self.sent.push((sent.access.id.clone(), sent.plan.clone()));
                self.check_sent(who, sent)
            }
            _ => Ok(()),
        }
    }

    /// What is sent is what the guest said, as far as this venue asks for it.
    fn check_sent(&mut self, who: usize, sent: &Confirmation) -> Goes {
        let phone = self.phone(who);
        Self::require(sent.guest == phone.said.guest, "another guest is sent")?;
        let wizard = &phone.wizard;
        check_answers(&phone.said, sent, wizard)?;
        let (draft, known) = (wizard.draft(), wizard.venue().ready());
        let party = usize::from(draft.party.unwrap_or(0));
        let takes_dishes = known.is_none_or(|venue| venue.capabilities.preorder);
        for guest in 0..sent.plan.places.len().max(party) {
            let said = phone.said.plan.places.get(guest).filter(|_| takes_dishes);
            let said = said.filter(|_| guest < party).cloned().unwrap_or_default();
            let got = sent.plan.places.get(guest).cloned().unwrap_or_default();
            Self::require(got == said, "another plan is sent than was made")?;
        }
        let needs = sent.plan.places.iter().any(Place::tells_needs);
        Self::require(
            needs == sent.consents.health,
            "needs and consent belong together",
        )?;
        Self::require(
            !needs || draft.consents.health,
            "needs without the guest's consent",
        )?;
        let rules = known.map_or(&[][..], |venue| &venue.house_rules);
        for rule in rules.iter().filter(|rule| rule.must_accept) {
            let accepted = sent.consents.accepts(&rule.id);
            Self::require(accepted, "a rule is not accepted")?;
        }
        let is_known = |id: &String| known.is_none() || rules.iter().any(|rule| rule.id == *id);
        let own = sent.consents.house_rules.iter().all(is_known);
        Self::require(own, "a rule of another house is sent")
    }
}

/// Exactly what the venue asks of exactly those who come, as they said it.
fn check_answers(said: &Said, sent: &Confirmation, wizard: &Wizard) -> Goes {
    let asks = wizard
        .venue()
        .ready()
        .map(|venue| !venue.guest_fields.is_empty());
    let party = wizard.draft().party.unwrap_or(0);
    let asked = if asks == Some(true) { party } else { 0 };
    Evening::require(sent.answers.party() == asked, "others are sent than come")?;
    for guest in 0..u8::MAX {
        let own = [&said.guest.given_name, " ", &said.guest.family_name].concat();
        let told = match guest {
            _ if guest >= asked => "",
            0 => own.trim(),
            _ => said.answers.get(guest, "fullName"),
        };
        let got = sent.answers.get(guest, "fullName");
        Evening::require(got == told, "another name is sent than was written")?;
    }
    Ok(())
}
