//! A dish's own rules: whole in both languages, and no diet that its recipe contradicts.

use super::super::source::Source;
use super::super::tables::{Diet, Dish, months};
use super::Check;
use super::menu::line_of_key;
use crate::i18n::fold;

/// Allergens that are animals.
const ANIMALS: [&str; 3] = ["fish", "crustaceans", "molluscs"];
/// Allergens that come from animals.
const FROM_ANIMALS: [&str; 2] = ["milk", "eggs"];

/// Words of ingredients, folded, that are meat, fish or shellfish. Only words that are nothing else:
/// an editor could not contradict a fault that is none.
const MEAT: &str = "\
    carne res cerdo pollo pavo cordero chivo tocino tocineta jamon chorizo butifarra longaniza \
    chicharron posta pescado corvina tilapia pargo mojarra robalo atun salmon anchoa anchoas camaron \
    camarones langostino langostinos langosta calamar calamares pulpo mejillon mejillones almeja \
    almejas ostra ostras jaiba cangrejo gelatina \
    meat beef veal pork chicken turkey lamb bacon ham sausage sausages lard fish snapper tuna anchovy \
    anchovies shrimp shrimps prawn prawns lobster crab squid octopus mussel mussels clam clams gelatin \
    gelatine";
/// Words of ingredients, folded, that come from animals.
const FROM_ANIMAL: &str = "\
    leche queso suero crema mantequilla nata yogur mayonesa huevo huevos miel \
    milk cheese cream butter yogurt yoghurt mayonnaise egg eggs honey";
/// Words that make of one of those something else: coconut milk, cane syrup, peanut butter.
const FROM_PLANTS: &str = "\
    coco almendra almendras soya avena mani cacao cana panela vegetal vegana vegano \
    coconut almond almonds soy oat peanut cocoa cane vegan plant";

impl Check<'_> {
    pub(super) fn dish(&mut self, dish: &Dish, source: &Source, from: usize) {
        self.both(source, from, "slug", &dish.slug, true);
        self.both(source, from, "name", &dish.name, false);
        self.both(source, from, "description", &dish.description, false);
        for (key, text, message) in [
            (
                "gloss",
                &dish.gloss.en,
                "the translation gloss.en is missing",
            ),
            ("say", &dish.say, "say is missing: how the name is said"),
        ] {
            if text.trim().is_empty() {
                self.say(source, line_of_key(source, key, from), message);
            }
        }
        if dish.spice > 3 {
            let line = line_of_key(source, "spice", from);
            self.say(source, line, "spice goes from 0 to 3");
        }
        if let Some(season) = &dish.season
            && months(season.get_ref()).is_none()
        {
            let line = line_of_key(source, "season", from);
            self.say(source, line, "season is not two months such as 03-06");
        }
        self.ingredients(dish, source, from);
        self.allergens(dish, source, from);
        self.diets(dish, source, from);
    }

    fn ingredients(&mut self, dish: &Dish, source: &Source, from: usize) {
        let line = line_of_key(source, "ingredients", from);
        let lists = [("es", &dish.ingredients.es), ("en", &dish.ingredients.en)];
        for (code, list) in lists {
            if list.is_empty() || list.iter().any(|one| one.trim().is_empty()) {
                self.say(
                    source,
                    line,
                    format!("the translation ingredients.{code} is missing"),
                );
            }
        }
        let [es, en] = lists.map(|(_, list)| list.len());
        if es != en && es > 0 && en > 0 {
            let message = format!(
                "the ingredients of \"{}\" differ between es and en",
                dish.id
            );
            self.say(source, line, message);
        }
    }

    /// Each list names an allergen once, and not both name it.
    fn allergens(&mut self, dish: &Dish, source: &Source, from: usize) {
        for (key, list) in [
            ("contains", &dish.contains),
            ("may_contain", &dish.may_contain),
        ] {
            for (index, id) in list.iter().enumerate() {
                if list.iter().take(index).any(|before| before == id) {
                    let line = line_of_key(source, key, from);
                    self.say(source, line, format!("{key} names \"{id}\" twice"));
                }
            }
        }
        for id in dish
            .contains
            .iter()
            .filter(|id| dish.may_contain.contains(id))
        {
            let line = line_of_key(source, "may_contain", from);
            let message = format!("\"{}\" both contains and may contain \"{id}\"", dish.id);
            self.say(source, line, message);
        }
    }

    /// Nobody is told that a dish is vegan or vegetarian whose recipe says otherwise.
    fn diets(&mut self, dish: &Dish, source: &Source, from: usize) {
        let line = line_of_key(source, "diets", from);
        for (diet, word) in [(Diet::Vegan, "vegan"), (Diet::Vegetarian, "vegetarian")] {
            if !dish.diets.contains(&diet) {
                continue;
            }
            let vegan = diet == Diet::Vegan;
            let forbidden =
                |id: &str| ANIMALS.contains(&id) || (vegan && FROM_ANIMALS.contains(&id));
            for id in dish.contains.iter().filter(|id| forbidden(id)) {
                let message = format!("\"{}\" is said to be {word} and contains \"{id}\"", dish.id);
                self.say(source, line, message);
            }
            for made_of in dish.ingredients.es.iter().chain(&dish.ingredients.en) {
                if has(made_of, MEAT) || (vegan && is_from_animals(made_of)) {
                    let id = &dish.id;
                    let message =
                        format!("\"{id}\" is said to be {word} and is made of \"{made_of}\"");
                    self.say(source, line, message);
                }
            }
        }
    }
}

fn is_from_animals(ingredient: &str) -> bool {
    has(ingredient, FROM_ANIMAL) && !has(ingredient, FROM_PLANTS)
}

/// Whether one of the words stands in an ingredient.
fn has(ingredient: &str, words: &str) -> bool {
    fold(ingredient)
        .split(|letter: char| !letter.is_alphanumeric())
        .any(|word| !word.is_empty() && words.split_whitespace().any(|known| known == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_ingredient_is_made_of() {
        for (ingredient, meat, from_animals) in [
            ("carne de res desmechada", true, false),
            ("Salmón ahumado", true, false),
            ("queso costeño (salty fresh cheese)", false, true),
            ("leche", false, true),
            ("leche de coco", false, false),
            ("coconut milk", false, false),
            ("mayonesa de rocoto", false, true),
            ("miel de caña", false, false),
            ("garden tomato", false, false),
            ("eggplant", false, false),
            ("arroz", false, false),
        ] {
            assert_eq!(has(ingredient, MEAT), meat, "{ingredient}");
            assert_eq!(is_from_animals(ingredient), from_animals, "{ingredient}");
        }
    }
}
