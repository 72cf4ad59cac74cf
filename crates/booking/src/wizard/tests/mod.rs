//! What happens to a guest, told as short stories: at a table, a guest plays against a scripted API.

mod after;
mod answers;
mod changing;
mod confirming;
mod guests;
mod hold_clock;
mod holding;
mod lost;
mod nights;
mod reload;
mod returned;
mod simulated;
mod table;
mod waiting;
mod way;
mod world;
