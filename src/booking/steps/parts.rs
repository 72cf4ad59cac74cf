//! What several steps share: words for a party, a failure, an instant; the bar; failed and waiting states.

use booking::civil::{Date, LocalTime};
use booking::{Event, Failure, Place, Plan, Slot, Status, Step, Wizard};
use leptos::prelude::*;

use crate::components::button::{actions, button};
use crate::components::element::element;
use crate::components::part::{IntoPart, Part, live_text, numbered};

use super::super::session::Session;
use crate::components::bar::bar;
use crate::components::contact::contact;
use crate::components::state::{Tone, loading, notice};
use crate::components::step_head::step_head;
use crate::components::summary::{Answer, SummaryLine};
use crate::content::Site;
use crate::i18n::{Locale, fill, plural};
use crate::menu::{Carte, NAMES_ARE_IN};
use crate::platform::intl;
use crate::routes::Route;

/// "4 personas".
pub fn party_words(party: u8, locale: Locale) -> String {
    let words = &locale.messages().book;
    plural(u32::from(party), words.person_one, words.person_other)
}

/// Where a reservation stands, in words.
pub fn status_words(status: Status, locale: Locale) -> &'static str {
    let words = &locale.messages().manage;
    match status {
        Status::OnHold => words.status_on_hold,
        Status::Pending => words.status_pending,
        Status::Confirmed => words.status_confirmed,
        Status::Expired => words.status_expired,
        Status::Cancelled => words.status_cancelled,
        Status::Rejected => words.status_rejected,
        Status::Redeemed => words.status_redeemed,
        Status::NoShow => words.status_no_show,
        Status::Unknown => words.status_unknown,
    }
}

/// What a failed call means for the guest: what happened, what is safe, what to do.
pub fn failure_words(failure: &Failure, locale: Locale) -> &'static str {
    let words = &locale.messages().problem;
    match failure {
        Failure::Unreachable => words.unreachable,
        Failure::Down => words.down,
        Failure::Malformed(_) => words.malformed,
        Failure::Misconfigured(_) => words.misconfigured,
        Failure::Busy { .. } => words.busy,
        Failure::PartySize => words.party_size,
        Failure::OutsideWindow => words.outside,
        _ => words.other,
    }
}

/// An instant on the venue's wall, told by a slot whose wall time and instant are both known.
pub fn clock_of(instant_ms: i64, slot: &Slot) -> Option<(Date, LocalTime)> {
    let wall_minutes = i64::from(slot.date.days_since_epoch()) * 1_440
        + i64::from(slot.starts.hour) * 60
        + i64::from(slot.starts.minute);
    let offset = wall_minutes - slot.starts_ms.div_euclid(60_000);
    let minutes = instant_ms.div_euclid(60_000) + offset;
    let date = Date::from_days_since_epoch(i32::try_from(minutes.div_euclid(1_440)).ok()?)?;
    let minute_of_day = minutes.rem_euclid(1_440);
    let time = LocalTime::new(
        u8::try_from(minute_of_day / 60).ok()?,
        u8::try_from(minute_of_day % 60).ok()?,
    )?;
    Some((date, time))
}

/// Until when a seating can be cancelled, in a message with `{date}` and `{time}`; `None` where the API does not say.
pub fn cutoff_words(message: &str, slot: &Slot, locale: Locale) -> Option<String> {
    let (date, time) = clock_of(slot.cancellable_until_ms?, slot)?;
    let date = intl::date(date, intl::DateStyle::Day, locale);
    Some(fill(
        message,
        &[("date", &date), ("time", &time.to_string())],
    ))
}

/// The page of a step: its head, what it asks, the way back, and the bar at the foot.
pub fn step_page(
    step: Step,
    title: &'static str,
    lead: Part,
    answer: Vec<Part>,
    session: Session,
    locale: Locale,
) -> Part {
    step_page_onward(step, title, lead, answer, ().part(), session, locale)
}

/// The same, with a way on in the bar.
pub fn step_page_onward(
    step: Step,
    title: &'static str,
    lead: Part,
    answer: Vec<Part>,
    onward: Part,
    session: Session,
    locale: Locale,
) -> Part {
    let wizard = session.wizard();
    let position = move || wizard.with(|wizard| wizard.position(step));
    let back = (step != Step::Party).then(|| back_link(step, session, locale));
    let answer = element("div")
        .class("step-answer")
        .children(answer)
        .children(back);
    let body = element("div")
        .class("step-body wrap")
        .child(step_head(position, locale, title, lead))
        .inner(answer);
    // A step takes the place of another as a whole, with a heading that is told anew.
    numbered(
        step as u8,
        vec![body.part(), booking_bar(session, locale, onward)],
    )
}

/// Something is being asked for.
pub fn waiting(locale: Locale) -> Part {
    let words = &locale.messages().book;
    loading(words.loading, words.loading_hint)
}

/// The bar at the foot, with what has been chosen so far and the way on.
fn booking_bar(session: Session, locale: Locale, action: Part) -> Part {
    let wizard = session.wizard();
    let over = live_text(move || wizard.with(|wizard| bar_words(wizard, locale).0));
    let now = live_text(move || wizard.with(|wizard| bar_words(wizard, locale).1));
    bar(locale.messages().book.your_booking, over, now, action)
}

/// The small line and the large one: the last answer is large, those before it small.
fn bar_words(wizard: &Wizard, locale: Locale) -> (String, String) {
    let words = &locale.messages().book;
    let draft = wizard.draft();
    let date = draft
        .date
        .map(|date| intl::date(date, intl::DateStyle::Short, locale));
    let mut answers: Vec<String> = draft
        .party
        .map(|party| party_words(party, locale))
        .into_iter()
        .chain(date)
        .chain(
            draft
                .slot
                .as_ref()
                .map(|slot| slot_words(slot, wizard, locale)),
        )
        .collect();
    match answers.pop() {
        None => (words.your_table.to_owned(), words.start_here.to_owned()),
        Some(last) if answers.is_empty() => (words.your_table.to_owned(), last),
        Some(last) => (answers.join(" · "), last),
    }
}

/// When, and in which part of the house where there are several.
fn slot_words(slot: &Slot, wizard: &Wizard, locale: Locale) -> String {
    let area = wizard.area_of(slot).map(|area| locale.pick(&area.name));
    let time = slot.starts.to_string();
    match area {
        Some(area) => [&time, " · ", area].concat(),
        None => time,
    }
}

/// The part of the house a seating is in, where there are several.
pub fn area_line(slot: &Slot, wizard: &Wizard, locale: Locale) -> Option<SummaryLine> {
    let area = wizard.area_of(slot)?;
    let name = locale.pick(&area.name).to_owned();
    Some(SummaryLine::new(locale.messages().time.area, name, None))
}

/// A failed call: its words, a way to try again, and the venue's contact.
pub fn failed(failure: &Failure, session: Session, locale: Locale) -> Part {
    let words = &locale.messages().problem;
    let again = session.on(|| Event::RetryPressed);
    let text = failure_words(failure, locale);
    failure_notice(words.title, text, again, locale)
}

/// Something failed: what, a way to try again, and the venue's contact.
pub fn failure_notice(
    title: &'static str,
    text: &'static str,
    again: Callback<()>,
    locale: Locale,
) -> Part {
    let words = locale.messages();
    let site = use_context::<Site>().unwrap_or_default();
    let more = [
        actions(vec![button("button", words.book.retry, again)]),
        element("p").text(words.problem.contact).part(),
        contact(locale, &site),
    ];
    notice(Tone::Error, title, text, more.part())
}

/// What a plan says of each guest, in a line for dishes and one for needs.
pub fn plan_lines(plan: &Plan, carte: Option<&Carte>, locale: Locale) -> Vec<SummaryLine> {
    let words = &locale.messages().check;
    let needs = |place: &Place| {
        let note = Some(place.note.trim()).filter(|note| !note.is_empty());
        let name = |code: &String| match carte {
            Some(carte) => carte.need_name(code),
            None => code.clone(),
        };
        let mut needs: Vec<String> = place.codes.iter().map(name).collect();
        needs.extend(note.map(str::to_owned));
        needs.join(" · ")
    };
    dish_line(plan, locale)
        .into_iter()
        .chain(for_each_guest(words.needs, plan, &needs, None, locale))
        .collect()
}

/// The dishes of each guest who chose some.
pub fn dish_line(plan: &Plan, locale: Locale) -> Option<SummaryLine> {
    let dishes = |place: &Place| {
        let names = place.dishes.iter().map(|dish| dish.name.as_str());
        names.collect::<Vec<_>>().join(" · ")
    };
    let label = locale.messages().check.dishes;
    for_each_guest(label, plan, &dishes, Some(NAMES_ARE_IN), locale)
}

fn for_each_guest(
    label: &'static str,
    plan: &Plan,
    tell: &dyn Fn(&Place) -> String,
    language: Option<&'static str>,
    locale: Locale,
) -> Option<SummaryLine> {
    let person = locale.messages().dishes.person;
    let told = plan.places.iter().map(tell).enumerate();
    let answers: Vec<_> = told
        .filter(|(_, told)| !told.is_empty())
        .map(|(guest, told)| Answer {
            value: fill(person, &[("n", &(guest + 1).to_string())]),
            small: Some(told),
            language,
        })
        .collect();
    (!answers.is_empty()).then_some(SummaryLine {
        label,
        answers,
        change: None,
    })
}

/// The way back to the step before this one.
fn back_link(step: Step, session: Session, locale: Locale) -> Part {
    let wizard = session.wizard();
    let before = move || {
        let before = wizard.with(|wizard| wizard.before(step));
        Some(Route::Book(before).path(locale))
    };
    let link = element("a")
        .class("go go-back")
        .live("href", before)
        .text(locale.messages().book.back);
    element("p").inner(link).part()
}

#[cfg(test)]
mod tests {
    use super::*;
    use booking::{SlotId, SlotStatus, civil};

    #[test]
    fn a_cutoff_is_told_in_venue_time() {
        let starts = "2026-12-01T00:30:00-05:00";
        let (date, time) = civil::wall_clock(starts).unwrap();
        let slot = Slot {
            id: SlotId("s".into()),
            date,
            starts: time,
            ends: None,
            starts_ms: civil::instant_ms(starts).unwrap(),
            area: None,
            ends_ms: None,
            status: SlotStatus::Available,
            confirmed_later: false,
            cancellable_until_ms: None,
        };
        let until = civil::instant_ms("2026-11-30T04:59:00Z").unwrap();
        let (date, time) = clock_of(until, &slot).unwrap();
        assert_eq!(
            (date.to_string(), time.to_string()),
            ("2026-11-29".into(), "23:59".into())
        );
    }
}
