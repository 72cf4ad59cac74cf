//! Lost links. Not one of the wishes every provider is asked for: only this contract has them, and they are asked
//! for on one page, whose part of the program carries this.

use super::super::json::{object, post};
use super::super::{Call, Next, Then as Notes};
use super::{Native, Then};

impl Native {
    pub(in super::super) fn ask_for_links(&self, email: &str) -> Next {
        let body = object([("email", email.into())]);
        let request = post(self.venue_url("/link-requests"), Some(&body));
        let then = Notes::Native(Then::Told(202));
        Next::Ask(Box::new(Call { request, then }))
    }
}
