//! The ways into this provider, which comes with a part of the program: see `crates/xtask/src/split`.

use super::{Calcom, Then};
use crate::platform::network::{Answer, NoAnswer};
use crate::reservations::{Next, Wanted};

/// The first thing to do for what is wanted.
#[inline(never)]
pub fn begin(calcom: &Calcom, wanted: Wanted) -> Next {
    calcom.begin(wanted)
}

/// What is to be done now that this came of a call.
#[inline(never)]
pub fn go_on(calcom: &Calcom, then: Then, came: Result<Answer, NoAnswer>) -> Next {
    calcom.go_on(then, came)
}
