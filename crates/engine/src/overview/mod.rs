//! Overview and credits: how everything stands, derived at the moment of looking, nothing stored.

mod ai_trouble;
mod attention;
mod balances;
mod checklist;
mod credits_page;
mod days;
mod funds;
mod ledger;
mod page;
mod pulse;
mod silenced;
pub(crate) mod sql;
mod store;

pub use credits_page::Credits;
pub use page::OverviewPages;
pub use pulse::{NoPulse, Pulse, Topic, pulse};
pub(crate) use store::{balance, waiting_for_ai};
