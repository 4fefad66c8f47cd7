//! Reply rules of an account: reading them for the pipeline and the pages, and every change an admin makes.

mod apply;
mod as_of;
mod change;
mod chosen;
mod conflict;
mod counts;
mod error;
mod examples;
mod history;
mod limits;
mod list;
mod names;
mod page;
mod positions;
pub(crate) mod sql;
mod store;
mod transfer;
mod use_cases;

pub(crate) use as_of::{NamedRule, RulesAsOf};
pub(crate) use change::Change;
pub(crate) use error::ChangeError;
pub use error::RulesError;
pub(crate) use limits::first_too_long;
pub use store::load_reply_config;
pub(crate) use store::{ListChange, lock_configs_of, set_default_reply};
pub use transfer::ExportedFile;
pub use use_cases::Rules;
