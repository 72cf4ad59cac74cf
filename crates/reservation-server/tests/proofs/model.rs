//! What two seatings are, said as simply as possible: the specification that histories are held to.
//! It knows nothing of the server's code, only of its contract.

use std::collections::BTreeMap;

use todc_utils::specifications::Specification;

/// Seconds.
const TTL: i64 = 600;
const EXTENSION: i64 = 300;
const EXTENSIONS: u8 = 2;
const GRACE: i64 = 5;

/// Places of each seating; the same in the servers' settings.
pub const PLACES: u32 = 5;

/// What a server says whose database does not answer in time.
pub const UNAVAILABLE: &str = "temporarily-unavailable";

/// A call with what it came to.
#[derive(Clone, Debug)]
pub struct Operation {
    pub call: Call,
    pub told: Told,
}

/// What was asked. Reservations go by numbers that the clients give them.
#[derive(Clone, Debug)]
pub enum Call {
    Hold {
        id: u32,
        seating: u8,
        party: u32,
    },
    Extend {
        id: u32,
        version: u64,
    },
    Confirm {
        id: u32,
        version: u64,
    },
    Modify {
        id: u32,
        version: u64,
        seating: Option<u8>,
        party: Option<u32>,
    },
    Cancel {
        id: u32,
    },
    Read {
        id: u32,
    },
    /// The clock moves; back, where it is less than nothing.
    Wait {
        seconds: i64,
    },
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Done, with the version there is now.
    Version(u64),
    /// Read: the status word and the version.
    Stands(String, u64),
    /// A problem's slug.
    Problem(String),
    /// Nothing to tell.
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Status {
    OnHold,
    Expired,
    Confirmed,
    Cancelled,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Reservation {
    seating: u8,
    party: u32,
    status: Status,
    version: u64,
    expires: i64,
    extensions: u8,
}

/// The house.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct House {
    now: i64,
    reservations: BTreeMap<u32, Reservation>,
}

/// The specification.
pub struct TwoSeatings;

impl Specification for TwoSeatings {
    type State = House;
    type Operation = Operation;

    fn init() -> House {
        House::default()
    }

    fn apply(operation: &Operation, state: &House) -> (bool, House) {
        if operation.told == problem(UNAVAILABLE) {
            // Whoever is told so may call again: nothing was done.
            return (true, state.clone());
        }
        let mut house = state.clone();
        let told = house.take(&operation.call);
        (told == operation.told, house)
    }
}

impl House {
    fn take(&mut self, call: &Call) -> Told {
        match *call {
            Call::Hold { id, seating, party } => self.hold(id, seating, party),
            Call::Extend { id, version } => self.extend(id, version),
            Call::Confirm { id, version } => self.confirm(id, version),
            Call::Modify {
                id,
                version,
                seating,
                party,
            } => self.modify(id, version, seating, party),
            Call::Cancel { id } => self.cancel(id),
            Call::Read { id } => self.read(id),
            Call::Wait { seconds } => {
                self.now += seconds;
                Told::Nothing
            }
        }
    }

    fn has_run_out(&self, reservation: &Reservation) -> bool {
        reservation.status == Status::OnHold && self.now - reservation.expires >= GRACE
    }

    fn status(&self, id: u32) -> Status {
        let reservation = &self.reservations[&id];
        if self.has_run_out(reservation) {
            Status::Expired
        } else {
            reservation.status
        }
    }

    /// Counting makes what has run out stay so, whatever the clock does afterwards.
    fn fits(&mut self, id: u32, seating: u8, party: u32) -> bool {
        let run_out: Vec<u32> = self
            .reservations
            .iter()
            .filter(|(_, it)| it.seating == seating && self.has_run_out(it))
            .map(|(id, _)| *id)
            .collect();
        for id in run_out {
            self.reservations.get_mut(&id).expect("listed").status = Status::Expired;
        }
        let taken: u32 = self
            .reservations
            .iter()
            .filter(|(other, it)| **other != id && it.seating == seating)
            .filter(|(_, it)| matches!(it.status, Status::OnHold | Status::Confirmed))
            .map(|(_, it)| it.party)
            .sum();
        taken + party <= PLACES
    }

    fn hold(&mut self, id: u32, seating: u8, party: u32) -> Told {
        if !self.fits(id, seating, party) {
            return problem("slot-unavailable");
        }
        let reservation = Reservation {
            seating,
            party,
            status: Status::OnHold,
            version: 1,
            expires: self.now + TTL,
            extensions: 0,
        };
        self.reservations.insert(id, reservation);
        Told::Version(1)
    }

    fn extend(&mut self, id: u32, version: u64) -> Told {
        let status = self.status(id);
        let it = self.reservations.get_mut(&id).expect("known");
        match status {
            _ if it.version != version => problem("version-conflict"),
            Status::OnHold if it.extensions >= EXTENSIONS => problem("hold-extension-limit"),
            Status::OnHold => {
                it.extensions += 1;
                it.expires += EXTENSION;
                it.version += 1;
                Told::Version(it.version)
            }
            Status::Expired => problem("hold-expired"),
            _ => problem("not-modifiable"),
        }
    }

    fn confirm(&mut self, id: u32, version: u64) -> Told {
        let status = self.status(id);
        let it = self.reservations.get_mut(&id).expect("known");
        match status {
            _ if it.version != version => problem("version-conflict"),
            Status::OnHold => {
                it.status = Status::Confirmed;
                it.version += 1;
                Told::Version(it.version)
            }
            Status::Expired => problem("hold-expired"),
            _ => problem("not-modifiable"),
        }
    }

    fn modify(&mut self, id: u32, version: u64, seating: Option<u8>, party: Option<u32>) -> Told {
        let status = self.status(id);
        let it = self.reservations[&id].clone();
        match status {
            _ if it.version != version => return problem("version-conflict"),
            Status::Expired => return problem("hold-expired"),
            Status::Confirmed => {}
            _ => return problem("not-modifiable"),
        }
        let (seating, party) = (seating.unwrap_or(it.seating), party.unwrap_or(it.party));
        if seating == it.seating && party == it.party {
            return Told::Version(it.version);
        }
        let takes = seating != it.seating || party > it.party;
        if takes && !self.fits(id, seating, party) {
            return problem("slot-unavailable");
        }
        let it = self.reservations.get_mut(&id).expect("known");
        (it.seating, it.party) = (seating, party);
        it.version += 1;
        Told::Version(it.version)
    }

    fn cancel(&mut self, id: u32) -> Told {
        let status = self.status(id);
        let it = self.reservations.get_mut(&id).expect("known");
        let ended = match status {
            Status::OnHold => Status::Expired,
            Status::Confirmed => Status::Cancelled,
            Status::Expired | Status::Cancelled => return Told::Version(it.version),
        };
        it.expires = it.expires.min(self.now);
        it.status = ended;
        it.version += 1;
        Told::Version(it.version)
    }

    fn read(&self, id: u32) -> Told {
        let word = match self.status(id) {
            Status::OnHold => "ON_HOLD",
            Status::Expired => "EXPIRED",
            Status::Confirmed => "CONFIRMED",
            Status::Cancelled => "CANCELLED",
        };
        Told::Stands(word.to_owned(), self.reservations[&id].version)
    }
}

fn problem(slug: &str) -> Told {
    Told::Problem(slug.to_owned())
}
