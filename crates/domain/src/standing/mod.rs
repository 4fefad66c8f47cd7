//! How accounts and workspaces stand, from facts that were seen. Pills, headlines, summaries and the note of the rail come from here, so
//! that no two pages disagree, and none claims what nobody has seen: an account that never answered is not yet *On*.

mod account;
mod credits;
mod headline;
mod summaries;

pub use account::{ConnectionState, SeenAccount, Standing};
pub use credits::{Shortage, credits_left, credits_note, grouped};
pub use headline::{Workspace, headline};
pub use summaries::{accounts_summary, health_summary};

#[cfg(test)]
mod tests;
