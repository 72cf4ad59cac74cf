//! Doing something whenever what it reads changes.

use leptos::prelude::Effect;

/// Does something once the page is alive, and again whenever what it reads changes; nothing while
/// prerendering. Boxed, so that the machinery behind it is in the WebAssembly once.
pub fn follow(run: impl FnMut() + 'static) {
    follow_boxed(Box::new(run));
}

#[inline(never)]
fn follow_boxed(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}
