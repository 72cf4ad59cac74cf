//! Waiting, failing, and what to do about it.

use super::element::element;
use super::part::Part;
use crate::i18n::Locale;

/// Something is being asked for.
pub fn loading(title: &'static str, hint: &'static str) -> Part {
    let bars = element("div")
        .class("loading-bars")
        .with("aria-hidden", "true")
        .children((0..5).map(|_| element("i").part()));
    element("div")
        .class("state")
        .with("role", "status")
        .inner(bars)
        .inner(element("p").inner(element("strong").text(title)))
        .inner(element("p").text(hint))
        .part()
}

/// Says that nothing here is a real booking.
pub fn trial_banner(locale: Locale) -> Part {
    let words = &locale.messages().book;
    let words = element("span")
        .class("wrap")
        .inner(element("strong").text(words.trial))
        .text(" ")
        .text(words.trial_text);
    element("p")
        .class("banner banner-trial")
        .inner(words)
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
    element("div")
        .class(tone.class())
        .with("role", role)
        .with("tabindex", "-1")
        .inner(element("h2").class("notice-title").text(title))
        .inner(element("p").text(text))
        .child(more)
        .part()
}
