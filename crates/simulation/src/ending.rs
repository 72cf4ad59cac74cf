//! The way on: whatever happened, somebody who goes on calmly in a quiet network gets a table.

use crate::evening::{Cause, Evening, Goes, Wrong};
use crate::guest::Wish;

/// How many presses a calm guest needs at most.
const PRESSES: u32 = 90;
/// How many happenings an answer may take.
const PATIENCE: u32 = 20_000;

impl Evening {
    /// The network heals, the server is there, and everybody goes on to the end.
    pub fn end_well(&mut self) -> Goes {
        self.tell(format_args!("-- the network heals --"));
        self.odds = None;
        self.server.busy_until_ms = 0;
        self.server.down_until_ms = 0;
        for phone in &mut self.phones {
            phone.offline_until_ms = 0;
        }
        self.settle()?;
        for who in 0..self.phones.len() {
            self.get_a_table(who)?;
        }
        Ok(())
    }

    /// Waits until nothing is under way any more.
    fn settle(&mut self) -> Goes {
        for _ in 0..PATIENCE {
            if self.is_quiet() {
                return Ok(());
            }
            self.next()?;
        }
        Err(Wrong("it never comes to rest".to_owned()))
    }

    fn get_a_table(&mut self, who: usize) -> Goes {
        for _ in 0..PRESSES {
            if self.phone(who).wizard.booked().is_some() {
                return self.is_the_one(who);
            }
            // What a guest knows from her e-mail she need not be shown.
            if self.mail_has_come(who) {
                return Ok(());
            }
            match self.next_wish(who) {
                Wish::Do(event) => self.dispatch(who, *event, Cause::Guest)?,
                Wish::Open(step, prefill) => self.walk_to(who, step, prefill)?,
                Wish::Wait => {}
            }
            self.settle()?;
        }
        let wizard = &self.phone(who).wizard;
        Err(Wrong(format!(
            "tab {who}: no way on from {:?}: {:?}, {:?}, {:?}",
            wizard.step(),
            wizard.holding(),
            wizard.confirming(),
            wizard.errors()
        )))
    }

    /// What is shown in the end is what was booked, and all that was.
    fn is_the_one(&mut self, who: usize) -> Goes {
        let phone = self.phone(who);
        let shown = phone.wizard.booked().map(|booked| booked.access.id.clone());
        let booking = phone.booking;
        for record in &self.server.records {
            let own = record
                .booked
                .is_some_and(|(_, sender)| sender.phone == who && sender.booking == booking);
            if own && record.state.is_booked() && Some(&record.id) != shown.as_ref() {
                return Err(Wrong(format!(
                    "tab {who}: {} is booked and not shown",
                    record.id
                )));
            }
        }
        Ok(())
    }
}
