//! What the guests of a party want to eat, and what they cannot.
//!
//! The second half is health data. It lives in memory only: [`Dishes`], the part of a plan that a tab
//! may keep, has no field for it, and nothing here prints it.

use std::fmt;

/// What the guests of a party want to eat, and what they cannot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The set menu the dishes are chosen from, by its id.
    pub set: String,
    /// A place for each guest; the first is the lead's.
    pub places: Vec<Place>,
}

/// What one guest wants to eat, and what not.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The dishes chosen.
    pub dishes: Vec<PlannedDish>,
    /// What the guest cannot eat, in the contract's codes. Health data.
    pub codes: Vec<String>,
    /// The same in the guest's own words. Health data.
    pub note: String,
}

/// A dish as the guest read it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlannedDish {
    /// Its id on the menu.
    pub id: String,
    /// Its name, which is what was promised: menus change.
    pub name: String,
}

/// What a tab may keep of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dishes {
    /// The set menu.
    pub set: String,
    /// The dishes of each guest.
    pub places: Vec<Vec<PlannedDish>>,
}

impl fmt::Debug for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not even whether there are any needs.
        out.debug_struct("Place")
            .field("dishes", &self.dishes)
            .finish_non_exhaustive()
    }
}

impl Place {
    /// Whether nothing was chosen and nothing told.
    pub fn is_empty(&self) -> bool {
        self.dishes.is_empty() && !self.tells_needs()
    }

    /// Whether it says what the guest cannot eat.
    pub fn tells_needs(&self) -> bool {
        !self.codes.is_empty() || !self.note.trim().is_empty()
    }
}

impl Plan {
    /// Whether nothing was chosen and nothing told.
    pub fn is_empty(&self) -> bool {
        self.places.iter().all(Place::is_empty)
    }

    /// Whether it says what somebody in a party of this size cannot eat.
    pub fn tells_needs(&self, party: u8) -> bool {
        self.seated(party).any(Place::tells_needs)
    }

    /// How many guests it has something for.
    pub fn guests(&self) -> usize {
        self.places
            .iter()
            .rposition(|place| !place.is_empty())
            .map_or(0, |last| last + 1)
    }

    /// The part of it for a party of this size. Empty places at its end are no part of it, and
    /// without any other the set is none either: plans that say the same are the same.
    #[must_use]
    pub fn for_party(&self, party: u8) -> Self {
        let places = self.seated(party).take(self.guests()).cloned();
        let mut plan = Self {
            set: String::new(),
            places: places.collect(),
        };
        plan.places.truncate(plan.guests());
        if !plan.places.is_empty() {
            plan.set.clone_from(&self.set);
        }
        plan
    }

    /// The dishes alone.
    #[must_use]
    pub fn without_needs(&self) -> Self {
        self.dishes().into()
    }

    /// What a tab may keep of it.
    pub fn dishes(&self) -> Dishes {
        Dishes {
            set: self.set.clone(),
            places: self
                .places
                .iter()
                .map(|place| place.dishes.clone())
                .collect(),
        }
    }

    fn seated(&self, party: u8) -> impl Iterator<Item = &Place> {
        self.places.iter().take(usize::from(party))
    }
}

impl From<Dishes> for Plan {
    fn from(kept: Dishes) -> Self {
        let places = kept.places.into_iter().map(|dishes| Place {
            dishes,
            ..Place::default()
        });
        Self {
            set: kept.set,
            places: places.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dish(id: &str) -> PlannedDish {
        PlannedDish {
            id: id.into(),
            name: format!("The {id}"),
        }
    }

    /// Three guests: the first eats, the second tells, the third does nothing.
    fn plan() -> Plan {
        let eats = Place {
            dishes: vec![dish("mote")],
            ..Place::default()
        };
        let tells = Place {
            codes: vec!["gluten".into()],
            note: "coeliac".into(),
            ..Place::default()
        };
        Plan {
            set: "dinner".into(),
            places: vec![eats, tells, Place::default()],
        }
    }

    #[test]
    fn a_party_gets_its_own_part_and_plans_that_say_the_same_are_the_same() {
        let plan = plan();
        assert_eq!(plan.guests(), 2);
        for (party, places) in [(0, 0), (1, 1), (2, 2), (8, 2)] {
            let part = plan.for_party(party);
            assert_eq!(part.places[..], plan.places[..places], "{party}");
            assert_eq!(part.set.is_empty(), places == 0, "{party}");
            assert_eq!(plan.tells_needs(party), party > 1, "{party}");
        }
        let empty = Plan {
            set: "dinner".into(),
            places: vec![Place::default(); 3],
        };
        assert!(empty.is_empty() && !plan.is_empty());
        assert_eq!(empty.for_party(4), Plan::default());
        // The last guest of the party has nothing, though one beyond it has.
        let mut gap = plan.clone();
        gap.places.push(plan.places[0].clone());
        assert_eq!(gap.for_party(3), plan.for_party(3));
    }

    #[test]
    fn blanks_tell_nothing() {
        let blank = Place {
            note: " \n".into(),
            ..Place::default()
        };
        assert!(blank.is_empty() && !blank.tells_needs());
    }

    #[test]
    fn without_needs_only_the_dishes_are_left() {
        let bare = plan().without_needs();
        assert!(!bare.tells_needs(8));
        assert_eq!(bare.set, "dinner");
        assert_eq!(bare.places[0], plan().places[0]);
        assert_eq!(Plan::from(plan().dishes()), bare);
    }

    #[test]
    fn nobody_reads_needs_in_a_log() {
        let told = format!("{:?} {:#?}", plan(), plan());
        assert!(told.contains("mote"));
        assert!(!told.contains("gluten") && !told.contains("coeliac"));
    }
}
