//! What a page consists of, as data.
//!
//! In Leptos every view has a type of its own, and for each of them the compiler writes code to build, take
//! over, change and drop it: most of what a phone would download. A [`Part`] is one type for all of them, so
//! that this code is in the WebAssembly once. Signals and effects are Leptos' own, and so is the page's root,
//! where a part is a view like any other.

mod html;
mod standing;
#[cfg(test)]
mod tests;

use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Position, PositionState, Render, RenderHtml};

use super::element::Data;
use standing::{Standing, Trail};

/// A piece of a page.
pub struct Part(Kind);

/// Something that shows a part, and another one whenever what it reads changes.
type Show = Box<dyn FnMut() -> Part + Send>;

enum Kind {
    /// Keeps the place of what is not there now.
    Nothing,
    Text(String),
    Live(Show),
    Many(u8, Vec<Part>),
    Element(Box<Data>),
    /// Stands in the page already, as it was served.
    Served(Box<Part>),
}

impl Part {
    pub(super) fn of(element: Box<Data>) -> Self {
        Self(Kind::Element(element))
    }
}

/// What a part can be made from.
pub trait IntoPart {
    /// Makes it a part.
    fn part(self) -> Part;
}

impl IntoPart for Part {
    fn part(self) -> Part {
        self
    }
}

impl IntoPart for () {
    fn part(self) -> Part {
        Part(Kind::Nothing)
    }
}

impl IntoPart for String {
    fn part(self) -> Part {
        Part(Kind::Text(self))
    }
}

impl IntoPart for &str {
    #[inline(never)]
    fn part(self) -> Part {
        self.to_owned().part()
    }
}

impl<T: IntoPart> IntoPart for Option<T> {
    fn part(self) -> Part {
        self.map_or(Part(Kind::Nothing), T::part)
    }
}

impl IntoPart for Vec<Part> {
    #[inline(never)]
    fn part(self) -> Part {
        if self.is_empty() {
            return Part(Kind::Nothing);
        }
        Part(Kind::Many(0, self))
    }
}

impl<const N: usize> IntoPart for [Part; N] {
    fn part(self) -> Part {
        Vec::from(self).part()
    }
}

/// Shows another part whenever what it reads changes. A part of the same shape is changed where it stands,
/// with whatever has the focus in it; one of another shape takes its place.
pub fn live(show: impl FnMut() -> Part + Send + 'static) -> Part {
    Part(Kind::Live(Box::new(show)))
}

/// A text that follows what it reads.
pub fn live_text(mut read: impl FnMut() -> String + Send + 'static) -> Part {
    live(move || read().part())
}

/// Parts that belong together under a number. Those under another number take their place as a whole, even
/// where their shape is the same.
pub fn numbered(number: u8, parts: Vec<Part>) -> Part {
    Part(Kind::Many(number, parts))
}

/// A part that stands in the page's body already, as it was served: it is taken over where it is.
///
/// As Leptos' own hydration, without what carries a server's data over: this site's comes as JSON.
pub fn served(part: Part) -> Part {
    Part(Kind::Served(Box::new(part)))
}

impl Render for Part {
    type State = Standing;

    fn build(self) -> Self::State {
        self.stand()
    }

    fn rebuild(self, state: &mut Self::State) {
        self.change(state);
    }
}

impl AddAnyAttr for Part {
    type Output<NewAttr: Attribute> = Self;

    /// Attributes are given to elements, never to a part.
    fn add_any_attr<NewAttr: Attribute>(self, _attribute: NewAttr) -> Self::Output<NewAttr>
    where
        Self::Output<NewAttr>: RenderHtml,
    {
        self
    }
}

impl RenderHtml for Part {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    fn resolve(self) -> impl Future<Output = Self::AsyncOutput> + Send {
        std::future::ready(self)
    }

    fn to_html_with_buf(
        self,
        out: &mut String,
        position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attributes: Vec<AnyAttribute>,
    ) {
        self.write(out, position);
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        position: &PositionState,
    ) -> Self::State {
        let trail = Trail::from(cursor, position);
        let standing = self.take_over(&trail);
        trail.leave(cursor, position);
        standing
    }

    fn into_owned(self) -> Self::Owned {
        self
    }
}
