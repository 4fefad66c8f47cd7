//! What outgoing webhooks tell, and how one ends.

use crate::names::named_enum;

named_enum! {
    /// What an outgoing webhook tells.
    pub enum WebhookEvent {
        /// A customer has got a reply.
        ReplySent = "reply.sent",
        /// A reply could not be sent.
        ReplyFailed = "reply.failed",
        /// An account cannot send until somebody connects it again.
        AccountNeedsReconnect = "account.needs_reconnect",
        /// The workspace has few credits left, or none.
        CreditsLow = "credits.low",
        /// A conversation waits for a person.
        HandoffRequested = "handoff.requested",
        /// Somebody pressed *Send a test*.
        WebhookTest = "webhook.test",
    }
}

impl WebhookEvent {
    /// Those that an endpoint can choose; a test goes to every endpoint.
    pub fn choosable() -> impl Iterator<Item = Self> {
        Self::all().iter().copied().filter(|event| *event != Self::WebhookTest)
    }

    /// When it happens, as a sentence.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::ReplySent => "A customer has got a reply.",
            Self::ReplyFailed => "A reply could not be sent. Its credit is back.",
            Self::AccountNeedsReconnect => "An account cannot send until somebody connects it again.",
            Self::CreditsLow => "10 credits are left, and again when the last one is used.",
            Self::HandoffRequested => "A rule or the AI leaves a conversation to a person.",
            Self::WebhookTest => "Somebody pressed “Send a test”.",
        }
    }
}

named_enum! {
    /// How an outgoing webhook ended.
    pub enum WebhookOutcome {
        /// The receiver took it.
        Delivered = "delivered",
        /// It was not taken in time.
        Failed = "failed",
        /// The endpoint was switched off first.
        Dropped = "dropped",
    }
}

named_enum! {
    /// Why a receiver did not take an outgoing webhook.
    pub enum WebhookProblem {
        /// It answered with an error.
        ErrorStatus = "error_status",
        /// It answered with another address, which is not followed.
        Redirect = "redirect",
        /// It did not answer in time.
        TimedOut = "timed_out",
        /// There was no connection.
        Unreachable = "unreachable",
        /// Its name leads to an address that is not public.
        PrivateAddress = "private_address",
    }
}

named_enum! {
    /// Why an endpoint is switched off.
    pub enum SwitchedOff {
        /// An owner did it.
        ByOwner = "by_owner",
        /// The receiver said that it is gone for good (410).
        Gone = "gone",
        /// It took nothing for days.
        Failing = "failing",
    }
}
