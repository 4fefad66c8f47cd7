//! Every reason a reply can end or wait for, with the words a person reads. One enum, one place: the database, the log, the pages
//! and the metrics name the same outcomes.

mod held;
mod text;
mod waits;

pub use waits::WaitReason;

use crate::names::named_enum;

named_enum! {
    /// Why no reply reached the customer, for good.
    pub enum Reason {
        /// The connection had been ended.
        AccountDisconnected = "account_disconnected",
        /// The switch *Enabled* was off.
        AccountDisabled = "account_disabled",
        /// The switch *Auto-Reply Enabled* was off.
        AutoReplyOff = "auto_reply_off",
        /// Our own gate: the customer's window had closed.
        WindowClosed = "window_closed",
        /// Meta's answer: the window is over.
        OutsideWindow = "outside_window",
        /// The message was older than the configured maximum age.
        TooOld = "too_old",
        /// The customer took the message back.
        UnsentByCustomer = "unsent_by_customer",
        /// The platform named the message in a way that cannot be read.
        Unreadable = "unreadable",
        /// A person answered this message before us.
        HumanAnswered = "human_answered",
        /// A person wrote in this conversation recently.
        HumanActive = "human_active",
        /// Too many automatic replies in this conversation: two bots may be talking.
        ConversationLimit = "conversation_limit",
        /// The default reply went to this customer, and the account sends it at most once a day.
        DefaultReplySent = "default_reply_sent",
        /// No words to match, and the default reply is AI.
        NoText = "no_text",
        /// An AI reply, but no approved persona text.
        PersonaNotApproved = "persona_not_approved",
        /// An AI reply, but its prompt is not approved.
        PromptNotApproved = "prompt_not_approved",
        /// An AI reply, but AI is not set up or switched off.
        AiOff = "ai_off",
        /// The checks held the AI's answer back.
        AiHeld = "ai_held",
        /// The AI handed the conversation over to a person without a reply.
        HandedOver = "handed_over",
        /// The tenant's budget of the day for the AI is spent.
        AiBudget = "ai_budget",
        /// Nothing left to pay with.
        NoCredits = "no_credits",
        /// The AI returned nothing.
        EmptyReply = "empty_reply",
        /// It could not be learnt whether the reply arrived.
        OutcomeUnknown = "outcome_unknown",
        /// The token was dead until the window closed.
        TokenInvalid = "token_invalid",
        /// The platform refused the token, and said that it works, until the retries were used up.
        TokenRefused = "token_refused",
        /// The platform refused this deployment until the window closed.
        DeploymentRefused = "deployment_refused",
        /// A permission or setup was missing until the window closed.
        PermissionMissing = "permission_missing",
        /// Another app owns the thread.
        NotThreadOwner = "not_thread_owner",
        /// The platform could not be reached until the retries were used up.
        Transient = "transient",
        /// This person cannot be written to.
        RecipientUnavailable = "recipient_unavailable",
        /// The platform refused the request itself.
        BadRequest = "bad_request",
        /// The platform blocked sending for the account.
        PolicyBlock = "policy_block",
        /// The AI could not be reached until the retries were used up.
        AiUnavailable = "ai_unavailable",
        /// The AI refused our key, model or request.
        AiMisconfigured = "ai_misconfigured",
        /// The key that sealed the message is gone.
        ContentUnreadable = "content_unreadable",
        /// It was open in a backup that was restored: it may have been answered since.
        Restored = "restored",
        /// Our own fault, after three tries.
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
            | Self::Unreadable
            | Self::HumanAnswered
            | Self::HumanActive
            | Self::ConversationLimit
            | Self::DefaultReplySent
            | Self::NoText
            | Self::PersonaNotApproved
            | Self::PromptNotApproved
            | Self::AiOff
            | Self::AiHeld
            | Self::HandedOver
            | Self::AiBudget
            | Self::NoCredits => OutcomeKind::Skipped,
            Self::OutsideWindow
            | Self::DeploymentRefused
            | Self::EmptyReply
            | Self::OutcomeUnknown
            | Self::TokenInvalid
            | Self::TokenRefused
            | Self::PermissionMissing
            | Self::NotThreadOwner
            | Self::Transient
            | Self::RecipientUnavailable
            | Self::BadRequest
            | Self::PolicyBlock
            | Self::AiUnavailable
            | Self::AiMisconfigured
            | Self::ContentUnreadable
            | Self::Restored
            | Self::InternalError => OutcomeKind::Failed,
        }
    }
}

#[cfg(test)]
mod tests;
