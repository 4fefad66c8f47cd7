//! The message log as admins read it: what happened to each DM, never what it said.

mod conditions;
mod csv;
mod cursor;
mod error;
mod named_days;
mod row_text;
pub(crate) mod sql;
mod view;

pub use csv::CsvExport;
pub use cursor::is_cursor;
pub use error::MessagesError;
pub use view::Messages;

pub(crate) use conditions::Conditions;
pub(crate) use cursor::{Key, Page, Seek, cut};
pub(crate) use named_days::named_days;
pub(crate) use row_text::{last_four, plain_reason};
