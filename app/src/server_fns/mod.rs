//! The doors of the pages: each authorises, calls one use case of the engine, and maps its error. One file per area.

pub mod accounts;
pub mod credits;
#[cfg(feature = "ssr")]
mod errors;
pub mod frame;
pub mod messages;
pub mod overview;
pub mod rules;
pub mod session;
pub mod settings;

/// Where a page of a list begins, as the address has it: at most one of the two is set.
#[cfg(feature = "ssr")]
fn cursor(older: String, newer: String) -> domain::views::Cursor {
    use domain::views::Cursor;
    match (older.is_empty(), newer.is_empty()) {
        (false, _) => Cursor::Older(older),
        (true, false) => Cursor::Newer(newer),
        (true, true) => Cursor::Newest,
    }
}

/// Forms send line ends as two characters; a reply has one, as it was typed and counted.
#[cfg(feature = "ssr")]
fn plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}
