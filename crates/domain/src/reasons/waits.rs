//! Why a reply that is not final yet stands still. "Waiting" is always one of these.

use crate::names::named_enum;

named_enum! {
    /// What a reply waits for.
    pub enum WaitReason {
        /// The token is dead; the admin must connect again.
        NeedsReconnect = "needs_reconnect",
        /// A permission or setup is missing.
        NeedsAttention = "needs_attention",
        /// Sending is paused for this account.
        Paused = "paused",
        /// The platform asked us to slow down.
        RateLimited = "rate_limited",
        /// The platform did not answer; the timetable goes on.
        Retrying = "retrying",
        /// The platform refused the token and says that it works; the timetable goes on.
        TokenRefused = "token_refused",
        /// The platform refuses this deployment: its app id, its secret or the API's version.
        DeploymentRefused = "deployment_refused",
        /// The outcome is unknown and being looked up.
        Confirming = "confirming",
        /// The AI did not answer; the timetable goes on.
        AiUnavailable = "ai_unavailable",
    }
}

impl WaitReason {
    /// What it waits for, for the log.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NeedsReconnect => "Waiting: the account needs reconnecting",
            Self::NeedsAttention => "Waiting: a permission or setting in Instagram is missing",
            Self::Paused => "Waiting: sending for this account is paused",
            Self::RateLimited => "Waiting: Instagram asked us to slow down",
            Self::Retrying => "Waiting: Meta did not answer",
            Self::TokenRefused => "Waiting: Meta refused the connection, and says that it works",
            Self::DeploymentRefused => "Waiting: Meta refuses this Concierge, your operator has to act",
            Self::Confirming => "Waiting: Meta has not confirmed the reply, we are looking it up",
            Self::AiUnavailable => "Waiting: the AI did not answer",
        }
    }

    /// What the admin can do, if anything.
    #[must_use]
    pub const fn next_step(self) -> Option<&'static str> {
        match self {
            Self::NeedsReconnect => Some("Reconnect within 24 hours of the DM and it still goes out."),
            Self::NeedsAttention => Some("Open the account; it names the cause and the fix."),
            Self::Paused | Self::RateLimited | Self::Retrying | Self::AiUnavailable => Some("Goes out by itself."),
            Self::TokenRefused => Some("Tried again by itself. If it stays so, connect the account again."),
            Self::DeploymentRefused => Some("Goes out by itself when your operator has corrected it."),
            Self::Confirming => Some("Settles by itself. Look in Instagram before you write."),
        }
    }
}
