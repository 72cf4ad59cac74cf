//! The app in the browser: takes over a prerendered page, or fills an empty one in development.

#![recursion_limit = "256"]

use interno::{app::App, platform::page};

fn main() {
    if page::is_prerendered() {
        leptos::mount::hydrate_body(App);
    } else {
        leptos::mount::mount_to_body(App);
    }
    // Not reached if taking over failed: boot.js then says what to do.
    page::mark_ready();
}
