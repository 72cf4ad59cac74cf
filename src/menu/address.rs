//! Filter and table as parts of an address.
//!
//! The filter is a query, the table a fragment. Both are written in the language of the page and read
//! in either, because the language switch keeps the address. Reading never fails: what makes no sense is
//! left out. What the guests of a table cannot eat stands in no address: people share what stands there.

use super::dish::{Allergens, Carte, Diet, Needs};
use super::filter::Filter;
use super::table::{Guest, MOST_GUESTS, Table};
use crate::content::Allergen;
use crate::i18n::{Locale, fold};

/// A word of an address, Spanish and English.
type Word = [&'static str; 2];

const WITHOUT: Word = ["sin", "without"];
const DIET: Word = ["dieta", "diet"];
const SEARCH: Word = ["buscar", "search"];
const TABLE: Word = ["mesa", "table"];
const SEAFOOD: Word = ["mariscos", "seafood"];

/// A field of the filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// What is eaten.
    Diet,
    /// What the dishes have to be without.
    Without,
    /// Words.
    Search,
}

/// A field's name in an address, and in the form that writes one.
pub fn name(field: Field, locale: Locale) -> &'static str {
    said(field.word(), locale)
}

/// A diet's word in an address.
pub fn diet(diet: Diet, locale: Locale) -> &'static str {
    said(diet_word(diet), locale)
}

/// An allergen's word in an address.
pub fn allergen(one: Allergen, locale: Locale) -> &'static str {
    said(allergen_word(one), locale)
}

/// The word for crustaceans and molluscs together.
pub fn seafood(locale: Locale) -> &'static str {
    said(SEAFOOD, locale)
}

impl Field {
    fn word(self) -> Word {
        match self {
            Self::Diet => DIET,
            Self::Without => WITHOUT,
            Self::Search => SEARCH,
        }
    }
}

impl Filter {
    /// Whether a box with this name and value is ticked while this filter is set. Seafood is one box:
    /// where it is ticked, those of its two kinds are not.
    pub fn ticks(&self, name: &str, value: &str) -> bool {
        let Some(asked) = needs_of(name, value) else {
            return false;
        };
        if DIET.contains(&name) {
            return asked.diet == self.needs.diet;
        }
        let seafood = self.needs.without.contains_all(Allergens::SEAFOOD);
        let covered = seafood
            && asked.without != Allergens::SEAFOOD
            && Allergens::SEAFOOD.contains_all(asked.without);
        !asked.without.is_empty() && self.needs.without.contains_all(asked.without) && !covered
    }

    /// Reads a query, with or without its question mark.
    pub fn from_query(query: &str) -> Self {
        Self::from_fields(pairs(query))
    }

    /// Reads the fields of a form.
    pub fn from_fields(fields: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut needs = Needs::default();
        let mut search = String::new();
        for (name, value) in fields {
            let name = name.as_str();
            if SEARCH.contains(&name) {
                search = value;
            } else if let Some(more) = needs_of(name, &value) {
                needs = needs.and(more);
            }
        }
        Self {
            needs,
            search: String::new(),
        }
        .searching(&search)
    }

    /// Writes it without its question mark; empty where nothing is asked.
    pub fn to_query(&self, locale: Locale) -> String {
        let mut query = Written::new(locale);
        query.needs(self.needs);
        if !self.search.is_empty() {
            query.put(said(SEARCH, locale), &encode(&self.search));
        }
        query.text
    }
}

impl Table {
    /// Reads a fragment, with or without its sign; `None` where it tells of no table, as the name of a
    /// place in the page. A dish the menu does not have is left out.
    pub fn from_fragment(fragment: &str, carte: &Carte) -> Option<Self> {
        let mut size = None;
        let mut guests: Vec<Vec<usize>> = Vec::new();
        for (name, value) in pairs(fragment) {
            if TABLE.contains(&name.as_str()) {
                size = number(&value).or(size);
                continue;
            }
            let Some(guest) = number(&name).and_then(|guest| guest.checked_sub(1)) else {
                continue;
            };
            if guest >= MOST_GUESTS {
                continue;
            }
            if guest >= guests.len() {
                guests.resize_with(guest + 1, Vec::new);
            }
            if let Some(dishes) = guests.get_mut(guest) {
                dishes.extend(value.split(',').filter_map(|id| carte.find(id)));
            }
        }
        if size.is_none() && guests.is_empty() {
            return None;
        }
        let mut table = Self::new(carte, size.unwrap_or(guests.len()));
        for (guest, dishes) in guests.into_iter().enumerate() {
            for dish in dishes {
                table.pick(carte, guest, dish);
            }
        }
        Some(table)
    }

    /// Writes it without its sign; empty where one guest has chosen nothing.
    pub fn to_fragment(&self, carte: &Carte, locale: Locale) -> String {
        let mut fragment = Written::new(locale);
        if self.guests().len() > 1 {
            let size = self.guests().len().to_string();
            fragment.put(said(TABLE, locale), &size);
        }
        for (number, Guest { picks, .. }) in self.guests().iter().enumerate() {
            let number = (number + 1).to_string();
            let ids: Vec<&str> = picks
                .iter()
                .flatten()
                .filter_map(|dish| carte.dishes.get(*dish))
                .map(|dish| dish.id.as_str())
                .collect();
            if !ids.is_empty() {
                fragment.put(&number, &ids.join(","));
            }
        }
        fragment.text
    }
}

/// A list of names and values while it is written.
struct Written {
    locale: Locale,
    text: String,
}

impl Written {
    fn new(locale: Locale) -> Self {
        Self {
            locale,
            text: String::new(),
        }
    }

    fn put(&mut self, name: &str, value: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        self.text.push_str(name);
        self.text.push('=');
        self.text.push_str(value);
    }

    fn needs(&mut self, needs: Needs) {
        if let Some(diet) = needs.diet {
            self.put(said(DIET, self.locale), said(diet_word(diet), self.locale));
        }
        if !needs.without.is_empty() {
            self.put(said(WITHOUT, self.locale), &self.without(needs.without));
        }
    }

    fn without(&self, mut set: Allergens) -> String {
        let mut words = Vec::new();
        if set.contains_all(Allergens::SEAFOOD) {
            words.push(said(SEAFOOD, self.locale));
            set = set.without(Allergens::SEAFOOD);
        }
        words.extend(set.iter().map(|one| said(allergen_word(one), self.locale)));
        words.join(",")
    }
}

fn said([es, en]: Word, locale: Locale) -> &'static str {
    match locale {
        Locale::Es => es,
        Locale::En => en,
    }
}

fn diet_word(diet: Diet) -> Word {
    match diet {
        Diet::Vegetarian => ["vegetariana", "vegetarian"],
        Diet::Vegan => ["vegana", "vegan"],
    }
}

fn allergen_word(one: Allergen) -> Word {
    let es = match one {
        Allergen::Gluten => "gluten",
        Allergen::Crustaceans => "crustaceos",
        Allergen::Eggs => "huevos",
        Allergen::Fish => "pescado",
        Allergen::Peanuts => "mani",
        Allergen::Soya => "soya",
        Allergen::Milk => "leche",
        Allergen::TreeNuts => "frutos-de-cascara",
        Allergen::Celery => "apio",
        Allergen::Mustard => "mostaza",
        Allergen::Sesame => "ajonjoli",
        Allergen::Sulphites => "sulfitos",
        Allergen::Lupin => "altramuces",
        Allergen::Molluscs => "moluscos",
        Allergen::Coconut => "coco",
    };
    [es, one.id()]
}

/// The need a name and its value tell; `None` where the name is another one.
fn needs_of(name: &str, value: &str) -> Option<Needs> {
    let value = fold(value);
    let words = value.split(',').map(str::trim);
    let mut needs = Needs::default();
    if DIET.contains(&name) {
        // Whoever eats vegan does not want what is only vegetarian.
        needs.diet = words.filter_map(diet_of).max();
    } else if WITHOUT.contains(&name) {
        needs.without = words
            .map(without_of)
            .fold(Allergens::default(), Allergens::with);
    } else {
        return None;
    }
    Some(needs)
}

/// Both genders and both languages: `vegana`, `vegano`, `vegan`.
fn diet_of(word: &str) -> Option<Diet> {
    if word.starts_with("vegan") {
        Some(Diet::Vegan)
    } else {
        word.starts_with("vegetarian").then_some(Diet::Vegetarian)
    }
}

fn without_of(word: &str) -> Allergens {
    if SEAFOOD.contains(&word) {
        return Allergens::SEAFOOD;
    }
    Allergen::ALL
        .into_iter()
        .filter(|one| allergen_word(*one).contains(&word))
        .collect()
}

/// A whole number; one that is too large for a number is as large as there is.
fn number(text: &str) -> Option<usize> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(usize::MAX))
}

/// The names and values of a query or a fragment, decoded.
fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    text.trim_start_matches(['?', '#']).split('&').map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    })
}

/// A text as the value of a query: whatever could mean something there is escaped.
fn encode(text: &str) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).map(|c| c.to_ascii_uppercase());
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend(digit(byte >> 4));
            encoded.extend(digit(byte & 15));
        }
    }
    encoded
}

/// The text that was escaped. What is no escape stands for itself.
fn decode(text: &str) -> String {
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let escaped = (byte == b'%')
            .then(|| Some(digit(ahead.next()?)? << 4 | digit(ahead.next()?)?))
            .flatten();
        if escaped.is_some() {
            bytes = ahead;
        }
        decoded.push(escaped.unwrap_or(if byte == b'+' { b' ' } else { byte }));
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
