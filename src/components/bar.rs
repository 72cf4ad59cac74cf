//! The dark bar at the foot of the wizard: what has been chosen so far, and the way on.

use leptos::prelude::*;

use super::part::{Part, text};

/// What has been chosen so far. `over` is the small line, `now` the large one; `action` the way on.
#[component]
pub fn Bar(
    label: &'static str,
    over: Signal<String>,
    now: Signal<String>,
    action: Part,
) -> impl IntoView {
    view! {
        <aside class="bar" aria-label=label>
            <div class="bar-row wrap">
                <p class="bar-sum">
                    <span class="bar-over">{text(move || over.get())}</span>
                    " "
                    <span class="bar-now">{text(move || now.get())}</span>
                </p>
                {action}
            </div>
        </aside>
    }
}
