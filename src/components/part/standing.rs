//! Parts in the page: how they get there, how one takes the place of another.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::reactive::effect::RenderEffect;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::{CastFrom, RemoveEventHandler, Rndr, types};
use leptos::tachys::view::{Mountable, Position, PositionState};

use super::{Kind, Part, Show};
use crate::components::element::{Aspect, Data, Read, Value};
use crate::platform::page;

/// Elements that are drawn, not written.
const DRAWN: [&str; 2] = ["svg", "path"];

const SVG: &str = "http://www.w3.org/2000/svg";

/// What stands in the page for a part.
pub enum Standing {
    /// For an effect that shows nothing by itself.
    Nowhere,
    Mark(types::Node),
    Text(types::Node, String),
    Live(RenderEffect<Standing>),
    Many(u8, Vec<Standing>),
    /// What nobody need put anywhere.
    Served(Box<Standing>),
    Element(Box<ElementState>),
}

/// What stands in the page for an element.
pub struct ElementState {
    node: types::Element,
    tag: &'static str,
    /// What it was given, with the values that stay.
    aspects: Vec<(Aspect, Option<String>)>,
    effects: Vec<RenderEffect<Standing>>,
    listeners: Vec<RemoveEventHandler<types::Element>>,
    children: Vec<Standing>,
}

/// The way through the children of a served element, from one to the next.
#[derive(Clone)]
pub(super) struct Trail(Rc<Steps>);

struct Steps {
    next: RefCell<Option<types::Node>>,
    last: RefCell<Option<types::Node>>,
    /// Two texts in a row have a comment between them.
    after_text: Cell<bool>,
}

impl Trail {
    fn at(next: Option<types::Node>, after_text: bool) -> Self {
        Self(Rc::new(Steps {
            next: RefCell::new(next),
            last: RefCell::new(None),
            after_text: Cell::new(after_text),
        }))
    }

    /// Goes on where Leptos is.
    pub(super) fn from(cursor: &Cursor, position: &PositionState) -> Self {
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => {}
            _ => cursor.sibling(),
        }
        let after_text = position.get() == Position::NextChildAfterText;
        Self::at(Some(cursor.current()), after_text)
    }

    /// Tells Leptos where to go on.
    pub(super) fn leave(self, cursor: &Cursor, position: &PositionState) {
        if let Some(last) = self.0.last.take() {
            cursor.set(last);
        }
        position.set(if self.0.after_text.get() {
            Position::NextChildAfterText
        } else {
            Position::NextChild
        });
    }

    /// The next node. A page that is not the one this app was built with must not come half to life:
    /// what starts the app is told, and tells its visitor.
    fn step(&self, after_text: bool) -> types::Node {
        self.0.after_text.set(after_text);
        let Some(node) = self.0.next.take() else {
            page::give_up();
        };
        self.0.next.replace(Rndr::next_sibling(&node));
        self.0.last.replace(Some(node.clone()));
        node
    }
}

impl Part {
    /// Takes over what was served.
    pub(super) fn take_over(self, trail: &Trail) -> Standing {
        match self.0 {
            Kind::Nothing => Standing::Mark(trail.step(false)),
            Kind::Text(words) => {
                if trail.0.after_text.get() {
                    trail.step(true);
                }
                Standing::Text(trail.step(true), words)
            }
            Kind::Served(part) => part.take_over(trail),
            Kind::Live(show) => Standing::Live(follow(show, Some(trail.clone()), None)),
            Kind::Many(number, parts) => {
                let parts = parts.into_iter().map(|part| part.take_over(trail));
                Standing::Many(number, parts.collect())
            }
            Kind::Element(data) => {
                let Some(node) = types::Element::cast_from(trail.step(false)) else {
                    page::give_up();
                };
                let mut state = ElementState::new(node, data.tag);
                let children = state.bring(*data, true);
                let trail = Trail::at(Rndr::first_child(&state.node), false);
                let children = children.into_iter().map(|part| part.take_over(&trail));
                state.children = children.collect();
                Standing::Element(Box::new(state))
            }
        }
    }

    /// Makes what is not in the page yet.
    pub(super) fn stand(self) -> Standing {
        match self.0 {
            Kind::Nothing => Standing::Mark(placeholder()),
            Kind::Text(words) => {
                let node = Rndr::create_text_node(&words);
                Standing::Text(node.into(), words)
            }
            Kind::Served(part) => {
                let body = leptos::tachys::dom::body();
                let trail = Trail::at(Rndr::first_child(&body), false);
                Standing::Served(Box::new(part.take_over(&trail)))
            }
            Kind::Live(show) => Standing::Live(follow(show, None, None)),
            Kind::Many(number, parts) => {
                Standing::Many(number, parts.into_iter().map(Self::stand).collect())
            }
            Kind::Element(data) => {
                let namespace = DRAWN.contains(&data.tag).then_some(SVG);
                let node = Rndr::create_element(data.tag, namespace);
                let mut state = ElementState::new(node, data.tag);
                let children = state.bring(*data, false);
                state.adopt(children);
                Standing::Element(Box::new(state))
            }
        }
    }

    /// Changes what stands there. What has the same shape stays, with whatever has the focus in it.
    pub(super) fn change(self, standing: &mut Standing) {
        match (self.0, standing) {
            (Kind::Nothing, Standing::Mark(_)) => {}
            (Kind::Text(words), Standing::Text(node, before)) => {
                if words != *before {
                    node.set_node_value(Some(&words));
                    *before = words;
                }
            }
            (Kind::Many(number, parts), Standing::Many(before, standing)) if number == *before => {
                append(change_all(parts, standing), standing);
            }
            (Kind::Element(data), Standing::Element(state)) if state.is_like(&data) => {
                state.effects.clear();
                state.listeners.clear();
                let children = state.bring(*data, false);
                state.adopt(children);
            }
            (Kind::Live(show), Standing::Live(effect)) => {
                *effect = follow(show, None, effect.take_value());
            }
            (kind, standing) => standing.give_way(Self(kind).stand()),
        }
    }
}

/// Changes parts in a row, and answers those there was nothing for. What is left over is taken away.
fn change_all(parts: Vec<Part>, standing: &mut Vec<Standing>) -> Vec<Standing> {
    let mut parts = parts.into_iter();
    let mut kept = 0;
    for (standing, part) in standing.iter_mut().zip(parts.by_ref()) {
        part.change(standing);
        kept += 1;
    }
    for gone in standing.drain(kept..) {
        gone.take_away();
    }
    parts.map(Part::stand).collect()
}

/// Puts new ones behind those that stand there.
fn append(more: Vec<Standing>, standing: &mut Vec<Standing>) {
    let last = standing.last().and_then(|last| last.nodes().pop());
    let parent = last.as_ref().and_then(Rndr::get_parent);
    let before = last.as_ref().and_then(Rndr::next_sibling);
    for new in more {
        if let Some(parent) = &parent {
            new.put(parent, before.as_ref());
        }
        standing.push(new);
    }
}

fn placeholder() -> types::Node {
    Rndr::create_placeholder().into()
}

/// Shows a part, and changes it whenever what it reads changes.
fn follow(
    mut show: Show,
    mut trail: Option<Trail>,
    before: Option<Standing>,
) -> RenderEffect<Standing> {
    let run = move |before: Option<Standing>| {
        let part = show();
        match (before, trail.take()) {
            (Some(mut standing), _) => {
                part.change(&mut standing);
                standing
            }
            (None, Some(trail)) => part.take_over(&trail),
            (None, None) => part.stand(),
        }
    };
    RenderEffect::new_with_value(run, before)
}

impl Standing {
    /// The nodes that are not inside another of its nodes.
    fn collect(&self, nodes: &mut Vec<types::Node>) {
        match self {
            Self::Nowhere | Self::Served(_) => {}
            Self::Mark(node) | Self::Text(node, _) => nodes.push(node.clone()),
            Self::Live(effect) => {
                effect.with_value_mut(|standing| standing.collect(nodes));
            }
            Self::Many(_, all) => {
                for standing in all {
                    standing.collect(nodes);
                }
            }
            Self::Element(state) => nodes.push(state.node.clone().into()),
        }
    }

    fn nodes(&self) -> Vec<types::Node> {
        let mut nodes = Vec::new();
        self.collect(&mut nodes);
        nodes
    }

    fn put(&self, parent: &types::Node, before: Option<&types::Node>) {
        for node in self.nodes() {
            let _ = parent.insert_before(&node, before);
        }
    }

    fn take_away(&self) {
        for node in self.nodes() {
            Rndr::remove(&node);
        }
    }

    /// Another one takes its place.
    fn give_way(&mut self, new: Self) {
        if let Some(first) = self.nodes().first()
            && let Some(parent) = first.parent_node()
        {
            new.put(&parent, Some(first));
        }
        self.take_away();
        *self = new;
    }
}

impl ElementState {
    fn new(node: types::Element, tag: &'static str) -> Self {
        Self {
            node,
            tag,
            aspects: Vec::new(),
            effects: Vec::new(),
            listeners: Vec::new(),
            children: Vec::new(),
        }
    }

    /// Whether an element of that shape can be changed into the other.
    fn is_like(&self, data: &Data) -> bool {
        let mine = self.aspects.iter().map(|(aspect, _)| aspect);
        self.tag == data.tag && mine.eq(data.aspects.iter().map(|(aspect, _)| aspect))
    }

    /// Brings to the node what it is given, and answers what is to be inside. What stays the same stands
    /// there already where the page was served.
    fn bring(&mut self, data: Data, served: bool) -> Vec<Part> {
        let before = std::mem::take(&mut self.aspects);
        let mut before = before.into_iter().map(|(_, value)| value);
        for (aspect, value) in data.aspects {
            let known = before.next();
            let stays = match value {
                Value::Live(read) => {
                    let effect = follow_aspect(self.node.clone(), aspect, read);
                    self.effects.push(effect);
                    None
                }
                Value::Fixed(value) => {
                    if !served && known.as_ref() != Some(&value) {
                        apply(&self.node, aspect, value.as_deref());
                    }
                    value
                }
            };
            self.aspects.push((aspect, stays));
        }
        for (kind, mut tell) in data.listeners {
            let tell = move |event: types::Event| tell(event.into());
            let listener = Rndr::add_event_listener(&self.node, kind, Box::new(tell));
            self.listeners.push(listener);
        }
        data.children
    }

    fn adopt(&mut self, children: Vec<Part>) {
        for child in change_all(children, &mut self.children) {
            child.put(&self.node, None);
            self.children.push(child);
        }
    }
}

fn follow_aspect(node: types::Element, aspect: Aspect, mut read: Read) -> RenderEffect<Standing> {
    let mut before = None;
    RenderEffect::new(move |_| {
        let value = read();
        // What a visitor did to a field since then is not known here.
        let theirs = matches!(aspect, Aspect::Property(_) | Aspect::Flag(_));
        if theirs || before.as_ref() != Some(&value) {
            apply(&node, aspect, value.as_deref());
            before = Some(value);
        }
        Standing::Nowhere
    })
}

fn apply(node: &types::Element, aspect: Aspect, value: Option<&str>) {
    match (aspect, value) {
        (Aspect::Attribute(name), Some(value)) => Rndr::set_attribute(node, name, value),
        (Aspect::Attribute(name), None) => Rndr::remove_attribute(node, name),
        (Aspect::Property(name), value) => {
            let value = value.unwrap_or_default();
            // Given what it holds already, a browser would empty a date that is half written.
            if !page::holds(node, value) {
                Rndr::set_property(node, name, &value.into());
            }
        }
        (Aspect::Flag(name), value) => Rndr::set_property(node, name, &value.is_some().into()),
        (Aspect::Html, value) => Rndr::set_inner_html(node, value.unwrap_or_default()),
    }
}

impl Mountable for Standing {
    fn unmount(&mut self) {
        self.take_away();
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        self.put(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let first = self.nodes().into_iter().next();
        first.is_some_and(|first| first.insert_before_this(child))
    }

    fn elements(&self) -> Vec<types::Element> {
        Vec::new()
    }
}
