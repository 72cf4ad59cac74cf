//! The dishes as they stand in the page, arranged by toggling them: none is ever built again.

use crate::menu::{Carte, Group};
use crate::platform::standing::Piece;

/// A course of the page.
struct Course {
    id: String,
    section: Piece,
    jump: Option<Piece>,
}

/// A dish, where it belongs and where it stands.
struct Place {
    dish: Option<Piece>,
    course: Option<usize>,
    shown: bool,
    last: bool,
}

/// The dishes of the page.
pub struct Shelf {
    courses: Vec<Course>,
    places: Vec<Place>,
    last: Option<Piece>,
}

impl Shelf {
    /// Finds the dishes of a menu in the page.
    pub fn of(carte: &Carte) -> Self {
        let mut courses: Vec<Course> = Vec::new();
        let mut place = |id: &str, course: &str| {
            let known = courses.iter().position(|known| known.id == course);
            let course = known.or_else(|| {
                courses.push(Course {
                    id: course.to_owned(),
                    section: Piece::find(course)?,
                    jump: Piece::find(&["to-", course].concat()),
                });
                Some(courses.len() - 1)
            });
            Place {
                dish: Piece::find(id),
                course,
                shown: true,
                last: false,
            }
        };
        Self {
            places: carte
                .dishes
                .iter()
                .map(|dish| place(&dish.id, &dish.course))
                .collect(),
            courses,
            last: Piece::find("filter-last"),
        }
    }

    /// Arranges the dishes: a group for each, in the order of the menu.
    pub fn arrange(&mut self, groups: &[Group]) {
        let mut in_use = vec![false; self.courses.len()];
        let mut any_last = false;
        // From the last to the first, so that the one that follows stands where it will stay.
        let mut next_at_home: Vec<Option<Piece>> = vec![None; self.courses.len()];
        let mut next_of_last: Option<Piece> = None;
        for (place, group) in self.places.iter_mut().zip(groups).rev() {
            let (Some(dish), Some(course)) = (&place.dish, place.course) else {
                continue;
            };
            let (shown, last) = (*group != Group::Hidden, *group == Group::MayContain);
            let home = self.courses.get(course).map(|course| &course.section);
            let next = if last {
                &mut next_of_last
            } else if let Some(next) = next_at_home.get_mut(course) {
                next
            } else {
                continue;
            };
            if place.last != last
                && let Some(section) = if last { self.last.as_ref() } else { home }
            {
                section.put(dish, next.as_ref());
                place.last = last;
            }
            *next = Some(dish.clone());
            if place.shown != shown {
                dish.show(shown);
                place.shown = shown;
            }
            any_last |= last;
            if shown
                && !last
                && let Some(used) = in_use.get_mut(course)
            {
                *used = true;
            }
        }
        for (course, used) in self.courses.iter().zip(in_use) {
            course.section.show(used);
            if let Some(jump) = &course.jump {
                jump.show(used);
            }
        }
        if let Some(section) = &self.last {
            section.show(any_last);
        }
    }
}
