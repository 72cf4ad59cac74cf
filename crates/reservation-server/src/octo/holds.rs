//! Live holds of one client, and how often each was made longer. The supplier knows neither: all its guests
//! are one reseller to it. Kept in memory, for as long as a hold lasts.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

#[derive(Debug)]
struct Hold {
    client: IpAddr,
    ends: Timestamp,
    extensions: u32,
}

/// The holds there are.
#[derive(Debug)]
pub(super) struct Holds {
    most: u32,
    extensions: u32,
    of: Mutex<HashMap<String, Hold>>,
}

impl Holds {
    /// So many of one client, and each made longer so often.
    pub fn new(most: u32, extensions: u32) -> Self {
        Self {
            most,
            extensions,
            of: Mutex::default(),
        }
    }

    /// Counts one more, before it is there: two at the same moment are two.
    ///
    /// # Errors
    /// Seconds until one of this client's ends, if it has as many as it may.
    pub fn take(
        &self,
        client: IpAddr,
        uuid: &str,
        ends: Timestamp,
        now: Timestamp,
    ) -> Result<(), u32> {
        let mut holds = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        holds.retain(|_, hold| hold.ends > now);
        let own = holds.iter();
        let own = own.filter(|(known, hold)| hold.client == client && *known != uuid);
        let ends_of_own: Vec<Timestamp> = own.map(|(_, hold)| hold.ends).collect();
        if ends_of_own.len() >= self.most as usize {
            let next = ends_of_own.into_iter().min().unwrap_or(now);
            let seconds = next.duration_since(now).as_secs().max(0) + 1;
            return Err(u32::try_from(seconds).unwrap_or(u32::MAX));
        }
        let hold = Hold {
            client,
            ends,
            extensions: 0,
        };
        holds.insert(uuid.to_owned(), hold);
        Ok(())
    }

    /// It is none any more, or never was one.
    pub fn end(&self, uuid: &str) {
        let mut holds = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        holds.remove(uuid);
    }

    /// Whether it may be made longer once more. One that this server does not know, which was started since,
    /// may be.
    pub fn may_last(&self, uuid: &str) -> bool {
        let holds = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        let used = holds.get(uuid).map_or(0, |hold| hold.extensions);
        used < self.extensions
    }

    /// It was made longer.
    pub fn lasts(&self, client: IpAddr, uuid: &str, ends: Timestamp) {
        let mut holds = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        let hold = holds.entry(uuid.to_owned()).or_insert(Hold {
            client,
            ends,
            extensions: 0,
        });
        hold.ends = ends;
        hold.extensions += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_has_so_many_and_each_lasts_so_long() {
        let holds = Holds::new(2, 1);
        let at = |second| Timestamp::from_second(second).unwrap();
        let [one, other] = ["10.0.0.1", "10.0.0.2"].map(|text| text.parse::<IpAddr>().unwrap());
        assert_eq!(holds.take(one, "a", at(60), at(0)), Ok(()));
        assert_eq!(holds.take(one, "b", at(90), at(0)), Ok(()));
        assert_eq!(holds.take(one, "c", at(90), at(0)), Err(61));
        // The same again is no other.
        assert_eq!(holds.take(one, "b", at(90), at(0)), Ok(()));
        assert_eq!(holds.take(other, "c", at(90), at(0)), Ok(()));
        holds.end("b");
        assert_eq!(holds.take(one, "d", at(90), at(0)), Ok(()));
        assert_eq!(holds.take(one, "e", at(90), at(60)), Ok(()));
        assert!(holds.may_last("d") && holds.may_last("unknown"));
        holds.lasts(one, "d", at(120));
        assert!(!holds.may_last("d"));
        assert_eq!(holds.take(one, "f", at(200), at(91)), Ok(()));
        assert_eq!(holds.take(one, "g", at(200), at(91)), Err(30));
    }
}
