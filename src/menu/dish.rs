//! Dishes and guests, as far as one can play with them.

use crate::content::{Allergen, play::Words};
use crate::i18n::small;

/// A set of allergens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Allergens(u16);

impl Allergens {
    /// What people call seafood: two of the fourteen at once.
    pub const SEAFOOD: Self =
        Self(Self::bit(Allergen::Crustaceans) | Self::bit(Allergen::Molluscs));

    const fn bit(one: Allergen) -> u16 {
        1 << one as u16
    }

    /// All there are.
    pub fn all() -> Self {
        Allergen::ALL.into_iter().collect()
    }

    /// Adds one.
    pub fn insert(&mut self, one: Allergen) {
        self.0 |= Self::bit(one);
    }

    /// Adds one that is not there, takes away one that is.
    pub fn toggle(&mut self, one: Allergen) {
        self.0 ^= Self::bit(one);
    }

    /// Whether one is there.
    pub fn contains(self, one: Allergen) -> bool {
        self.0 & Self::bit(one) != 0
    }

    /// Whether all of another set are there.
    pub fn contains_all(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Whether none is there.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What is in both sets.
    #[must_use]
    pub fn shared(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in either set.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in this set only.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// They, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = Allergen> {
        Allergen::ALL
            .into_iter()
            .filter(move |one| self.contains(*one))
    }
}

impl FromIterator<Allergen> for Allergens {
    fn from_iter<I: IntoIterator<Item = Allergen>>(them: I) -> Self {
        let mut set = Self::default();
        for one in them {
            set.insert(one);
        }
        set
    }
}

/// What somebody eats, the stricter one last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Diet {
    /// No meat, no fish, no seafood.
    Vegetarian,
    /// Nothing from animals.
    Vegan,
}

impl Diet {
    /// The word in `content/menu.toml`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Vegetarian => "vegetarian",
            Self::Vegan => "vegan",
        }
    }

    /// The diet of a word.
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Vegetarian, Self::Vegan]
            .into_iter()
            .find(|diet| diet.id() == id)
    }
}

/// What a guest asks of a dish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Needs {
    /// What the guest eats; `None` for everything.
    pub diet: Option<Diet>,
    /// What it has to be without.
    pub without: Allergens,
}

impl Needs {
    /// What both ask, the stricter diet.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            diet: self.diet.max(other.diet),
            without: self.without.with(other.without),
        }
    }

    /// Whether the guest asks for nothing.
    pub fn is_empty(self) -> bool {
        self.diet.is_none() && self.without.is_empty()
    }
}

/// A dish.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dish {
    /// Its id in `content/menu.toml`, and its place on the menu's page.
    pub id: String,
    /// Its name in the page's language.
    pub name: String,
    /// The id of its course.
    pub course: String,
    /// Whether it belongs to no set.
    pub extra: bool,
    /// The strictest diet it is cooked for.
    pub diet: Option<Diet>,
    /// What the recipe lists.
    pub contains: Allergens,
    /// What the recipe does not rule out. Not stated is what is in neither set.
    pub may_contain: Allergens,
    /// Its words, folded, in which a search looks.
    pub search: String,
}

impl Dish {
    /// Whether it is cooked for a diet; a vegan dish is vegetarian too.
    pub fn suits(&self, diet: Diet) -> bool {
        self.diet.is_some_and(|own| own >= diet)
    }
}

/// A course of the set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    /// Its id in `content/menu.toml`.
    pub id: String,
    /// What one dish of it is called, such as "starter".
    pub name: String,
}

/// The menu.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Carte {
    /// The id of the set that a table is composed of.
    pub set: String,
    /// The courses of that set, in their order.
    pub courses: Vec<Course>,
    /// What the set costs, in whole Colombian pesos.
    pub price: u32,
    /// From when that price is.
    pub price_note: String,
    /// All dishes, in the order of the page.
    pub dishes: Vec<Dish>,
    /// What the allergens are called.
    pub allergens: Vec<(Allergen, String)>,
    /// What is said while one plays.
    pub words: Words,
}

impl Carte {
    /// The name of the file beside the menu's page that carries it.
    pub const FILE: &str = "carte.json";

    /// Where in the set a dish is served; `None` where it belongs to no course of it.
    pub fn place(&self, dish: usize) -> Option<usize> {
        let dish = self.dishes.get(dish).filter(|dish| !dish.extra)?;
        self.courses
            .iter()
            .position(|course| course.id == dish.course)
    }

    /// What a guest asks, by its code, as it stands inside a sentence; the code where the menu does not
    /// know it.
    pub fn need_name(&self, code: &str) -> String {
        match (Diet::from_id(code), Allergen::from_id(code)) {
            (Some(Diet::Vegetarian), _) => small(&self.words.vegetarian),
            (Some(Diet::Vegan), _) => small(&self.words.vegan),
            (None, Some(one)) => self.name(one).to_owned(),
            (None, None) => code.to_owned(),
        }
    }

    /// What an allergen is called.
    pub fn name(&self, one: Allergen) -> &str {
        self.allergens
            .iter()
            .find(|(known, _)| *known == one)
            .map_or(one.id(), |(_, name)| name)
    }

    /// A dish's number by its id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.dishes.iter().position(|dish| dish.id == id)
    }
}
