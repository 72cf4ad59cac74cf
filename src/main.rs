//! The app in the browser: takes over a prerendered page, or fills an empty one in development.

use interno::{
    app,
    components::part::served,
    platform::{page, parts},
};

fn main() {
    match app::part_of_first() {
        Some(part) => parts::once_here(part, start),
        None => start(),
    }
}

fn start() {
    leptos::mount::mount_to_body(|| {
        if page::is_prerendered() {
            served(app::app())
        } else {
            app::app()
        }
    });
    // Not reached if taking over failed: boot.js then says what to do.
    page::mark_ready();
}
