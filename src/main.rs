//! The app in the browser: takes over a prerendered page, or fills an empty one in development.

use interno::{app::app, platform::page};

fn main() {
    if page::is_prerendered() {
        leptos::mount::hydrate_body(app);
    } else {
        leptos::mount::mount_to_body(app);
    }
    // Not reached if taking over failed: boot.js then says what to do.
    page::mark_ready();
}
