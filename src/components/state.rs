//! Waiting, failing, and what to do about it.

use leptos::prelude::*;

use super::part::{IntoPart, Part};
use crate::i18n::Locale;

/// Something is being asked for.
#[component]
pub fn Loading(title: &'static str, hint: &'static str) -> impl IntoView {
    view! {
        <div class="state" role="status">
            <div class="loading-bars" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i></div>
            <p><strong>{title}</strong></p>
            <p>{hint}</p>
        </div>
    }
}

/// Says that nothing here is a real booking.
pub fn trial_banner(locale: Locale) -> Part {
    let words = &locale.messages().book;
    view! {
        <p class="banner banner-trial">
            <span class="wrap">
                <strong>{words.trial}</strong>
                " "
                {words.trial_text}
            </span>
        </p>
    }
    .part()
}

/// How serious a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// For information.
    Plain,
    /// Good news.
    Good,
    /// Something needs the guest.
    Warn,
    /// Something went wrong.
    Error,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "notice",
            Self::Good => "notice notice-ok",
            Self::Warn => "notice notice-warn",
            Self::Error => "notice notice-error",
        }
    }
}

/// What happened, what is safe, what to do, and `more` for doing it. Said aloud when it appears.
pub fn notice(tone: Tone, title: &'static str, text: &str, more: Part) -> Part {
    let role = if tone == Tone::Error {
        "alert"
    } else {
        "status"
    };
    view! {
        <div class=tone.class() role=role tabindex="-1">
            <h2 class="notice-title">{title}</h2>
            <p>{text.to_owned()}</p>
            {more}
        </div>
    }
    .part()
}
