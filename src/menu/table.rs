//! The composed table: what each guest eats, what that costs, and what it contradicts.

use super::dish::{Carte, Diet, Needs};
use super::filter::{Arranged, Filter};
use crate::content::Allergen;

/// How many guests a table has at most.
pub const MOST_GUESTS: usize = 8;

/// A guest: a number, no name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guest {
    /// A dish's number for each course of the set.
    pub picks: Vec<Option<usize>>,
    /// What this guest asks of the dishes.
    pub needs: Needs,
    /// The same in the guest's own words, for the kitchen.
    pub note: String,
}

/// A table of one to eight guests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    guests: Vec<Guest>,
    courses: usize,
}

/// A dish that a guest picked in spite of a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Conflict {
    /// Counted from zero.
    pub guest: usize,
    /// The dish's number on the menu.
    pub dish: usize,
    /// What does not go together.
    pub clash: Clash,
}

/// What does not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Clash {
    /// The dish is not cooked for the guest's diet.
    Diet(Diet),
    /// The recipe lists what the guest goes without.
    Contains(Allergen),
    /// The recipe does not rule out what the guest goes without.
    MayContain(Allergen),
}

impl Table {
    /// A table at which nothing is chosen yet.
    pub fn new(carte: &Carte, guests: usize) -> Self {
        let mut table = Self {
            guests: Vec::new(),
            courses: carte.courses.len(),
        };
        table.seat(guests);
        table
    }

    /// Changes the number of guests, within what a table takes; those who stay keep their dishes.
    pub fn seat(&mut self, guests: usize) {
        let empty = Guest {
            picks: vec![None; self.courses],
            ..Guest::default()
        };
        self.guests.resize(guests.clamp(1, MOST_GUESTS), empty);
    }

    /// The guests, in their order.
    pub fn guests(&self) -> &[Guest] {
        &self.guests
    }

    /// What a guest asks of the dishes; nothing happens where there is no such guest.
    pub fn need(&mut self, guest: usize, needs: Needs) {
        if let Some(guest) = self.guests.get_mut(guest) {
            guest.needs = needs;
        }
    }

    /// What a guest says in words of their own; nothing happens where there is no such guest.
    pub fn note(&mut self, guest: usize, note: String) {
        if let Some(guest) = self.guests.get_mut(guest) {
            guest.note = note;
        }
    }

    /// Gives a guest a dish, in the place of another of its course. Nothing happens where there is no such
    /// guest or the set does not have the dish.
    pub fn pick(&mut self, carte: &Carte, guest: usize, dish: usize) {
        if let Some(place) = carte.place(dish)
            && let Some(pick) = self.pick_of(guest, place)
        {
            *pick = Some(dish);
        }
    }

    /// Takes a course from a guest.
    pub fn clear(&mut self, guest: usize, course: usize) {
        if let Some(pick) = self.pick_of(guest, course) {
            *pick = None;
        }
    }

    fn pick_of(&mut self, guest: usize, course: usize) -> Option<&mut Option<usize>> {
        self.guests.get_mut(guest)?.picks.get_mut(course)
    }

    /// What the table costs, in whole pesos: the set for every guest.
    pub fn sum(&self, carte: &Carte) -> u64 {
        self.guests.iter().map(|_| u64::from(carte.price)).sum()
    }

    /// The guests who lack a course, counted from zero.
    pub fn incomplete(&self) -> impl Iterator<Item = usize> {
        self.guests
            .iter()
            .enumerate()
            .filter(|(_, guest)| guest.picks.iter().any(Option::is_none))
            .map(|(number, _)| number)
    }

    /// The courses a guest has not chosen, by their numbers.
    pub fn missing(&self, guest: usize) -> impl Iterator<Item = usize> {
        let picks = self.guests.get(guest).map_or(&[][..], |guest| &guest.picks);
        let lacking = picks.iter().enumerate().filter(|(_, pick)| pick.is_none());
        lacking.map(|(course, _)| course)
    }

    /// Every dish that was picked in spite of a need.
    pub fn conflicts(&self, carte: &Carte) -> Vec<Conflict> {
        let mut conflicts = Vec::new();
        for (guest, Guest { picks, needs, .. }) in self.guests.iter().enumerate() {
            for number in picks.iter().flatten().copied() {
                let Some(dish) = carte.dishes.get(number) else {
                    continue;
                };
                let diet = needs.diet.filter(|diet| !dish.suits(*diet));
                let contains = dish.contains.shared(needs.without);
                // What it certainly contains need not be told as a possibility too.
                let may_contain = dish.may_contain.shared(needs.without).without(contains);
                let clashes = diet.map(Clash::Diet).into_iter();
                let clashes = clashes
                    .chain(contains.iter().map(Clash::Contains))
                    .chain(may_contain.iter().map(Clash::MayContain));
                conflicts.extend(clashes.map(|clash| Conflict {
                    guest,
                    dish: number,
                    clash,
                }));
            }
        }
        conflicts
    }
}

/// The dishes of a course of the set as a guest with these needs finds them: those that go against the
/// needs are not hidden, they stand in the group that says so.
pub fn choices(carte: &Carte, course: usize, needs: Needs) -> Arranged {
    let filter = Filter {
        needs,
        ..Filter::default()
    };
    let mut arranged = Arranged::default();
    for (number, dish) in carte.dishes.iter().enumerate() {
        if carte.place(number) == Some(course) {
            arranged.put(number, filter.group(dish));
        }
    }
    arranged
}
