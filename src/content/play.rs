//! The words one plays with the menu in. They travel with its data and not in the WebAssembly, so a
//! venue changes them as it changes a dish.

use serde_json::Value;

macro_rules! words {
    ($($(#[doc = $doc:literal])+ $name:ident),+ $(,)?) => {
        /// The section `[play]` of `content/<language>/publication.toml`. `{…}` is filled in.
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        #[cfg_attr(feature = "ssr", derive(serde::Deserialize), serde(deny_unknown_fields))]
        pub struct Words {
            $($(#[doc = $doc])+ pub $name: String,)+
        }

        impl Words {
            /// Writes them for a page to carry.
            pub fn to_json(&self) -> Value {
                let entries = [$((stringify!($name), &self.$name)),+];
                let named = |(name, text): (&str, &String)| (name.to_owned(), text.as_str().into());
                Value::Object(entries.into_iter().map(named).collect())
            }

            /// Reads what a page carries; a word that is missing is empty.
            pub fn from_json(value: &Value) -> Self {
                let word = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
                Self { $($name: word(stringify!($name)).to_owned(),)+ }
            }
        }
    };
}

words! {
    /// How many dishes there are, while nothing is asked: `{n}`.
    all_dishes,
    /// How many are left of all: `{n}`, `{all}`.
    some_dishes,
    /// The same, where one is left: `{all}`.
    one_dish,
    /// That no dish is left.
    no_dish,
    /// Said after the count: `{n}` dishes stand under the warning.
    last_ones,
    /// The same, where it is one.
    last_one,
    /// Crustaceans and molluscs together.
    seafood,
    /// Over the diets.
    diet,
    /// No diet.
    any_diet,
    /// Over what a dish should be without.
    without,
    /// The diet, as a guest says it.
    vegetarian,
    /// The diet, as a guest says it.
    vegan,
    /// Heading of the composed table.
    title,
    /// What it is good for.
    lead,
    /// How many sit there: the label of the number.
    seats,
    /// One guest.
    one_seat,
    /// More guests: `{n}`.
    more_seats,
    /// One guest less.
    fewer,
    /// One guest more.
    more,
    /// A guest: `{n}`.
    guest,
    /// That a course is not chosen.
    none_yet,
    /// What a guest does not eat, while nothing is said.
    needs,
    /// The same, with what was said: `{list}`.
    needs_told,
    /// Over the dishes whose recipe does not list what the guest avoids.
    group_ask,
    /// Over the dishes that may contain it.
    group_may_contain,
    /// Over the dishes that do not go with it.
    group_against,
    /// A conflict: `{dish}`, `{list}`.
    contains,
    /// A conflict: `{dish}`, `{list}`.
    may_contain,
    /// A conflict: `{dish}`, `{diet}`.
    not_of_diet,
    /// That nothing said here means that a dish is free from something.
    ask,
    /// What a guest has not chosen: `{list}`.
    missing,
    /// Before the sum.
    total,
    /// How the sum is made: `{n}`, `{price}`.
    each,
    /// The way into the booking.
    book,
    /// Copies a link to the table.
    copy,
    /// That it was copied, and what is not in it.
    copied,
    /// That it could not be copied, and what to do.
    not_copied,
    /// Prints the page.
    print,
    /// Empties the table.
    clear,
    /// The bar at the foot, while nothing is composed.
    bar_start,
    /// The bar at the foot, over the sum: `{n}`.
    bar_table,
    /// The bar's way to the table.
    bar_go,
}
