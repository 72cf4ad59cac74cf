//! Elements made from data.

use leptos::ev::Event;

use super::part::{IntoPart, Part, live_text};

/// An element made from data.
///
/// It is built link by link, so it is kept small to hand on, and its functions are not repeated where
/// they are used: both are bytes that every visitor downloads.
pub struct Element(Box<Data>);

/// What an element is made from.
pub(super) struct Data {
    pub(super) tag: &'static str,
    /// In the order they were given, which matters: a choice follows its options.
    pub(super) aspects: Vec<(Aspect, Value)>,
    pub(super) listeners: Vec<(&'static str, Listener)>,
    pub(super) children: Vec<Part>,
}

/// What an element can be given.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Aspect {
    Attribute(&'static str),
    /// What a field holds.
    Property(&'static str),
    /// What a box says.
    Flag(&'static str),
    /// HTML of our own making inside.
    Html,
}

/// The value of an aspect; `None` where it is absent.
pub(super) enum Value {
    Fixed(Option<String>),
    Live(Read),
}

/// Reads a value, which is followed.
pub(super) type Read = Box<dyn FnMut() -> Option<String> + Send>;

type Listener = Box<dyn FnMut(Event) + Send>;

/// An empty element.
#[inline(never)]
pub fn element(tag: &'static str) -> Element {
    Element(Box::new(Data {
        tag,
        aspects: Vec::new(),
        listeners: Vec::new(),
        children: Vec::new(),
    }))
}

impl Element {
    #[inline(never)]
    fn give(mut self, aspect: Aspect, value: Value) -> Self {
        self.0.aspects.push((aspect, value));
        self
    }

    /// Gives it an attribute.
    #[must_use]
    #[inline(never)]
    pub fn with(self, name: &'static str, value: &str) -> Self {
        self.with_some(name, Some(value))
    }

    /// Gives it an attribute, if there is a value for it.
    #[must_use]
    #[inline(never)]
    pub fn with_some(self, name: &'static str, value: Option<&str>) -> Self {
        let value = Value::Fixed(value.map(str::to_owned));
        self.give(Aspect::Attribute(name), value)
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
        self.give(Aspect::Attribute(name), Value::Live(Box::new(read)))
    }

    /// Gives it an attribute without a value that is there or not.
    #[must_use]
    pub fn live_flag(
        self,
        name: &'static str,
        mut read: impl FnMut() -> bool + Send + 'static,
    ) -> Self {
        self.live(name, move || read().then(String::new))
    }

    /// Keeps what a field holds in step with what is read.
    #[must_use]
    pub fn value(self, mut read: impl FnMut() -> String + Send + 'static) -> Self {
        let read = Value::Live(Box::new(move || Some(read())));
        self.give(Aspect::Property("value"), read)
    }

    /// Keeps a box ticked or not, in step with what is read.
    #[must_use]
    pub fn ticked(self, mut read: impl FnMut() -> bool + Send + 'static) -> Self {
        let read = Value::Live(Box::new(move || read().then(String::new)));
        self.give(Aspect::Flag("checked"), read)
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
    pub fn child(self, part: impl IntoPart) -> Self {
        self.push(part.part())
    }

    #[inline(never)]
    fn push(mut self, part: Part) -> Self {
        self.0.children.push(part);
        self
    }

    /// Puts an element into it, after the parts it has.
    #[must_use]
    #[inline(never)]
    pub fn inner(self, element: Self) -> Self {
        self.push(element.part())
    }

    /// Puts parts into it, after those it has.
    #[must_use]
    pub fn children(self, more: impl IntoIterator<Item = Part>) -> Self {
        more.into_iter().fold(self, Self::push)
    }

    /// Writes a text into it.
    #[must_use]
    #[inline(never)]
    pub fn text(self, words: &str) -> Self {
        self.push(words.part())
    }

    /// Writes a text into it that follows what it reads.
    #[must_use]
    pub fn live_text(self, read: impl FnMut() -> String + Send + 'static) -> Self {
        self.push(live_text(read))
    }

    /// Fills it with HTML of our own making. It is not looked into when the page is taken over.
    #[must_use]
    #[inline(never)]
    pub fn html(self, html: String) -> Self {
        self.give(Aspect::Html, Value::Fixed(Some(html)))
    }

    /// Fills it with HTML of our own making that follows what it reads.
    #[must_use]
    pub fn live_html(self, mut read: impl FnMut() -> String + Send + 'static) -> Self {
        let read = Value::Live(Box::new(move || Some(read())));
        self.give(Aspect::Html, read)
    }

    /// Makes it a part among others.
    #[inline(never)]
    pub fn part(self) -> Part {
        Part::of(self.0)
    }
}

impl IntoPart for Element {
    fn part(self) -> Part {
        self.part()
    }
}
