//! Reply rules of an account: reading them for the pipeline and the pages, and every change an admin makes.

mod change;
mod conflict;
mod error;
mod list;
mod page;
mod positions;
mod store;
mod use_cases;

pub use error::RulesError;
pub use store::load_reply_config;
pub(crate) use store::{ListChange, lock_config, parse_response, to_json};
pub use use_cases::Rules;
