//! Instagram accounts: the list, and one account.

mod card;
mod connection;
mod default_reply;
mod disconnect;
mod list;
mod live_test;
mod people;
mod recent;
mod single;
mod switches;

pub use list::AccountsPage;
pub use single::AccountPage;

pub(crate) use card::seconds;
pub(super) use switches::AutoReplySwitch;
