//! A request's way to the server and its answer's way back.

use booking::{Effect, Event, Question};

use super::{Cause, Errand, Evening, Goes, Happening, Known, Wrong};
use crate::errand;
use crate::network::{Came, Fault, spoilt};
use crate::phone::Open;
use crate::platform::network::NoAnswer;
use crate::reservations::{Next, Reply};
use crate::server::Speaks;

impl Evening {
    pub(super) fn send(&mut self, who: usize, effect: Effect, cause: Cause) -> Goes {
        let Some(wanted) = errand::wanted(&effect) else {
            return Err(Wrong(format!("{effect:?} is no errand")));
        };
        self.check_send(who, &effect, cause)?;
        match self.api.begin(wanted) {
            Next::Done(reply) => {
                self.reply_soon(who, effect, reply);
                Ok(())
            }
            next @ Next::Ask(_) => self.go_on(who, effect, next),
        }
    }

    /// A page is answered in its next moment, and not while it is still asking.
    fn reply_soon(&mut self, who: usize, effect: Effect, reply: Result<Reply, booking::Failure>) {
        self.order += 1;
        let number = self.order;
        let phone = self.phone(who);
        phone.open.push(Open {
            errand: number,
            effect: effect.clone(),
        });
        let page = phone.page;
        let known = Known {
            who,
            page,
            number,
            effect,
            reply,
        };
        self.later(1, Happening::Known(Box::new(known)));
    }

    pub(super) fn known(&mut self, known: Known) -> Goes {
        let phone = self.phone(known.who);
        let mut open = phone.open.iter();
        let at = open.position(|open| open.errand == known.number);
        let (true, Some(at)) = (phone.page == known.page, at) else {
            return Ok(());
        };
        phone.open.swap_remove(at);
        self.replied(known.who, known.effect, known.reply)
    }

    /// One request after the other, each with its own fate, until it is known what came of it.
    fn go_on(&mut self, who: usize, effect: Effect, next: Next) -> Goes {
        let call = match next {
            Next::Ask(call) => *call,
            Next::Done(reply) => return self.replied(who, effect, reply),
        };
        self.order += 1;
        let number = self.order;
        let fault = match self.odds {
            Some(odds) => Fault::of(&mut self.dice, odds),
            None => Fault::None,
        };
        // Whatever doubles a create that carries no key is out of a page's hands.
        let keyless = self.server.speaks == Speaks::Calcom && matches!(effect, Effect::Confirm(_));
        let fault = match fault {
            Fault::Twice if keyless => Fault::None,
            fault => fault,
        };
        self.played.requests += 1;
        self.played.faults += u64::from(fault != Fault::None);
        self.tell(format_args!("tab {who} sends {effect:?} ({fault:?})"));
        let now_ms = self.now_ms;
        let phone = self.phone(who);
        phone.open.push(Open {
            errand: number,
            effect: effect.clone(),
        });
        let errand = Errand {
            number,
            page: phone.page,
            sender: phone.sender(who),
            effect,
            call,
            fault,
            sent_ms: now_ms,
        };
        self.post(errand);
        Ok(())
    }

    /// A request leaves, or cannot.
    fn post(&mut self, errand: Errand) {
        let none = Box::new(Err(NoAnswer));
        let now_ms = self.now_ms;
        if now_ms < self.phone(errand.sender.phone).offline_until_ms {
            return self.later(20, Happening::Heard(Box::new(errand), none));
        }
        let limit = i64::from(errand.call.request.timeout_ms);
        let on_its_way = self.latency();
        // Whatever becomes of it, nobody waits longer than this.
        self.later(limit, Happening::Heard(Box::new(errand.clone()), none));
        match errand.fault {
            Fault::RequestLost => {}
            Fault::Late => {
                let late = limit + self.dice.ms(0, 15_000);
                self.later(late, Happening::Arrives(Box::new(errand)));
            }
            Fault::Twice => {
                let again = on_its_way + self.dice.ms(0, 4_000);
                self.later(again, Happening::Arrives(Box::new(errand.clone())));
                self.later(on_its_way, Happening::Arrives(Box::new(errand)));
            }
            _ => self.later(on_its_way, Happening::Arrives(Box::new(errand))),
        }
    }

    fn latency(&mut self) -> i64 {
        if self.dice.one_in(6) {
            self.dice.ms(1_000, 9_000)
        } else {
            self.dice.ms(30, 900)
        }
    }

    pub(super) fn arrives(&mut self, errand: Errand) {
        let now_ms = self.now_ms;
        if now_ms < self.server.down_until_ms {
            return self.later(
                50,
                Happening::Heard(Box::new(errand), Box::new(Err(NoAnswer))),
            );
        }
        if let Fault::Refused(how) = errand.fault {
            let nothing = crate::platform::network::Answer {
                status: 500,
                retry_after: None,
                server_ms: None,
                body: String::new(),
            };
            let answer = Box::new(Ok(spoilt(nothing, how)));
            return self.later(200, Happening::Heard(Box::new(errand), answer));
        }
        if errand.fault == Fault::Slow && self.server.takes_a_while(&errand.call.request) {
            self.server.begin(&errand.call.request);
            let ms = self.dice.ms(500, 25_000);
            return self.later(ms, Happening::Works(Box::new(errand)));
        }
        self.carry_out(errand);
    }

    /// The server acts, and its answer sets out.
    pub(super) fn carry_out(&mut self, errand: Errand) {
        let now_ms = self.now_ms;
        let answer = self
            .server
            .answer(&errand.call.request, errand.sender, now_ms);
        self.tell(format_args!(
            "server: {} {} -> {} {}",
            errand.sender.phone, errand.call.request.url, answer.status, answer.body
        ));
        let back = self.latency();
        let answer = match errand.fault {
            Fault::AnswerLost | Fault::Late => return,
            Fault::Broken(how) => spoilt(answer, how),
            _ => answer,
        };
        self.later(
            back,
            Happening::Heard(Box::new(errand), Box::new(Ok(answer))),
        );
    }

    /// An answer comes, or the wait for it ends. Only the first of the two counts.
    pub(super) fn heard(&mut self, errand: Errand, came: Came) -> Goes {
        let who = errand.sender.phone;
        let now_ms = self.now_ms;
        let phone = self.phone(who);
        let known = phone
            .open
            .iter()
            .position(|open| open.errand == errand.number);
        let (true, Some(at)) = (phone.page == errand.page, known) else {
            return Ok(());
        };
        phone.open.swap_remove(at);
        let told = came.as_ref().is_ok_and(|answer| answer.status == 429);
        let seconds = came.as_ref().ok().and_then(|answer| answer.retry_after);
        let wait = now_ms + i64::from(seconds.filter(|_| told).unwrap_or(0)) * 1_000;
        let next = self.api.go_on(errand.call, came);
        if matches!(next, Next::Done(_)) {
            let phone = self.phone(who);
            phone.asked_ms = errand.sent_ms;
            phone.note_wait(&errand.effect, wait);
        }
        self.go_on(who, errand.effect, next)
    }

    fn replied(
        &mut self,
        who: usize,
        effect: Effect,
        reply: Result<Reply, booking::Failure>,
    ) -> Goes {
        let Some(event) = errand::answered(effect, reply) else {
            return Ok(());
        };
        // An older answer makes up for none that stayed out: the wizard does not listen to it.
        if let Event::ReadArrived(question, result) = &event
            && *question != Question::APART
            && *question == self.phone(who).question
        {
            let phone = self.phone(who);
            phone.failed_reads = if result.is_err() {
                phone.failed_reads + 1
            } else {
                0
            };
        }
        self.dispatch(who, event, Cause::Answer)
    }
}
