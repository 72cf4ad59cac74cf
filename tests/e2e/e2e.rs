//! The site in real browsers, against a real server with a real database.
//!
//! `cargo xtask test --only e2e` runs it (`--flow NAME` picks flows by a part of their name). A
//! plain `cargo test` leaves it out: it needs a built site, a built server and a browser, and
//! says so when one is missing.
//!
//! # Writing a flow
//! A flow is what a visitor does, told by role and accessible name, so it also proves that the
//! page can be used without seeing it:
//! ```ignore
//! #[tokio::test]
//! async fn a_guest_chooses_a_party() -> Outcome {
//!     Flow::named("a_guest_chooses_a_party")
//!         .run(async |scene| {
//!             let page = &scene.page;
//!             page.open_ready("/es/reservar/").await?;
//!             page.radio("2 personas").await?.click().await?;
//!             page.button("Continuar").await?.click().await?;
//!             page.arrives_at("/es/reservar/noche/").await?;
//!             page.heading("¿Qué noche?").await?;
//!             page.no_console_errors().await
//!         })
//!         .await
//! }
//! ```
//! Each flow has a server, a data folder, a browser and a profile of its own; they share nothing
//! and run side by side. `scene.site` is the server: `stop`, `start` and `kill` it to see what a
//! visitor sees then. `Flow::settings` gives the server another `server.toml`,
//! `Flow::without_javascript` takes scripts away, `Flow::through_faults` puts a network between
//! ([`proxy`]) that loses, delays and garbles what a flow tells `scene.faults()` to. `Flow::with_octo` and
//! `Flow::with_calcom` let the site book with somebody else's API ([`supplier`], [`calendar`]) instead.
//!
//! Finders ([`find`]) wait up to ten seconds for exactly one visible element of that role and
//! name; `containing("…")` and `starting("…")` loosen the name, `page.within(&element)` narrows
//! the place. Where they fail they list the roles and names that were there instead.
//!
//! What several flows do alike, a booking up to some step, is in `flows/walk.rs`; the words they
//! look for are in `flows/words.rs`. `api` asks the server itself what it has.
//!
//! When a flow fails, its screenshot, page source, console and server log stay in
//! `$INTERNO_E2E_EVIDENCE/<flow>-<engine>/`.
//!
//! # Engines
//! A flow is played in Chromium, Firefox and `WebKitGTK`. Everything that differs between them is
//! in [`engine`] (how one starts) and [`console`] (how it tells its errors); a flow never asks
//! which one it runs in. `Flow::sampled` marks those that a quick run plays in every engine,
//! `cargo xtask test --long` plays all; `Flow::not_in` leaves an engine out and says why.
//! [`ledger`] keeps what was really run.

mod altered;
mod api;
mod axe;
mod bidi;
mod calendar;
mod computed;
mod console;
mod driver;
mod engine;
mod failure;
mod find;
mod flow;
mod flows;
mod ledger;
mod mailbox;
mod name;
mod page;
mod proxy;
mod scratch;
mod site;
mod supplier;
