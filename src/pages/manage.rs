//! An existing reservation: read it, cancel it. The link's secret stays in the fragment.

use booking::manage::{Cancelling, ManageEvent};
use booking::{Failure, Remote, Reservation, Status};
use leptos::prelude::*;

use crate::booking::manage::ManageSession;
use crate::booking::session::use_session;
use crate::booking::steps::parts::{clock_of, failure_words, party_words};
use crate::components::contact::Contact;
use crate::components::state::{Loading, Notice, Tone};
use crate::components::summary::{SummaryLine, SummaryList};
use crate::content::Site;
use crate::i18n::{Locale, fill};
use crate::platform::{intl, location::Location, page};
use crate::routes::Route;

/// An existing reservation.
#[component]
pub fn ManagePage(locale: Locale) -> impl IntoView {
    let session =
        use_context::<ManageSession>().unwrap_or_else(|| ManageSession::new(use_session()));
    let opened = RwSignal::new(false);
    if let Some(location) = use_context::<Location>() {
        let place = location.place();
        Effect::new(move |_| {
            let place = place.get();
            if Route::parse(&place.path) == Some((locale, Route::Manage)) {
                untrack(|| session.opened(&place));
                opened.set(true);
            }
        });
    }
    Effect::new(move |_| page::set_title(&title(locale)));
    let words = &locale.messages().manage;
    let manage = session.manage();
    view! {
        <main id="content" tabindex="-1">
            <div class="wrap page-head">
                <h1 tabindex="-1">{words.title}</h1>
                <p class="lead">{words.lead}</p>
            </div>
            <div class="wrap split section">
                {move || {
                    if !opened.get() {
                        return ().into_any();
                    }
                    if !manage.with(booking::Manage::has_access) {
                        return no_link(locale);
                    }
                    match manage.with(|manage| manage.reservation().clone()) {
                        Remote::Idle | Remote::Loading => {
                            let book = &locale.messages().book;
                            view! { <Loading title=book.loading hint=book.loading_hint/> }.into_any()
                        }
                        Remote::Failed(failure) => failed(&failure, session, locale),
                        Remote::Ready(reservation) => found(&reservation, session, locale),
                    }
                }}
            </div>
        </main>
    }
}

/// What the window is called.
pub fn title(locale: Locale) -> String {
    let words = locale.messages();
    [words.manage.title, " · ", words.site.name].concat()
}

fn no_link(locale: Locale) -> AnyView {
    let words = &locale.messages().manage;
    let site = use_context::<Site>().unwrap_or_default();
    view! {
        <div class="notice notice-warn">
            <p>{words.no_link}</p>
            <Contact locale site/>
        </div>
    }
    .into_any()
}

fn failed(failure: &Failure, session: ManageSession, locale: Locale) -> AnyView {
    let words = locale.messages();
    let site = use_context::<Site>().unwrap_or_default();
    let (title, text) = if *failure == Failure::NotFound {
        (words.manage.not_found_title, words.manage.not_found_text)
    } else {
        (words.problem.title, failure_words(failure, locale))
    };
    view! {
        <Notice tone=Tone::Error title text>
            <p class="actions">
                <button
                    type="button"
                    class="button"
                    on:click=move |_| session.dispatch(ManageEvent::RetryPressed)
                >
                    {words.book.retry}
                </button>
            </p>
            <p>{words.problem.contact}</p>
            <Contact locale site/>
        </Notice>
    }
    .into_any()
}

fn found(reservation: &Reservation, session: ManageSession, locale: Locale) -> AnyView {
    let words = locale.messages();
    let slot = &reservation.slot;
    let line = |label, value: String, small| SummaryLine {
        label,
        value,
        small,
        change: None,
    };
    let mut lines = vec![
        line(words.manage.reference, reservation.reference.clone(), None),
        line(words.check.party, party_words(reservation.party, locale), None),
        line(
            words.check.night,
            intl::date(slot.date, intl::DateStyle::Full, locale),
            None,
        ),
        line(
            words.check.time,
            slot.starts.to_string(),
            Some(words.check.cartagena_time.to_owned()),
        ),
    ];
    if let Some(name) = &reservation.name {
        lines.push(line(words.manage.name, name.clone(), None));
    }
    let cutoff = slot.cancellable_until_ms.and_then(|until| {
        let (date, time) = clock_of(until, slot)?;
        Some(fill(
            words.manage.cancel_until,
            &[
                ("date", &intl::date(date, intl::DateStyle::Day, locale)),
                ("time", &time.to_string()),
            ],
        ))
    });
    let manage = session.manage();
    let cancellable = manage.with(booking::Manage::can_cancel);
    view! {
        <section class="flow">
            <p class="state-word">{status_words(reservation.status, locale)}</p>
            <SummaryList lines change_word=words.book.change/>
        </section>
        {cancellable
            .then(|| view! { <section class="flow">
                <h2>{words.manage.cancel_title}</h2>
                {cutoff.map(|cutoff| view! { <p>{cutoff}</p> })}
                {move || cancel_part(manage.with(|manage| manage.cancelling().clone()), session, locale)}
            </section> })}
        {(reservation.status == Status::Cancelled)
            .then(|| view! {
                <Notice tone=Tone::Good title=words.manage.cancelled_title text=words.manage.cancelled_text>
                    ()
                </Notice>
            })}
    }
    .into_any()
}

fn cancel_part(cancelling: Cancelling, session: ManageSession, locale: Locale) -> AnyView {
    let words = &locale.messages().manage;
    match cancelling {
        Cancelling::Idle => view! {
            <p>
                <button
                    type="button"
                    class="button button-line"
                    on:click=move |_| session.dispatch(ManageEvent::CancelPressed)
                >
                    {words.cancel}
                </button>
            </p>
        }
        .into_any(),
        Cancelling::Asking => view! {
            <Notice tone=Tone::Error title=words.ask_title text=words.ask_text>
                <p class="actions">
                    <button
                        type="button"
                        class="button button-danger"
                        on:click=move |_| session.dispatch(ManageEvent::CancelConfirmed)
                    >
                        {words.yes_cancel}
                    </button>
                    <button
                        type="button"
                        class="button button-line"
                        on:click=move |_| session.dispatch(ManageEvent::KeepPressed)
                    >
                        {words.no_keep}
                    </button>
                </p>
            </Notice>
        }
        .into_any(),
        Cancelling::Sending => {
            let hint = locale.messages().book.loading_hint;
            view! { <Loading title=words.cancelling hint/> }.into_any()
        }
        Cancelling::Failed(failure) => {
            let (title, text) = match failure {
                Failure::CutoffPassed => (words.too_late_title, words.too_late_text.to_owned()),
                failure if failure.outcome_unknown() => {
                    (words.cancel_failed_title, words.cancel_failed_text.to_owned())
                }
                failure => (locale.messages().problem.title, failure_words(&failure, locale).to_owned()),
            };
            view! {
                <Notice tone=Tone::Error title text>
                    <p class="actions">
                        <button
                            type="button"
                            class="button"
                            on:click=move |_| session.dispatch(ManageEvent::RetryPressed)
                        >
                            {words.look_again}
                        </button>
                    </p>
                </Notice>
            }
            .into_any()
        }
    }
}

fn status_words(status: Status, locale: Locale) -> &'static str {
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
