//! The menu as the data of a page.

use serde_json::Value;

use super::dish::{Allergens, Carte, Course, Diet, Dish};
use crate::content::{Allergen, play::Words};

impl Carte {
    /// Writes it for a page to carry.
    pub fn to_json(&self) -> Value {
        let pair = |id: &str, name: &str| Value::Array(vec![id.into(), name.into()]);
        let courses: Vec<Value> = self
            .courses
            .iter()
            .map(|course| pair(&course.id, &course.name))
            .collect();
        let dishes: Vec<Value> = self.dishes.iter().map(written).collect();
        let allergens: Vec<Value> = self
            .allergens
            .iter()
            .map(|(one, name)| pair(one.id(), name))
            .collect();
        object([
            ("set", self.set.as_str().into()),
            ("courses", courses.into()),
            ("price", self.price.into()),
            ("priceNote", self.price_note.as_str().into()),
            ("dishes", dishes.into()),
            ("allergens", allergens.into()),
            ("words", self.words.to_json()),
        ])
    }

    /// Reads what a page carries. What cannot be read is left out; a dish whose allergens cannot be
    /// read may contain any of them.
    pub fn from_json(value: &Value) -> Self {
        let pairs = |name| list(value, name).filter_map(pair);
        let text = |name: &str| {
            let word = value.get(name).and_then(Value::as_str);
            word.unwrap_or_default().to_owned()
        };
        Self {
            set: text("set"),
            price_note: text("priceNote"),
            courses: pairs("courses")
                .map(|(id, name)| Course { id, name })
                .collect(),
            allergens: pairs("allergens")
                .filter_map(|(id, name)| Some((Allergen::from_id(&id)?, name)))
                .collect(),
            words: Words::from_json(value.get("words").unwrap_or(&Value::Null)),
            price: value
                .get("price")
                .and_then(Value::as_u64)
                .and_then(|price| price.try_into().ok())
                .unwrap_or_default(),
            dishes: list(value, "dishes").filter_map(read).collect(),
        }
    }
}

fn written(dish: &Dish) -> Value {
    let ids = |set: Allergens| -> Value { set.iter().map(|one| Value::from(one.id())).collect() };
    object([
        ("id", dish.id.as_str().into()),
        ("name", dish.name.as_str().into()),
        ("course", dish.course.as_str().into()),
        ("extra", dish.extra.into()),
        ("diet", dish.diet.map(Diet::id).into()),
        ("contains", ids(dish.contains)),
        ("mayContain", ids(dish.may_contain)),
        ("search", dish.search.as_str().into()),
    ])
}

/// A dish; none without an id, which everything else leans on.
fn read(value: &Value) -> Option<Dish> {
    let word = |name: &str| value.get(name).and_then(Value::as_str);
    let text = |name: &str| word(name).unwrap_or_default().to_owned();
    let id = text("id");
    if id.is_empty() {
        return None;
    }
    let (contains, may_contain) = (allergens(value, "contains"), allergens(value, "mayContain"));
    let (known, all_known) = contains.unwrap_or_default();
    let (possible, all_possible) = may_contain.unwrap_or_default();
    Some(Dish {
        id,
        name: text("name"),
        course: text("course"),
        extra: value
            .get("extra")
            .and_then(Value::as_bool)
            .unwrap_or_default(),
        diet: word("diet").and_then(Diet::from_id),
        contains: known,
        may_contain: if all_known && all_possible {
            possible
        } else {
            Allergens::all().without(known)
        },
        search: text("search"),
    })
}

/// The allergens of a list, and whether every one of them is known; `None` where there is no list.
fn allergens(value: &Value, name: &str) -> Option<(Allergens, bool)> {
    let ids = value.get(name)?.as_array()?;
    let known = |id: &Value| id.as_str().and_then(Allergen::from_id);
    let set: Allergens = ids.iter().filter_map(known).collect();
    Some((set, ids.iter().all(|id| known(id).is_some())))
}

fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// A thing and what it is called.
fn pair(value: &Value) -> Option<(String, String)> {
    let word = |index: usize| value.get(index)?.as_str().map(str::to_owned);
    Some((word(0)?, word(1)?))
}

fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let map: serde_json::Map<String, Value> = entries
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    map.into()
}
