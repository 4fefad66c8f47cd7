//! The vocabulary and the pure rules of Concierge.
//!
//! Everything that can be decided without I/O, a clock or a scheduler lives here, so that the server, the browser and the tests
//! reach the same answer by the same code. Time and randomness are arguments.

mod columns;
mod names;

pub mod accounts;
pub mod ai_fallback;
pub mod answer_checks;
pub mod api_keys;
pub mod credits;
pub mod decide;
pub mod default_reply;
pub mod disclosure;
pub mod handover;
pub mod ids;
pub mod limits;
pub mod matching;
pub mod messages;
pub mod outgoing_webhooks;
pub mod permissions;
pub mod persona;
pub mod reasons;
pub mod replies;
pub mod reply_config;
pub mod roles;
pub mod rules;
pub mod safety;
pub mod simulate;
pub mod standing;
pub mod text_screen;
pub mod time;
pub mod views;
pub mod warnings;

pub use decide::decide;
pub use names::UnknownName;
