//! Icons, drawn by Lucide (ISC); only those in use.

use super::element::element;
use super::part::Part;

/// An icon in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Towards the beginning.
    Left,
    /// Towards the end.
    Right,
    /// Done.
    Check,
    /// Mind this.
    Warning,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Left => "m15 18-6-6 6-6",
            Self::Right => "m9 18 6-6-6-6",
            Self::Check => "M20 6 9 17l-5-5",
            Self::Warning => {
                "m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01"
            }
        }
    }
}

/// An icon beside or instead of words; the words, visible or not, are the caller's.
pub fn icon(icon: Icon) -> Part {
    element("svg")
        .class("icon")
        .with("viewBox", "0 0 24 24")
        .with("aria-hidden", "true")
        .with("focusable", "false")
        .inner(element("path").with("d", icon.path()))
        .part()
}
