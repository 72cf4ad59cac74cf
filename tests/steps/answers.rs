//! Dishes, needs and rules: how they are asked, and where they are said again.

use super::*;
use booking::rules::FieldId;
use booking::venue::HouseRule;
use booking::{Failure, Place, Plan, PlannedDish};
use interno::routes::Route;

const RULE: &str = "Los teléfonos se dejan en la entrada.";

fn asking() -> Venue {
    let rule = |id: &str, text: &str, must_accept| HouseRule {
        id: id.into(),
        text: Text {
            es: text.into(),
            en: text.into(),
        },
        must_accept,
    };
    let mut venue = venue(1, 8);
    venue.capabilities.preorder = true;
    venue.house_rules = vec![rule("read", HOSTILE, false), rule("phones", RULE, true)];
    venue
}

/// So many guests; each has dishes, and the last cannot eat something.
fn plan(guests: usize) -> Plan {
    let place = |guest| Place {
        dishes: vec![PlannedDish {
            id: "mote".into(),
            name: format!("Mote de queso {guest}"),
        }],
        ..Place::default()
    };
    let mut places: Vec<_> = (1..=guests).map(place).collect();
    if let Some(last) = places.last_mut() {
        last.codes = vec!["gluten".into()];
        last.note = HOSTILE.into();
    }
    Plan {
        set: "dinner".into(),
        places,
    }
}

/// A table is held at such a venue, and this many guests have dishes.
fn planned(session: Session, venue: Venue, guests: usize) {
    held(session);
    session.dispatch(Event::VenueArrived(Ok(venue)));
    session.dispatch(Event::PlanChanged(plan(guests)));
}

fn agree(session: Session, field: FieldId) {
    let consents = session
        .wizard()
        .with_untracked(|wizard| wizard.consents_with(field, true));
    session.dispatch(Event::ConsentChanged(consents));
}

#[test]
fn while_the_menu_is_on_its_way_the_step_says_so_and_can_be_passed() {
    for locale in Locale::ALL {
        let html = step_html(Step::Dishes, locale, held);
        let said = locale.messages();
        assert!(words(&html).contains(said.dishes.menu_coming));
        assert!(words(&html).contains(said.book.next), "it is optional");
        let menu = Route::Menu.path(locale);
        assert!(values(&html, "href").contains(&menu.as_str()));
        assert!(tags(&html, "input").is_empty(), "no consent is asked for");
    }
}

#[test]
fn needs_ask_for_a_consent_with_its_purpose_and_can_be_taken_back() {
    let html = step_html(Step::Dishes, Locale::Es, |session| {
        planned(session, asking(), 2);
    });
    let text = words(&html);
    assert!(text.contains("solo para esa noche"));
    assert_eq!(values(&html, "id"), ["dishes", "health"]);
    assert!(!html.contains(" checked"), "nothing is ticked beforehand");
    let words = &Locale::Es.messages().dishes;
    assert!(text.contains(words.remove_needs), "the other way on");
    assert!(!text.contains(words.beyond_title), "everybody comes");
}

#[test]
fn the_missing_consent_is_said_beside_its_box_and_leads_to_it() {
    let html = step_html(Step::Dishes, Locale::Es, |session| {
        planned(session, asking(), 2);
        session.dispatch(Event::DishesSubmitted);
    });
    let missing = Locale::Es.messages().dishes.health_missing;
    assert_eq!(words(&html).matches(missing).count(), 2);
    assert!(values(&html, "href").contains(&"#health"));
    assert!(values(&html, "aria-describedby").contains(&"health-error"));
    assert_eq!(values(&html, "aria-invalid"), ["true"]);
}

#[test]
fn a_list_for_more_guests_than_come_says_who_is_left_out() {
    let html = step_html(Step::Dishes, Locale::En, |session| {
        planned(session, asking(), 4);
    });
    let text = words(&html);
    let said = "The list is for more people than the table It is sent up to person 2;";
    assert!(text.contains(said), "{text}");
    assert!(
        tags(&html, "input").is_empty(),
        "nobody who comes told a need"
    );
}

#[test]
fn rules_are_the_venues_words_and_only_some_are_boxes() {
    let html = step_html(Step::Rules, Locale::Es, |session| {
        planned(session, asking(), 0);
    });
    require_escaped(&html);
    assert_eq!(tags(&html, "li").len(), 2);
    assert_eq!(tags(&html, "input").len(), 1);
    assert!(words(&html).contains(RULE));
    assert!(!html.contains(" checked"), "nothing is ticked beforehand");
    let lead = Locale::Es.messages().rules.lead_accept;
    assert!(words(&html).contains(lead));
}

#[test]
fn a_rule_not_accepted_is_named_in_the_list_of_errors() {
    let html = step_html(Step::Rules, Locale::Es, |session| {
        planned(session, asking(), 0);
        session.dispatch(Event::RulesSubmitted);
    });
    assert!(values(&html, "href").contains(&"#rule-2"));
    assert!(values(&html, "id").contains(&"rule-2-error"));
    let named = Locale::Es.messages().rules.missing_named;
    let named = named.replace("{rule}", RULE);
    assert!(words(&html).contains(&named), "{}", words(&html));
}

#[test]
fn rules_not_known_yet_are_waited_for_or_can_be_asked_for_again() {
    let waiting = step_html(Step::Rules, Locale::En, held);
    assert!(values(&waiting, "role").contains(&"status"));
    let failed = step_html(Step::Rules, Locale::En, |session| {
        held(session);
        session.dispatch(Event::VenueArrived(Err(Failure::Down)));
    });
    assert!(words(&failed).contains(Locale::En.messages().book.retry));
    for html in [waiting, failed] {
        assert!(words(&html).contains(Locale::En.messages().book.next));
    }
}

#[test]
fn the_way_back_passes_only_steps_there_are() {
    for (venue, back) in [
        (asking(), ["/en/book/dishes/", "/en/book/rules/"]),
        (venue(1, 8), ["/en/book/time/", "/en/book/guests/"]),
    ] {
        for (step, way) in [Step::Guests, Step::Check].into_iter().zip(back) {
            let html = step_html(step, Locale::En, |session| {
                planned(session, venue.clone(), 0);
            });
            let link = tags(&html, "a")
                .into_iter()
                .find(|tag| tag.contains("go-back"));
            assert!(link.unwrap().contains(way), "{step:?}: {link:?}");
        }
    }
}

#[test]
fn the_check_says_dishes_and_needs_with_the_way_to_change_them() {
    let html = step_html(Step::Check, Locale::En, |session| {
        planned(session, asking(), 2);
        agree(session, FieldId::Health);
    });
    let text = words(&html);
    for part in ["Person 2 Mote de queso 2", "Person 2 gluten · "] {
        assert!(text.contains(part), "{part}: {text}");
    }
    require_escaped(&html);
    let ways = values(&html, "href");
    let changes = ways.iter().filter(|way| **way == "/en/book/dishes/");
    assert_eq!(changes.count(), 2);
    let none = Locale::En.messages().check.no_preorder_title;
    assert!(!text.contains(none));
}

#[test]
fn the_check_says_that_the_rules_were_accepted_where_there_are_any_to_accept() {
    let html = |venue: Venue| {
        step_html(Step::Check, Locale::En, move |session| {
            planned(session, venue, 0);
        })
    };
    let said = &Locale::En.messages().check;
    let line = [said.rules, said.rules_accepted, "Change : House rules"].join(" ");
    let asked = html(asking());
    assert!(words(&asked).contains(&line), "{}", words(&asked));
    assert!(values(&asked, "href").contains(&"/en/book/rules/"));
    let mut told = asking();
    told.house_rules.retain(|rule| !rule.must_accept);
    for venue in [told, venue(1, 8)] {
        assert!(!words(&html(venue)).contains(said.rules_accepted));
    }
}

#[test]
fn a_house_that_takes_no_dishes_says_so_to_whoever_has_a_list() {
    let html = |guests| {
        step_html(Step::Check, Locale::Es, move |session| {
            planned(session, venue(1, 8), guests);
        })
    };
    let none = Locale::Es.messages().check.no_preorder_title;
    assert!(words(&html(2)).contains(none));
    assert!(!words(&html(2)).contains("Mote de queso"), "it is not sent");
    assert!(!words(&html(0)).contains(none));
}

#[test]
fn the_done_page_shows_the_dishes_as_ordered() {
    let html = step_html(Step::Done, Locale::Es, |session| {
        held(session);
        let mut booked = reservation(Status::Confirmed);
        booked.plan = plan(2);
        heard(session, booked);
    });
    assert!(words(&html).contains("Platos Persona 1 Mote de queso 1 Persona 2 Mote de queso 2"));
    assert!(
        !words(&html).contains("gluten"),
        "needs are nobody's reading here"
    );
}
