//! Lost links: the venue mails the links of the bookings made with an address, and tells nobody whether there
//! are any.

use super::{Manage, ManageEffect};
use crate::draft::GuestField;
use crate::failure::Failure;
use crate::rules::{Reason, guest_field_reason};

/// A request for the links of an address.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Links {
    email: String,
    wrong: Option<Reason>,
    stage: Request,
}

/// How far it has got.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Request {
    /// Nothing was sent.
    #[default]
    Not,
    /// Sent; no answer yet.
    Sending,
    /// The venue looks for bookings of this address.
    Taken(String),
    /// Not taken, or nobody knows: asking again does no harm.
    Failed(Failure),
}

impl Links {
    /// What stands in the field.
    pub fn email(&self) -> &str {
        &self.email
    }

    /// What is wrong with it.
    pub fn wrong(&self) -> Option<Reason> {
        self.wrong
    }

    /// How far it has got.
    pub fn stage(&self) -> &Request {
        &self.stage
    }
}

impl Manage {
    /// The request for lost links.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// Whether the venue mails them; unknown until it has answered.
    pub fn mails_links(&self) -> Option<bool> {
        self.venue().map(|venue| venue.capabilities.messages)
    }

    pub(super) fn links_written(&mut self, email: String) -> Vec<ManageEffect> {
        self.links.email = email;
        // What is mended is no error any more; the next one is told when it is sent.
        if self.links.wrong.is_some() && reason(&self.links.email).is_none() {
            self.links.wrong = None;
        }
        Vec::new()
    }

    pub(super) fn links_pressed(&mut self) -> Vec<ManageEffect> {
        if self.links.stage == Request::Sending || self.mails_links() != Some(true) {
            return Vec::new();
        }
        self.links.wrong = reason(&self.links.email);
        if self.links.wrong.is_some() {
            self.links.stage = Request::Not;
            return vec![ManageEffect::FocusErrors];
        }
        self.links.stage = Request::Sending;
        vec![ManageEffect::AskLinks(self.links.email.trim().to_owned())]
    }

    pub(super) fn links_arrived(
        &mut self,
        email: String,
        result: Result<(), Failure>,
    ) -> Vec<ManageEffect> {
        if self.links.stage != Request::Sending {
            return Vec::new();
        }
        self.links.stage = match result {
            Ok(()) => Request::Taken(email),
            Err(Failure::Refused(_)) => {
                self.links.wrong = Some(Reason::Invalid);
                self.links.stage = Request::Not;
                return vec![ManageEffect::FocusErrors];
            }
            Err(failure) => Request::Failed(failure),
        };
        vec![ManageEffect::FocusNotice]
    }

    /// For another address, or the same one written right.
    pub(super) fn links_again(&mut self) -> Vec<ManageEffect> {
        self.links.stage = Request::Not;
        vec![ManageEffect::FocusField]
    }
}

fn reason(email: &str) -> Option<Reason> {
    guest_field_reason(GuestField::Email, true, email)
}
