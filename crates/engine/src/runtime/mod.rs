//! Puts the parts together and keeps them running: one [`Engine`] per process.

mod erasing;
mod housekeeping;
mod open;
pub mod retention;
mod run;
pub(crate) mod sql;
mod texts;
mod webhooks;

pub use open::{Engine, EngineError, EngineSettings};
pub use run::Role;
