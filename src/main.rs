//! The app in the browser: takes over a prerendered page, or fills an empty one in development.

use interno::{app::app, components::part::served, platform::page};

fn main() {
    leptos::mount::mount_to_body(|| {
        if page::is_prerendered() {
            served(app())
        } else {
            app()
        }
    });
    // Not reached if taking over failed: boot.js then says what to do.
    page::mark_ready();
}
