//! The short memory of AI replies: the last turns of a conversation, sealed. Off until an admin switches it on for an account.
//!
//! A turn is written when a reply is settled as sent: the customer's words as they came, and what was really sent. At most
//! [`MOST_TURNS`] of [`LONGEST`] are kept, none when a conversation was idle for [`IDLE`], and none of a message that was taken back, of
//! an account that is disconnected, or after the switch went off. Words are destroyed by [`vault::store`](crate::vault::store), so that
//! they are erased from the files too.

mod reading;
pub(crate) mod sql;
mod wiping;
mod writing;

use std::time::Duration;

pub use reading::{Turn, turns};
pub use wiping::{forget_account, forget_message, wipe_old};
pub(crate) use writing::{lock_accounts, lock_remembering, remember};

/// Turns of a conversation, the customer's and ours.
pub const MOST_TURNS: usize = 20;
/// How long a turn is kept.
pub const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// After so long without a turn a conversation begins afresh.
pub const IDLE: Duration = Duration::from_secs(6 * 60 * 60);
