//! The dark bar at the foot of the wizard: what has been chosen so far, and the way on.

use super::element::element;
use super::part::Part;

/// What has been chosen so far. `over` is the small line, `now` the large one; `action` the way on.
pub fn bar(label: &'static str, over: Part, now: Part, action: Part) -> Part {
    let sum = element("p")
        .class("bar-sum")
        .inner(element("span").class("bar-over").child(over))
        .text(" ")
        .inner(element("span").class("bar-now").child(now));
    element("aside")
        .class("bar")
        .with("aria-label", label)
        .inner(
            element("div")
                .class("bar-row wrap")
                .inner(sum)
                .child(action),
        )
        .part()
}
