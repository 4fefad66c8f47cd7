//! Every reason a reply can end or wait for, with the words a person reads. One enum, one place: the database, the log, the pages
//! and the metrics name the same outcomes.

mod waits;
mod words;

pub use waits::WaitReason;

use crate::names::named_enum;

named_enum! {
    /// Why no reply reached the customer, for good.
    pub enum Reason {
        AccountDisconnected = "account_disconnected",
        AccountDisabled = "account_disabled",
        AutoReplyOff = "auto_reply_off",
        /// Our own gate: the customer's window had closed.
        WindowClosed = "window_closed",
        /// Meta's answer: the window is over.
        OutsideWindow = "outside_window",
        TooOld = "too_old",
        UnsentByCustomer = "unsent_by_customer",
        /// A person answered this message before us.
        HumanAnswered = "human_answered",
        /// A person wrote in this conversation recently.
        HumanActive = "human_active",
        ConversationLimit = "conversation_limit",
        NoText = "no_text",
        PersonaNotApproved = "persona_not_approved",
        PromptNotApproved = "prompt_not_approved",
        AiOff = "ai_off",
        NoCredits = "no_credits",
        EmptyReply = "empty_reply",
        OutcomeUnknown = "outcome_unknown",
        TokenInvalid = "token_invalid",
        PermissionMissing = "permission_missing",
        /// Another app owns the thread.
        NotThreadOwner = "not_thread_owner",
        /// The platform could not be reached until the retries were used up.
        Transient = "transient",
        RecipientUnavailable = "recipient_unavailable",
        BadRequest = "bad_request",
        PolicyBlock = "policy_block",
        AiUnavailable = "ai_unavailable",
        AiMisconfigured = "ai_misconfigured",
        /// The key that sealed the message is gone.
        ContentUnreadable = "content_unreadable",
        InternalError = "internal_error",
    }
}

named_enum! {
    /// The final state that goes with a reason.
    pub enum OutcomeKind {
        /// "Failed": it was tried.
        Failed = "failed",
        /// "Not answered": it was rightly not tried.
        Skipped = "skipped",
    }
}

impl Reason {
    /// Whether a reply that ends for this reason failed or was skipped.
    #[must_use]
    pub const fn outcome_kind(self) -> OutcomeKind {
        match self {
            Self::AccountDisconnected
            | Self::AccountDisabled
            | Self::AutoReplyOff
            | Self::WindowClosed
            | Self::TooOld
            | Self::UnsentByCustomer
            | Self::HumanAnswered
            | Self::HumanActive
            | Self::ConversationLimit
            | Self::NoText
            | Self::PersonaNotApproved
            | Self::PromptNotApproved
            | Self::AiOff
            | Self::NoCredits => OutcomeKind::Skipped,
            Self::OutsideWindow
            | Self::EmptyReply
            | Self::OutcomeUnknown
            | Self::TokenInvalid
            | Self::PermissionMissing
            | Self::NotThreadOwner
            | Self::Transient
            | Self::RecipientUnavailable
            | Self::BadRequest
            | Self::PolicyBlock
            | Self::AiUnavailable
            | Self::AiMisconfigured
            | Self::ContentUnreadable
            | Self::InternalError => OutcomeKind::Failed,
        }
    }
}

#[cfg(test)]
mod tests;
