//! Which dishes a filter shows, and under which heading.

use super::dish::{Dish, Needs};
use crate::i18n::{fold, holds};

/// How much of a search is kept: nobody types more, and an address has to carry it.
pub const LONGEST_SEARCH: usize = 80;

/// What a reader asks of the menu.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Diet, and what the dishes have to be without.
    pub needs: Needs,
    /// Words, as they were typed.
    pub search: String,
}

/// Where a dish stands. There is no group of dishes that are safe: nobody knows that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// Not shown: it contains what it should be without, is not cooked for the diet, or has not the words.
    Hidden,
    /// Shown as it is: nothing was asked about allergens.
    Plain,
    /// Shown under "the recipe does not list it: ask the kitchen".
    Ask,
    /// Shown last, under its warning.
    MayContain,
}

/// The numbers of the dishes of each group, in the order of the menu.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arranged {
    /// Shown as they are.
    pub plain: Vec<usize>,
    /// Shown under "the recipe does not list it: ask the kitchen".
    pub ask: Vec<usize>,
    /// Shown last, under their warning.
    pub may_contain: Vec<usize>,
    /// Not shown.
    pub hidden: Vec<usize>,
}

impl Arranged {
    /// Puts a dish into its group.
    pub fn put(&mut self, dish: usize, group: Group) {
        match group {
            Group::Plain => &mut self.plain,
            Group::Ask => &mut self.ask,
            Group::MayContain => &mut self.may_contain,
            Group::Hidden => &mut self.hidden,
        }
        .push(dish);
    }

    /// How many dishes are shown, for the announcement.
    pub fn shown(&self) -> usize {
        self.plain.len() + self.ask.len() + self.may_contain.len()
    }
}

impl Filter {
    /// A search, as far as it is kept.
    #[must_use]
    pub fn searching(mut self, words: &str) -> Self {
        self.search = words.chars().take(LONGEST_SEARCH).collect();
        self
    }

    /// Both at once; the words of the other one where it has some.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            needs: self.needs.and(other.needs),
            search: if other.search.is_empty() {
                self.search
            } else {
                other.search
            },
        }
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.needs.is_empty() && self.search.is_empty()
    }

    /// Where a dish stands.
    pub fn group(&self, dish: &Dish) -> Group {
        self.grouped(dish, &fold(&self.search))
    }

    /// Where each dish stands, in the order of the menu.
    pub fn groups(&self, dishes: &[Dish]) -> Vec<Group> {
        let search = fold(&self.search);
        let group = |dish| self.grouped(dish, &search);
        dishes.iter().map(group).collect()
    }

    /// The dishes of the menu by their groups: every one in exactly one.
    pub fn arrange(&self, dishes: &[Dish]) -> Arranged {
        let mut arranged = Arranged::default();
        for (number, group) in self.groups(dishes).into_iter().enumerate() {
            arranged.put(number, group);
        }
        arranged
    }

    fn grouped(&self, dish: &Dish, search: &str) -> Group {
        let without = self.needs.without;
        let suits = self.needs.diet.is_none_or(|diet| dish.suits(diet));
        let found = search
            .split_whitespace()
            .all(|word| holds(&dish.search, word));
        if !suits || !found || !dish.contains.shared(without).is_empty() {
            Group::Hidden
        } else if without.is_empty() {
            Group::Plain
        } else if dish.may_contain.shared(without).is_empty() {
            Group::Ask
        } else {
            Group::MayContain
        }
    }
}
