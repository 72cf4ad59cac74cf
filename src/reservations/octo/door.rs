//! The ways into this provider, which comes with a part of the program: see `crates/xtask/src/split`.

use booking::Failure;

use super::{Octo, Then, supplier};
use crate::platform::network::{Answer, NoAnswer, Request};
use crate::reservations::{Next, Wanted};

/// The first thing to do for what is wanted.
#[inline(never)]
pub fn begin(octo: &Octo, wanted: Wanted) -> Next {
    octo.begin(wanted)
}

/// What is to be done now that this came of a call.
#[inline(never)]
pub fn go_on(octo: &Octo, then: Then, came: Result<Answer, NoAnswer>) -> Next {
    octo.go_on(then, came)
}

/// The question who the supplier is.
#[inline(never)]
pub fn ask_who(octo: &Octo) -> Request {
    supplier::ask(octo)
}

/// Who it is.
///
/// # Errors
/// Whatever came in place of a name.
#[inline(never)]
pub fn read_who(came: Result<Answer, NoAnswer>) -> Result<String, Failure> {
    supplier::read(came)
}
