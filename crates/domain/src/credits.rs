//! Credits: one per reply, taken before composing and given back when nothing reached the customer.

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
