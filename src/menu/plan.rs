//! The composed table as the wizard keeps it: ids, names and codes.

use booking::{Place, Plan, PlannedDish};

use super::dish::{Carte, Diet, Needs};
use super::table::{Guest, Table};
use crate::content::Allergen;

impl Table {
    /// Lays a table as it was planned. Dishes and codes this menu does not know are left out.
    pub fn from_plan(plan: &Plan, carte: &Carte) -> Self {
        let mut table = Self::new(carte, plan.places.len());
        for (guest, place) in plan.places.iter().enumerate() {
            for dish in &place.dishes {
                if let Some(dish) = carte.find(&dish.id) {
                    table.pick(carte, guest, dish);
                }
            }
            table.need(guest, needs(&place.codes));
            table.note(guest, place.note.clone());
        }
        table
    }

    /// What the wizard keeps of it, with the names of the dishes as the guest read them.
    pub fn to_plan(&self, carte: &Carte) -> Plan {
        Plan {
            set: carte.set.clone(),
            places: self
                .guests()
                .iter()
                .map(|guest| place(guest, carte))
                .collect(),
        }
    }
}

fn place(guest: &Guest, carte: &Carte) -> Place {
    let picked = guest.picks.iter().flatten();
    let diet = guest.needs.diet.map(Diet::id);
    let without = guest.needs.without.iter().map(Allergen::id);
    Place {
        dishes: picked
            .filter_map(|number| carte.dishes.get(*number))
            .map(|dish| PlannedDish {
                id: dish.id.clone(),
                name: dish.name.clone(),
            })
            .collect(),
        codes: diet.into_iter().chain(without).map(str::to_owned).collect(),
        note: guest.note.clone(),
    }
}

fn needs(codes: &[String]) -> Needs {
    let codes = || codes.iter().map(String::as_str);
    Needs {
        diet: codes().filter_map(Diet::from_id).max(),
        without: codes().filter_map(Allergen::from_id).collect(),
    }
}
