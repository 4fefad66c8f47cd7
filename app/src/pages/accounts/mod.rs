//! Instagram accounts: the list, and one account.

mod account;
mod ai_replies;
mod card;
mod connection;
mod customers;
mod default_reply;
mod disconnect;
mod list;
mod live_test;
mod quiet_conversations;
mod recent;
mod switches;

pub use account::AccountPage;
pub use list::AccountsPage;

pub(crate) use card::format_duration;
pub(super) use switches::AutoReplySwitch;
