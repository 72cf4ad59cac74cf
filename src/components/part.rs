//! A view whose type is forgotten, for where a page shows one thing or another.
//!
//! Leptos has `AnyView` for this. This one leaves out what a site without
//! suspended views never runs: for every erased view `AnyView` also carries an
//! asynchronous hydration, a quarter of the WebAssembly a visitor would download.

use std::any::{Any, TypeId};

use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element, Node, Placeholder};
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

/// A view whose type is forgotten.
pub struct Part(Box<dyn Erased>);

/// Views whose type can be forgotten.
pub trait IntoPart {
    /// Forgets the type.
    fn part(self) -> Part;
}

impl<T> IntoPart for T
where
    T: RenderHtml,
    <T::Owned as Render>::State: 'static,
{
    fn part(self) -> Part {
        Part(Box::new(self.into_owned()))
    }
}

/// Something that shows another part whenever what it reads changes.
///
/// Boxed, so that the machinery behind it is in the WebAssembly once and not once for each place.
pub fn live(show: impl FnMut() -> Part + Send + 'static) -> Box<dyn FnMut() -> Part + Send> {
    Box::new(show)
}

/// A text that follows what it reads; boxed for the same reason.
pub fn text(read: impl FnMut() -> String + Send + 'static) -> Box<dyn FnMut() -> String + Send> {
    Box::new(read)
}

/// An attribute that follows what it reads, absent while it is `None`; boxed for the same reason.
pub fn attribute(
    read: impl FnMut() -> Option<&'static str> + Send + 'static,
) -> Box<dyn FnMut() -> Option<&'static str> + Send> {
    Box::new(read)
}

/// What can be done with a view without knowing its type.
pub(super) trait Erased: Send {
    fn build(self: Box<Self>) -> PartState;
    fn rebuild(self: Box<Self>, state: &mut PartState);
    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> PartState;
    fn write_html(self: Box<Self>, out: &mut String, position: &mut Position, escape: bool);
    fn kind(&self) -> TypeId;
}

impl<T> Erased for T
where
    T: RenderHtml + 'static,
    T::State: 'static,
{
    fn build(self: Box<Self>) -> PartState {
        PartState {
            kind: TypeId::of::<T>(),
            state: Box::new(Render::build(*self)),
            placeholder: (!T::EXISTS).then(Rndr::create_placeholder),
        }
    }

    fn rebuild(self: Box<Self>, state: &mut PartState) {
        if let Some(state) = state.state_mut::<T::State>() {
            Render::rebuild(*self, state);
        }
    }

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> PartState {
        PartState {
            kind: TypeId::of::<T>(),
            state: Box::new(RenderHtml::hydrate::<true>(*self, cursor, position)),
            placeholder: (!T::EXISTS).then(|| cursor.next_placeholder(position)),
        }
    }

    fn write_html(self: Box<Self>, out: &mut String, position: &mut Position, escape: bool) {
        self.to_html_with_buf(out, position, escape, false, Vec::new());
        if !T::EXISTS {
            out.push_str("<!--<() />-->");
            *position = Position::NextChild;
        }
    }

    fn kind(&self) -> TypeId {
        TypeId::of::<T>()
    }
}

/// What stands in the page for a [`Part`].
pub struct PartState {
    kind: TypeId,
    state: Box<dyn Mounted>,
    /// Marks the place of a view that shows nothing.
    placeholder: Option<Placeholder>,
}

impl Part {
    /// Makes a part of what has forgotten its type already.
    pub(super) fn of(erased: Box<dyn Erased>) -> Self {
        Self(erased)
    }

    pub(super) fn build_state(self) -> PartState {
        self.0.build()
    }

    pub(super) fn rebuild_state(self, state: &mut PartState) {
        Render::rebuild(self, state);
    }

    pub(super) fn hydrate_state(self, cursor: &Cursor, position: &PositionState) -> PartState {
        self.0.hydrate(cursor, position)
    }

    pub(super) fn write_html(self, out: &mut String, position: &mut Position) {
        self.0.write_html(out, position, true);
    }
}

impl PartState {
    /// The state of a view that always shows something.
    pub(super) fn of<T: 'static>(state: Box<dyn Mounted>) -> Self {
        Self {
            kind: TypeId::of::<T>(),
            state,
            placeholder: None,
        }
    }

    /// The state itself, if it is of this type.
    pub(super) fn state_mut<T: 'static>(&mut self) -> Option<&mut T> {
        let state: &mut dyn Any = self.state.as_mut().as_any();
        state.downcast_mut()
    }

    /// Puts another view into the place of this one.
    pub(super) fn replace(&mut self, mut new: Self) {
        match &mut self.placeholder {
            Some(placeholder) => {
                placeholder.insert_before_this(&mut new);
            }
            None => {
                self.state.insert_before_this(&mut new);
            }
        }
        self.unmount();
        *self = new;
    }
}

pub(super) trait Mounted: Mountable {
    fn as_any(&mut self) -> &mut dyn Any;
}

impl<T: Mountable + 'static> Mounted for T {
    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

impl Mountable for PartState {
    fn unmount(&mut self) {
        self.state.unmount();
        if let Some(placeholder) = &mut self.placeholder {
            placeholder.unmount();
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.state.mount(parent, marker);
        if let Some(placeholder) = &mut self.placeholder {
            placeholder.mount(parent, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.state.insert_before_this(child)
            || self
                .placeholder
                .as_ref()
                .is_some_and(|placeholder| placeholder.insert_before_this(child))
    }

    fn elements(&self) -> Vec<Element> {
        self.state.elements()
    }
}

impl Render for Part {
    type State = PartState;

    fn build(self) -> Self::State {
        self.0.build()
    }

    fn rebuild(self, state: &mut Self::State) {
        if self.0.kind() == state.kind {
            self.0.rebuild(state);
            return;
        }
        state.replace(self.0.build());
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
        escape: bool,
        _mark_branches: bool,
        _extra_attributes: Vec<AnyAttribute>,
    ) {
        self.0.write_html(out, position, escape);
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        position: &PositionState,
    ) -> Self::State {
        self.0.hydrate(cursor, position)
    }

    fn into_owned(self) -> Self::Owned {
        self
    }
}
