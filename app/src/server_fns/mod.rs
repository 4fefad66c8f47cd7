//! The doors of the pages: each authorises, calls one use case of the engine, and maps its error. One file per area.
//!
//! They exist on the server only: pages ask through [`crate::queries`], forms post to their fixed addresses.

pub mod accounts;
pub mod connect;
pub mod credits;
mod errors;
pub mod frame;
pub mod health;
pub mod messages;
pub mod overview;
pub mod rules;
pub mod session;
pub mod settings;

pub(crate) use accounts::{load_account, load_accounts};
pub(crate) use connect::{load_connect, load_live_test};
pub(crate) use credits::load_credits;
pub(crate) use frame::load_rail;
pub(crate) use health::load_health;
pub(crate) use messages::load_messages;
pub(crate) use overview::load_overview;
pub(crate) use rules::load_rules;
pub(crate) use session::open_doors;
pub(crate) use settings::load_settings;

/// Where a page of a list begins, as the address has it: at most one of the two is set.
fn cursor(older: String, newer: String) -> domain::views::Cursor {
    use domain::views::Cursor;
    match (older.is_empty(), newer.is_empty()) {
        (false, _) => Cursor::Older(older),
        (true, false) => Cursor::Newer(newer),
        (true, true) => Cursor::Newest,
    }
}

/// Forms send line ends as two characters; a reply has one, as it was typed and counted.
fn plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}
