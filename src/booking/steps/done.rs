//! The answer: the reference in large type, and the link that opens it again.

use booking::wizard::Holding;
use booking::{Event, Reservation, Status};
use leptos::prelude::*;

use crate::components::part::{IntoPart, Part, live};

use super::super::session::Session;
use super::parts::{dish_line, failed, party_words, status_words};
use crate::components::icon::{Icon, icon};
use crate::components::state::Loading;
use crate::components::summary::{SummaryLine, summary_list};
use crate::content::Site;
use crate::i18n::{Locale, fill};
use crate::platform::intl;
use crate::routes::Route;

/// The answer.
#[component]
pub fn DoneStep(session: Session, locale: Locale) -> impl IntoView {
    let wizard = session.wizard();
    live(move || {
        let (booked, trial, failure) = wizard.with(|wizard| {
            let failure = match wizard.holding() {
                Holding::Resuming { failure, .. } => failure.clone(),
                _ => None,
            };
            (wizard.booked().cloned(), wizard.is_trial(), failure)
        });
        match (booked, failure) {
            (Some(reservation), _) => booked_view(&reservation, trial, session, locale),
            (None, Some(failure)) => {
                view! { <div class="wrap section">{failed(&failure, session, locale)}</div> }.part()
            }
            (None, None) => waiting(locale),
        }
    })
}

fn waiting(locale: Locale) -> Part {
    let words = locale.messages();
    view! {
        <div class="wrap section">
            <h1 tabindex="-1">{words.done.title}</h1>
            <Loading title=words.done.looking hint=words.book.loading_hint/>
        </div>
    }
    .part()
}

fn booked_view(reservation: &Reservation, trial: bool, session: Session, locale: Locale) -> Part {
    let words = &locale.messages().done;
    let over = !reservation.status.is_booked();
    let state = match (trial, reservation.status) {
        (_, status) if over => status_words(status, locale),
        (true, _) => words.trial_state,
        (_, Status::Pending) => words.pending,
        _ => words.confirmed,
    };
    view! {
        <div class="wrap">
            <div class="done-head">
                <div>
                    <p class="state-word">{(!over).then(|| icon(Icon::Check))} " " {state}</p>
                    <h1 class="done-when" tabindex="-1">
                        {headline(reservation, trial, locale)}
                    </h1>
                    <p class="reference-label">{words.reference}</p>
                    <p><strong class="reference">{reservation.reference.clone()}</strong></p>
                </div>
            </div>
            <div class="split split-even section">
                {keep(reservation, session, locale)}
                {that_night(reservation, locale)}
            </div>
        </div>
    }
    .part()
}

/// Whom they expect and when; for a trial and for what is over, only which evening it is about.
fn headline(reservation: &Reservation, trial: bool, locale: Locale) -> String {
    let words = &locale.messages().done;
    let date = intl::date(reservation.slot.date, intl::DateStyle::Day, locale);
    let time = reservation.slot.starts.to_string();
    let name = reservation.name.as_deref().unwrap_or_default();
    let first_name = name.split(' ').next().unwrap_or_default();
    let message = match trial {
        _ if !reservation.status.is_booked() => words.when_over,
        true => words.when_trial,
        false => words.when,
    };
    fill(
        message,
        &[("name", first_name), ("date", &date), ("time", &time)],
    )
}

fn keep(reservation: &Reservation, session: Session, locale: Locale) -> impl IntoView {
    let words = &locale.messages().done;
    let access = &reservation.access;
    let link = [
        &Route::Manage.path(locale),
        "#r=",
        &access.id,
        "&t=",
        &access.token,
    ]
    .concat();
    view! {
        <section class="flow">
            <div class="notice notice-warn">
                <h2 class="notice-title">{words.keep_title}</h2>
                <p>{words.keep_text}</p>
                <p><a href=link>{words.open_manage}</a></p>
            </div>
            <p>
                <button
                    type="button"
                    class="link-button"
                    on:click=move |_| session.dispatch(Event::StartedOver)
                >
                    {words.another}
                </button>
            </p>
        </section>
    }
}

fn that_night(reservation: &Reservation, locale: Locale) -> impl IntoView {
    let words = locale.messages();
    let site = use_context::<Site>().unwrap_or_default();
    let slot = &reservation.slot;
    let when = [
        &intl::date(slot.date, intl::DateStyle::Full, locale),
        ", ",
        &slot.starts.to_string(),
    ]
    .concat();
    let (done, check) = (&words.done, &words.check);
    let party = party_words(reservation.party, locale);
    let place = locale.pick(&site.place).to_owned();
    let mut lines = vec![
        SummaryLine::new(done.table, party, None),
        SummaryLine::new(done.when_label, when, Some(check.cartagena_time)),
    ];
    lines.extend(dish_line(&reservation.plan, locale));
    lines.push(SummaryLine::new(done.where_label, place, None));
    view! {
        <section class="flow">
            <h2>{words.done.that_night}</h2>
            {summary_list(lines, words.book.change)}
        </section>
    }
}
