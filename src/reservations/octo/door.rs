//! The ways into this provider, which comes with a part of the program: see `crates/xtask/src/split`.

use super::{Octo, Then, supplier};
use crate::platform::network::{Answer, NoAnswer};
use crate::reservations::{Coming, Next, Wanted};

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

/// Who the supplier is.
#[inline(never)]
pub fn who(octo: &Octo) -> Coming<String> {
    supplier::who(octo)
}
