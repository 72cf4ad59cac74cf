//! The parts that pages are made of.

use super::*;
use booking::{Calendar, Day, DayStatus};
use interno::components::calendar::{month_grid, night_list};
use interno::components::contact::contact;
use interno::components::error_summary::error_summary;
use interno::components::footer::footer;
use interno::components::header::header;
use interno::components::part::IntoPart;
use interno::components::state::{Tone, loading, notice};
use interno::components::summary::{SummaryLine, summary_list};
use interno::content::Site;
use interno::platform::location::Place;
use interno::routes::Route;

const STATES: [(DayStatus, &str); 6] = [
    (DayStatus::Available, "day day-free"),
    (DayStatus::Limited, "day day-few"),
    (DayStatus::SoldOut, "day day-full"),
    (DayStatus::Closed, "day day-closed"),
    (DayStatus::OutsideWindow, "day day-closed"),
    (DayStatus::Unknown, "day day-closed"),
];

/// Six nights of December 2026, one in each state.
fn december() -> Calendar {
    let days = (1..)
        .zip(STATES)
        .map(|(number, (status, _))| Day {
            date: Date::new(2026, 12, number).unwrap(),
            status,
        })
        .collect();
    Calendar {
        days,
        first_available: None,
    }
}

fn grid(locale: Locale, chosen: Option<Date>) -> String {
    grid_where(locale, chosen, false)
}

fn grid_where(locale: Locale, chosen: Option<Date>, waits: bool) -> String {
    html(move || {
        let month = day("2026-12-01").month();
        let choose = Callback::new(|_| {});
        month_grid(month, &december(), chosen, waits, locale, choose)
    })
}

#[test]
fn a_full_night_leads_somewhere_only_where_one_can_wait() {
    let buttons = |waits| {
        let html = grid_where(Locale::Es, None, waits);
        let full = html
            .split("<td>")
            .find(|cell| words(cell).contains("lleno"));
        let full = full.unwrap().to_owned();
        (tags(&html, "button").len(), tags(&full, "button").len())
    };
    let (all, full) = buttons(false);
    assert_eq!(full, 0);
    assert_eq!(buttons(true), (all + 1, 1));
}

#[test]
fn a_month_says_each_nights_state_in_words_and_shape() {
    for locale in Locale::ALL {
        let html = grid(locale, None);
        let night = &locale.messages().night;
        let said = [
            night.free,
            night.few,
            night.full,
            night.closed,
            night.outside,
            night.ask,
        ];
        let cells: Vec<_> = html
            .split("<td>")
            .skip(1)
            .filter(|cell| !words(cell).is_empty())
            .collect();
        assert_eq!(cells.len(), 31);
        for ((cell, (status, class)), word) in cells.iter().zip(STATES).zip(said) {
            assert!(words(cell).contains(word), "{status:?}: {cell}");
            assert_eq!(values(cell, "class")[0], class, "{status:?}");
            assert_eq!(cell.contains("<button"), status.is_bookable(), "{status:?}");
        }
        assert!(
            words(cells[20]).contains(night.nothing),
            "a day left out is not free"
        );
        assert_eq!(tags(&html, "tr").len(), 6);
    }
}

#[test]
fn a_free_night_is_named_whole_and_the_chosen_one_is_pressed() {
    let html = grid(Locale::En, Some(day("2026-12-02")));
    assert_eq!(values(&html, "aria-pressed"), ["false", "true"]);
    assert!(words(&html).contains(Locale::En.messages().night.chosen));
    assert_eq!(values(&html, "scope"), ["col"; 7]);
}

#[test]
fn the_list_leaves_out_what_cannot_be_booked_anyway() {
    let html = html(|| {
        let choose = Callback::new(|_| {});
        night_list(&december(), None, Locale::Es, choose)
    });
    assert_eq!(
        (tags(&html, "li").len(), tags(&html, "button").len()),
        (4, 2)
    );
}

#[test]
fn notices_are_said_as_loud_as_they_are_serious() {
    for (tone, role) in [
        (Tone::Plain, "status"),
        (Tone::Good, "status"),
        (Tone::Warn, "status"),
        (Tone::Error, "alert"),
    ] {
        let html = html(move || notice(tone, "Title", HOSTILE, ().part()));
        assert_eq!(values(&html, "role"), [role], "{tone:?}");
        require_escaped(&html);
    }
    let html = html(|| loading("Asking", "Soon"));
    assert_eq!(values(&html, "role"), ["status"]);
}

#[test]
fn a_summary_names_what_each_link_changes() {
    let html = html(|| {
        let line = |label| SummaryLine::new(label, HOSTILE.into(), Some(HOSTILE));
        let night = line("Night").changed_at("/en/book/night/".into());
        let lines = vec![night, line("Where")];
        summary_list(&lines, "Change")
    });
    require_escaped(&html);
    assert_eq!((tags(&html, "dt").len(), tags(&html, "a").len()), (2, 1));
    assert!(words(&html).contains("Change : Night"), "{}", words(&html));
}

#[test]
fn an_error_summary_can_take_the_focus_and_leads_to_its_fields() {
    let html = html(|| {
        let errors = [("#email", "Write an address"), ("#phone", "Write a number")];
        let errors = errors.map(|(field, words)| (field.to_owned(), words.to_owned()));
        let errors = errors.to_vec();
        error_summary("Two things", errors)
    });
    assert_eq!(values(&html, "role"), ["alert"]);
    assert_eq!(values(&html, "tabindex"), ["-1"]);
    assert_eq!(values(&html, "href"), ["#email", "#phone"]);
    let label = values(&html, "aria-labelledby");
    assert_eq!(values(&html, "id"), label);
}

#[test]
fn the_header_says_where_you_are_and_leads_to_the_same_page_in_the_other_language() {
    for locale in Locale::ALL {
        let html = html(move || {
            let place = Signal::stored(Place::default());
            header(Route::Menu.into(), locale, place, false)
        });
        let current: Vec<_> = tags(&html, "a")
            .into_iter()
            .filter(|tag| tag.contains("aria-current=\"page\""))
            .collect();
        assert_eq!(current.len(), 1, "{html}");
        let own = Route::Menu.path(locale);
        assert!(current[0].contains(&format!("href=\"{own}\"")));
        for other in Locale::ALL {
            let code = other.code();
            let link = tags(&html, "a")
                .into_iter()
                .find(|tag| tag.contains(&format!(" hreflang=\"{code}\"")))
                .unwrap();
            assert!(link.contains(&format!(" lang=\"{code}\"")), "{link}");
            assert!(
                link.contains(&format!("href=\"{}\"", Route::Menu.path(other))),
                "{link}"
            );
            assert_eq!(link.contains("aria-current=\"true\""), other == locale);
        }
    }
}

#[test]
fn booking_is_a_quiet_door_while_the_house_receives_nobody() {
    let quiet = |open: bool| {
        let html = html(move || {
            let place = Signal::stored(Place::default());
            header(Route::Menu.into(), Locale::Es, place, open)
        });
        tags(&html, "a")
            .into_iter()
            .find(|tag| tag.contains("header-book"))
            .expect("a way to book")
            .contains("button-line")
    };
    assert!(quiet(false));
    assert!(!quiet(true));
}

#[test]
fn every_wizard_page_keeps_its_step_in_the_other_language() {
    for step in Step::ALL {
        let html = html(move || {
            let place = Signal::stored(Place::default());
            header(Route::Book(step).into(), Locale::Es, place, false)
        });
        let other = Route::Book(step).path(Locale::En);
        assert!(values(&html, "href").contains(&other.as_str()), "{step:?}");
    }
}

#[test]
fn what_editors_wrote_stays_text_too() {
    let site = || {
        let hostile = booking::venue::Text {
            es: HOSTILE.into(),
            en: HOSTILE.into(),
        };
        Site {
            contact: hostile.clone(),
            operator: hostile,
            ..Site::default()
        }
    };
    require_escaped(&html(move || contact(Locale::Es, &site())));
    require_escaped(&html(move || footer(Locale::En, &site())));
}
