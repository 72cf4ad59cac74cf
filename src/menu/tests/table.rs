use proptest::prelude::*;

use super::{carte, courses, needs};
use crate::content::Allergen;
use crate::menu::table::MOST_GUESTS;
use crate::menu::{Carte, Clash, Conflict, Diet, Dish, Guest, Needs, Table};

/// What somebody does at a table; the numbers may be of guests and dishes there are not.
#[derive(Debug, Clone)]
enum Deed {
    Seat(usize),
    Need(usize, Needs),
    Pick(usize, usize),
    Clear(usize, usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        1 => (0..12_usize).prop_map(Deed::Seat),
        2 => (0..10_usize, needs()).prop_map(|(guest, needs)| Deed::Need(guest, needs)),
        5 => (0..10_usize, 0..14_usize).prop_map(|(guest, dish)| Deed::Pick(guest, dish)),
        1 => (0..10_usize, 0..6_usize).prop_map(|(guest, course)| Deed::Clear(guest, course)),
    ]
}

/// A menu and a table that somebody composed of it.
pub(super) fn table() -> impl Strategy<Value = (Carte, Table)> {
    let deeds = proptest::collection::vec(deed(), 0..20);
    (carte(), 0..10_usize, deeds).prop_map(|(carte, guests, deeds)| {
        let mut table = Table::new(&carte, guests);
        for deed in deeds {
            match deed {
                Deed::Seat(guests) => table.seat(guests),
                Deed::Need(guest, needs) => table.need(guest, needs),
                Deed::Pick(guest, dish) => table.pick(&carte, guest, dish),
                Deed::Clear(guest, course) => table.clear(guest, course),
            }
        }
        (carte, table)
    })
}

/// Told by the rules of the page, written down a second time.
fn expected(carte: &Carte, guest: usize, Guest { picks, needs, .. }: &Guest) -> Vec<Conflict> {
    let mut found = Vec::new();
    for dish in picks.iter().flatten().copied() {
        let Dish {
            contains,
            may_contain,
            ..
        } = carte.dishes[dish];
        let mut tell = |clash| found.push(Conflict { guest, dish, clash });
        if let Some(diet) = needs.diet
            && carte.dishes[dish].diet.is_none_or(|own| own < diet)
        {
            tell(Clash::Diet(diet));
        }
        for one in Allergen::ALL
            .into_iter()
            .filter(|one| needs.without.contains(*one))
        {
            if contains.contains(one) {
                tell(Clash::Contains(one));
            }
        }
        for one in Allergen::ALL
            .into_iter()
            .filter(|one| needs.without.contains(*one))
        {
            if may_contain.contains(one) && !contains.contains(one) {
                tell(Clash::MayContain(one));
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_table_stays_a_table((carte, table) in table()) {
        prop_assert!((1..=MOST_GUESTS).contains(&table.guests().len()));
        for guest in table.guests() {
            prop_assert_eq!(guest.picks.len(), carte.courses.len());
            for (course, dish) in guest.picks.iter().enumerate() {
                if let Some(dish) = dish {
                    prop_assert_eq!(&carte.dishes[*dish].course, &carte.courses[course].id);
                    prop_assert!(!carte.dishes[*dish].extra, "an extra belongs to no set");
                }
            }
        }
    }

    #[test]
    fn the_sum_is_the_set_for_every_guest((carte, table) in table()) {
        let guests = u64::try_from(table.guests().len()).unwrap();
        prop_assert_eq!(table.sum(&carte), u64::from(carte.price) * guests);
    }

    #[test]
    fn whoever_lacks_a_course_is_told((_, table) in table()) {
        let incomplete: Vec<usize> = table.incomplete().collect();
        for (number, guest) in table.guests().iter().enumerate() {
            prop_assert_eq!(incomplete.contains(&number), guest.picks.contains(&None));
        }
    }

    #[test]
    fn every_conflict_is_told_once_and_nothing_else((carte, table) in table()) {
        let all: Vec<Conflict> = table
            .guests()
            .iter()
            .enumerate()
            .flat_map(|(number, guest)| expected(&carte, number, guest))
            .collect();
        prop_assert_eq!(table.conflicts(&carte), all);
    }
}

#[test]
fn those_who_stay_keep_their_dishes() {
    let dish = Dish {
        id: "soup".into(),
        course: "main".into(),
        ..Dish::default()
    };
    let carte = Carte {
        courses: courses(&["main"]),
        price: 90_000,
        dishes: vec![dish],
        ..Carte::default()
    };
    let mut table = Table::new(&carte, 3);
    table.pick(&carte, 0, 0);
    table.pick(&carte, 2, 0);
    table.need(
        0,
        Needs {
            diet: Some(Diet::Vegan),
            ..Needs::default()
        },
    );
    assert_eq!(table.sum(&carte), 270_000);
    assert_eq!(table.incomplete().collect::<Vec<_>>(), [1]);
    table.seat(1);
    table.seat(2);
    assert_eq!(table.guests()[0].picks, [Some(0)]);
    assert_eq!(
        table.guests()[1],
        Guest {
            picks: vec![None],
            ..Guest::default()
        }
    );
    assert_eq!(
        table.conflicts(&carte),
        [Conflict {
            guest: 0,
            dish: 0,
            clash: Clash::Diet(Diet::Vegan)
        }]
    );
}

#[test]
fn the_dearest_table_is_counted_too() {
    let carte = Carte {
        price: u32::MAX,
        ..Carte::default()
    };
    assert_eq!(Table::new(&carte, 8).sum(&carte), 8 * u64::from(u32::MAX));
}
