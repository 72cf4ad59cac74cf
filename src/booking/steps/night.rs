//! Which night.

use booking::{Calendar, Event, Month, Remote, Step};
use leptos::prelude::*;

use crate::components::part::{IntoPart, Part, attribute, live};

use super::super::session::Session;
use super::parts::{StepPage, failed, party_words};
use crate::components::calendar::{MonthGrid, NightList};
use crate::components::icon::{Icon, icon};
use crate::components::state::{Loading, Tone, notice};
use crate::i18n::{Locale, fill};
use crate::platform::intl;

/// Which night.
pub fn night_step(session: Session, locale: Locale) -> Part {
    let words = &locale.messages().night;
    let wizard = session.wizard();
    let lead = Signal::derive(move || {
        wizard.with(|wizard| match wizard.draft().party {
            Some(party) => fill(words.lead_party, &[("party", &party_words(party, locale))]),
            None => words.lead.to_owned(),
        })
    });
    let head = live(move || {
        wizard
            .with(|wizard| wizard.nights().month())
            .map(|month| month_head(month, session, locale))
            .part()
    });
    let calendar = live(
        move || match wizard.with(|wizard| wizard.nights().calendar.clone()) {
            Remote::Idle | Remote::Loading => waiting(locale),
            Remote::Failed(failure) => failed(&failure, session, locale),
            Remote::Ready(calendar) => nights(calendar, session, locale),
        },
    );
    let page = StepPage {
        step: Step::Night,
        title: words.title,
        lead,
        session,
        locale,
    };
    page.with(vec![head.part(), calendar.part()], ().part())
}

fn waiting(locale: Locale) -> Part {
    let words = &locale.messages().book;
    view! { <Loading title=words.loading hint=words.loading_hint/> }.part()
}

fn month_head(month: Month, session: Session, locale: Locale) -> impl IntoView {
    let words = &locale.messages().night;
    let wizard = session.wizard();
    let turn = move |target: Month| session.dispatch(Event::MonthChosen(target));
    let at_start = move || wizard.with(|wizard| !wizard.nights().can_go_back());
    view! {
        <div class="calendar-head">
            <h2 class="calendar-title" id="month">{intl::month(month, locale)}</h2>
            <div class="calendar-turn">
                <button
                    type="button"
                    aria-label=words.previous
                    aria-disabled=attribute(move || at_start().then_some("true"))
                    on:click=move |_| {
                        if !at_start() {
                            turn(month.previous());
                        }
                    }
                >
                    {icon(Icon::Left)}
                </button>
                <button
                    type="button"
                    aria-label=words.upcoming
                    on:click=move |_| turn(month.next())
                >
                    {icon(Icon::Right)}
                </button>
            </div>
        </div>
    }
}

fn nights(calendar: Calendar, session: Session, locale: Locale) -> Part {
    let words = &locale.messages().night;
    let (month, chosen) = session
        .wizard()
        .with(|wizard| (wizard.nights().month(), wizard.draft().date));
    let choose = Callback::new(move |date| session.dispatch(Event::NightChosen(date)));
    let first = calendar.first_available;
    let nothing = !calendar.days.iter().any(|day| day.status.is_bookable());
    view! {
        {nothing.then(|| nothing_free(first.is_some(), locale))}
        {first
            .map(|date| {
                view! {
                    <div class="first-night">
                        <p>
                            {words.first_free} " "
                            <strong>{intl::date(date, intl::DateStyle::Day, locale)}</strong>
                        </p>
                        <button
                            type="button"
                            class="button button-line button-small"
                            on:click=move |_| choose.run(date)
                        >
                            {words.choose_first}
                        </button>
                    </div>
                }
            })}
        {month.map(|month| view! {
            <MonthGrid month calendar=calendar.clone() chosen locale choose/>
        })}
        <ul class="legend-list" aria-label=words.legend>
            <li><span class="day day-free" aria-hidden="true"></span>{words.legend_free}</li>
            <li><span class="day day-few" aria-hidden="true"></span>{words.legend_few}</li>
            <li><span class="day day-full" aria-hidden="true"></span>{words.legend_full}</li>
        </ul>
        <details class="more">
            <summary>{words.as_list}</summary>
            <NightList calendar locale choose/>
        </details>
    }
    .part()
}

fn nothing_free(later: bool, locale: Locale) -> Part {
    let words = &locale.messages().night;
    let text = if later {
        words.none_text
    } else {
        words.none_ever
    };
    notice(Tone::Warn, words.none_title, text, ().part())
}
