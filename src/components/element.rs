//! Elements made from data.
//!
//! A `view!` is a type of its own, and the compiler writes code to build, hydrate, change and drop each of
//! them: convenient, and most of what a phone would download. An [`Element`] is one type for all.

use leptos::ev::Event;
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::{CastFrom, RemoveEventHandler, Rndr, types};
use leptos::tachys::view::{Mountable, Position, PositionState};

use super::part::{Erased, IntoPart, Part, PartState, text};
use crate::content::escape;

/// Elements without an end.
const VOID: [&str; 3] = ["input", "br", "img"];

/// What follows what it reads; absent while it is `None`.
type Live = Box<dyn FnMut() -> Option<String> + Send>;

enum Value {
    Fixed(String),
    Live(Live),
}

enum Property {
    Text(Box<dyn FnMut() -> String + Send>),
    Flag(Box<dyn FnMut() -> bool + Send>),
}

enum Content {
    Parts(Vec<Part>),
    Html(Value),
}

type Listener = Box<dyn FnMut(Event) + Send>;

/// An element made from data.
///
/// It is built link by link, so it is kept small to hand on, and its functions are not repeated where
/// they are used: both are bytes that every visitor downloads.
pub struct Element(Box<Data>);

struct Data {
    tag: &'static str,
    attributes: Vec<(&'static str, Value)>,
    properties: Vec<(&'static str, Property)>,
    listeners: Vec<(&'static str, Listener)>,
    content: Content,
}

/// An empty element.
#[inline(never)]
pub fn element(tag: &'static str) -> Element {
    Element(Box::new(Data {
        tag,
        attributes: Vec::new(),
        properties: Vec::new(),
        listeners: Vec::new(),
        content: Content::Parts(Vec::new()),
    }))
}

impl Element {
    /// Gives it an attribute.
    #[must_use]
    #[inline(never)]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        let value = Value::Fixed(value.to_owned());
        self.0.attributes.push((name, value));
        self
    }

    /// Gives it an attribute, if there is a value for it.
    #[must_use]
    #[inline(never)]
    pub fn with_some(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Gives it its classes.
    #[must_use]
    #[inline(never)]
    pub fn class(self, names: &'static str) -> Self {
        self.with("class", names)
    }

    /// Gives it an attribute that follows what it reads; absent while that is `None`.
    #[must_use]
    pub fn live(
        self,
        name: &'static str,
        read: impl FnMut() -> Option<String> + Send + 'static,
    ) -> Self {
        self.follow(name, Box::new(read))
    }

    /// Gives it an attribute without a value that is there or not.
    #[must_use]
    pub fn live_flag(
        self,
        name: &'static str,
        mut read: impl FnMut() -> bool + Send + 'static,
    ) -> Self {
        self.follow(name, Box::new(move || read().then(String::new)))
    }

    #[inline(never)]
    fn follow(mut self, name: &'static str, read: Live) -> Self {
        self.0.attributes.push((name, Value::Live(read)));
        self
    }

    /// Keeps what a field holds in step with what is read.
    #[must_use]
    pub fn value(self, read: impl FnMut() -> String + Send + 'static) -> Self {
        self.property("value", Property::Text(Box::new(read)))
    }

    /// Keeps a box ticked or not, in step with what is read.
    #[must_use]
    pub fn ticked(self, read: impl FnMut() -> bool + Send + 'static) -> Self {
        self.property("checked", Property::Flag(Box::new(read)))
    }

    #[inline(never)]
    fn property(mut self, name: &'static str, property: Property) -> Self {
        self.0.properties.push((name, property));
        self
    }

    /// Calls back at every event of a kind.
    #[must_use]
    pub fn on(self, kind: &'static str, tell: impl FnMut(Event) + Send + 'static) -> Self {
        self.listen(kind, Box::new(tell))
    }

    #[inline(never)]
    fn listen(mut self, kind: &'static str, tell: Listener) -> Self {
        self.0.listeners.push((kind, tell));
        self
    }

    /// Puts a part into it, after those it has.
    #[must_use]
    #[inline(never)]
    pub fn child(mut self, part: Part) -> Self {
        if let Content::Parts(parts) = &mut self.0.content {
            parts.push(part);
        }
        self
    }

    /// Puts an element into it, after the parts it has.
    #[must_use]
    #[inline(never)]
    pub fn inner(self, element: Self) -> Self {
        self.child(element.part())
    }

    /// Puts parts into it, after those it has.
    #[must_use]
    pub fn children(self, more: impl IntoIterator<Item = Part>) -> Self {
        more.into_iter().fold(self, Self::child)
    }

    /// Writes a text into it.
    #[must_use]
    #[inline(never)]
    pub fn text(self, words: &str) -> Self {
        self.child(words.to_owned().part())
    }

    /// Writes a text into it that follows what it reads.
    #[must_use]
    pub fn live_text(self, read: impl FnMut() -> String + Send + 'static) -> Self {
        self.child(text(read).part())
    }

    /// Fills it with HTML of our own making. It is not looked into when the page is taken over.
    #[must_use]
    #[inline(never)]
    pub fn html(self, html: String) -> Self {
        self.fill(Value::Fixed(html))
    }

    /// Fills it with HTML of our own making that follows what it reads.
    #[must_use]
    pub fn live_html(self, mut read: impl FnMut() -> String + Send + 'static) -> Self {
        self.fill(Value::Live(Box::new(move || Some(read()))))
    }

    #[inline(never)]
    fn fill(mut self, html: Value) -> Self {
        self.0.content = Content::Html(html);
        self
    }

    /// Makes it a part among others.
    #[inline(never)]
    pub fn part(self) -> Part {
        Part::of(self.0)
    }
}

/// What stands in the page for an [`Element`].
struct ElementState {
    node: types::Element,
    tag: &'static str,
    names: Vec<&'static str>,
    effects: Vec<RenderEffect<()>>,
    listeners: Vec<RemoveEventHandler<types::Element>>,
    children: Vec<PartState>,
}

impl Data {
    fn names(&self) -> Vec<&'static str> {
        self.attributes.iter().map(|(name, _)| *name).collect()
    }

    /// Brings attributes, properties, listeners and HTML to a node. What is fixed stands there already
    /// where the page was served.
    fn bring(self, node: types::Element, served: bool) -> (ElementState, Vec<Part>) {
        let mut state = ElementState {
            tag: self.tag,
            names: self.names(),
            effects: Vec::new(),
            listeners: Vec::new(),
            children: Vec::new(),
            node,
        };
        let node = &state.node;
        for (name, value) in self.attributes {
            match value {
                Value::Fixed(value) if !served => Rndr::set_attribute(node, name, &value),
                Value::Fixed(_) => {}
                Value::Live(read) => state.effects.push(follow_attribute(node, name, read)),
            }
        }
        let parts = match self.content {
            Content::Parts(parts) => parts,
            Content::Html(value) => {
                match value {
                    Value::Fixed(html) if !served => Rndr::set_inner_html(node, &html),
                    Value::Fixed(_) => {}
                    Value::Live(read) => state.effects.push(follow_html(node, read)),
                }
                Vec::new()
            }
        };
        for (name, property) in self.properties {
            state.effects.push(follow_property(node, name, property));
        }
        for (kind, mut tell) in self.listeners {
            let tell = move |event: types::Event| tell(event.into());
            let listener = Rndr::add_event_listener(node, kind, Box::new(tell));
            state.listeners.push(listener);
        }
        (state, parts)
    }
}

fn follow_attribute(node: &types::Element, name: &'static str, mut read: Live) -> RenderEffect<()> {
    let node = node.clone();
    RenderEffect::new(move |_| match read() {
        Some(value) => Rndr::set_attribute(&node, name, &value),
        None => Rndr::remove_attribute(&node, name),
    })
}

fn follow_html(node: &types::Element, mut read: Live) -> RenderEffect<()> {
    let node = node.clone();
    RenderEffect::new(move |_| Rndr::set_inner_html(&node, &read().unwrap_or_default()))
}

fn follow_property(
    node: &types::Element,
    name: &'static str,
    property: Property,
) -> RenderEffect<()> {
    let node = node.clone();
    match property {
        Property::Text(mut read) => {
            RenderEffect::new(move |_| Rndr::set_property(&node, name, &read().into()))
        }
        Property::Flag(mut read) => {
            RenderEffect::new(move |_| Rndr::set_property(&node, name, &read().into()))
        }
    }
}

impl Erased for Data {
    fn build(self: Box<Self>) -> PartState {
        let node = Rndr::create_element(self.tag, None);
        let (mut state, parts) = self.bring(node, false);
        for part in parts {
            let mut child = part.build_state();
            child.mount(&state.node, None);
            state.children.push(child);
        }
        PartState::of::<Self>(Box::new(state))
    }

    /// An element of the same shape is kept, with whatever has the focus in it.
    fn rebuild(self: Box<Self>, old: &mut PartState) {
        let names = self.names();
        let state = old
            .state_mut::<ElementState>()
            .filter(|state| state.tag == self.tag && state.names == names);
        let Some(state) = state else {
            old.replace(self.build());
            return;
        };
        state.effects.clear();
        state.listeners.clear();
        let mut kept = std::mem::take(&mut state.children);
        let (new, parts) = self.bring(state.node.clone(), false);
        *state = new;
        if kept.len() != parts.len() {
            for mut child in kept.drain(..) {
                child.unmount();
            }
        }
        let mut kept = kept.into_iter();
        for part in parts {
            let child = if let Some(mut child) = kept.next() {
                part.rebuild_state(&mut child);
                child
            } else {
                let mut child = part.build_state();
                child.mount(&state.node, None);
                child
            };
            state.children.push(child);
        }
    }

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> PartState {
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => {}
            _ => cursor.sibling(),
        }
        // A page that is not the one this app was built with: its own element stays, without a life.
        let node = types::Element::cast_from(cursor.current())
            .unwrap_or_else(|| Rndr::create_element(self.tag, None));
        let (mut state, parts) = self.bring(node, true);
        position.set(Position::FirstChild);
        for part in parts {
            state.children.push(part.hydrate_state(cursor, position));
        }
        cursor.set(AsRef::<types::Node>::as_ref(&state.node).clone());
        position.set(Position::NextChild);
        PartState::of::<Self>(Box::new(state))
    }

    fn write_html(self: Box<Self>, out: &mut String, position: &mut Position, _escape: bool) {
        out.push('<');
        out.push_str(self.tag);
        for (name, value) in self.attributes {
            let value = match value {
                Value::Fixed(value) => Some(value),
                Value::Live(mut read) => read(),
            };
            if let Some(value) = value {
                out.push(' ');
                out.push_str(name);
                if !value.is_empty() {
                    out.push_str("=\"");
                    out.push_str(&escape(&value));
                    out.push('"');
                }
            }
        }
        out.push('>');
        if !VOID.contains(&self.tag) {
            *position = Position::FirstChild;
            match self.content {
                Content::Parts(parts) => {
                    for part in parts {
                        part.write_html(out, position);
                    }
                }
                Content::Html(Value::Fixed(html)) => out.push_str(&html),
                Content::Html(Value::Live(mut read)) => {
                    out.push_str(&read().unwrap_or_default());
                }
            }
            out.push_str("</");
            out.push_str(self.tag);
            out.push('>');
        }
        *position = Position::NextChild;
    }

    fn kind(&self) -> std::any::TypeId {
        std::any::TypeId::of::<Self>()
    }
}

impl Mountable for ElementState {
    fn unmount(&mut self) {
        self.node.unmount();
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        self.node.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.node.insert_before_this(child)
    }

    fn elements(&self) -> Vec<types::Element> {
        vec![self.node.clone()]
    }
}
