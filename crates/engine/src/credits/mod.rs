//! Reply credits: what a reply costs, where it comes from, and how it comes back.
//!
//! Every change is a ledger row written in the transaction that causes it. `balance` guards against overdrawing,
//! batches say which credits expire, the ledger explains both: the three agree at every commit ([`verify`]).

mod expiry;
mod grant;
mod purse;
mod reserve;
mod restore;
pub(crate) mod sql;
mod store;
mod verify;

pub use expiry::{write_off_everywhere, write_off_expired};
pub use grant::{Grant, GrantError, Granted, grant};
pub use purse::Purse;
pub use reserve::{Reservation, reserve};
pub use restore::restore;
pub use verify::{Discrepancy, verify};
