//! A reply's life from the queue to its final state, and when it is tried again.

mod lookup;
mod retry;

pub use lookup::LookupTimetable;
pub use retry::RetryTimetable;

use crate::names::named_enum;

named_enum! {
    /// Where a reply stands.
    pub enum ReplyState {
        /// Opened with the inbound message; nothing decided, nothing charged.
        Queued = "queued",
        /// One credit is taken.
        Reserved = "reserved",
        /// The text exists, sealed.
        Composed = "composed",
        /// The call to the platform may have been made.
        Sending = "sending",
        /// The customer has it.
        Sent = "sent",
        /// It was tried and will not arrive.
        Failed = "failed",
        /// It was rightly not sent.
        Skipped = "skipped",
    }
}

impl ReplyState {
    /// Nothing changes any more.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Sent | Self::Failed | Self::Skipped)
    }

    /// Whether a reply may go from here to `next`. Staying is no transition.
    #[must_use]
    pub const fn can_become(self, next: Self) -> bool {
        match self {
            Self::Queued => matches!(next, Self::Reserved | Self::Failed | Self::Skipped),
            Self::Reserved => matches!(next, Self::Composed | Self::Failed | Self::Skipped),
            // An echo can prove, late, that a reply which was about to be sent again had arrived.
            Self::Composed => matches!(next, Self::Sending | Self::Sent | Self::Failed | Self::Skipped),
            // What may have reached the customer is never called skipped; back to composed means "send again".
            Self::Sending => matches!(next, Self::Sent | Self::Failed | Self::Composed),
            Self::Sent | Self::Failed | Self::Skipped => false,
        }
    }

    /// A credit is taken and not yet settled: becoming failed or skipped from here gives it back, becoming sent spends it.
    #[must_use]
    pub const fn holds_credit(self) -> bool {
        matches!(self, Self::Reserved | Self::Composed | Self::Sending)
    }
}

#[cfg(test)]
mod tests;
