//! Credits: one per reply, taken before composing and given back when nothing reached the customer.
//!
//! The engine does this in SQL; [`ReferenceLedger`] is the same arithmetic without a database, for property tests to hold against it.

mod reference;

pub use reference::{Batch, LedgerFault, LedgerRow, RESTORED_USABLE_FOR, ReferenceLedger, ReserveError, RestoreError};

use crate::names::named_enum;

named_enum! {
    /// What a ledger row records.
    pub enum LedgerKind {
        /// An operator granted a batch: plus.
        Grant = "grant",
        /// A reply reserved its credit: minus one.
        Deduct = "deduct",
        /// A reply that never reached its customer gave it back: plus one.
        Restore = "restore",
        /// A batch's rest was written off: minus.
        Expire = "expire",
    }
}

#[cfg(test)]
mod tests;
