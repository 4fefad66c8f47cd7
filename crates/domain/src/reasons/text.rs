//! The sentences of the final reasons: what happened, then what to do. Pages may add names and times around them.

use super::Reason;

impl Reason {
    /// What happened, for the log.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::AccountDisconnected => "Not answered: the account was disconnected",
            Self::AccountDisabled => "Not answered: the account is switched off",
            Self::AutoReplyOff => "Not answered: auto-reply is switched off",
            Self::WindowClosed => "Not answered: more than 24 hours had passed",
            Self::OutsideWindow => "Failed: Meta says the 24 hours are over. Credit given back",
            Self::TooOld => "Not answered: the message was too old when its turn came",
            Self::UnsentByCustomer => "Not answered: the customer took the message back",
            Self::Unreadable => "Not answered: Meta's notice of this message could not be read",
            Self::HumanAnswered => "Not answered: a person had already answered",
            Self::HumanActive => "Not answered: this conversation is left to a person",
            Self::ConversationLimit => "Not answered: too many automatic replies in this conversation",
            Self::DefaultReplySent => "Not answered: this customer got the default reply within 24 hours",
            Self::NoText => "Not answered: no words to match, and the default reply is AI",
            Self::PersonaNotApproved => "Not answered: the persona is not approved",
            Self::PromptNotApproved => "Not answered: the prompt of this reply is not approved",
            Self::AiOff => "Not answered: the reply needs AI, and AI is off",
            Self::AiHeld => "Not answered: the AI's reply did not pass the checks",
            Self::HandedOver => "Not answered: the AI left it to a person",
            Self::AiBudget => "Not answered: today's AI budget is used up",
            Self::NoCredits => "Not answered: no credits",
            Self::EmptyReply => "Failed: the AI had nothing to say. Credit given back",
            Self::OutcomeUnknown => "Failed: Meta never confirmed the reply. Credit given back",
            Self::TokenInvalid => "Failed: the connection ended and 24 hours passed",
            Self::TokenRefused => "Failed: Meta refused a connection it calls valid. Credit given back",
            Self::DeploymentRefused => "Failed: Meta refused this Concierge and 24 hours passed",
            Self::PermissionMissing => "Failed: a permission was missing and 24 hours passed",
            Self::NotThreadOwner => "Failed: another app is answering this conversation. Credit given back",
            Self::Transient => "Failed: Meta could not be reached. Credit given back",
            Self::RecipientUnavailable => "Failed: this person cannot receive messages from you now",
            Self::BadRequest => "Failed: Instagram refused the text of this reply",
            Self::PolicyBlock => "Failed: Meta blocked sending for this account",
            Self::AiUnavailable => "Failed: the AI did not answer in time. Credit given back",
            Self::AiMisconfigured => "Failed: the AI is not set up correctly",
            Self::ContentUnreadable => "Failed: the stored message can no longer be opened, its key is gone",
            Self::Restored => "Failed: a backup was put back while it waited. Credit given back",
            Self::InternalError => "Failed: something broke on our side. Credit given back",
        }
    }

    /// What the admin can do, if anything.
    #[must_use]
    pub const fn next_step(self) -> Option<&'static str> {
        Some(match self {
            Self::AccountDisconnected => "Connect it again to answer new DMs.",
            Self::AccountDisabled => "Switch on \"Enabled\".",
            Self::AutoReplyOff => "Switch on \"Auto-reply\".",
            Self::WindowClosed | Self::OutsideWindow => {
                "Instagram allows replies for 24 hours. Write yourself in Instagram."
            }
            Self::Unreadable => "Look in Instagram and answer yourself.",
            Self::TooOld => "Write yourself in Instagram if it still matters.",
            Self::HumanActive => {
                "Answer in Instagram if nobody has. Automatic replies go on by themselves after the quiet hours."
            }
            Self::ConversationLimit => {
                "Look in Instagram: two bots may be answering each other. A rule that leaves the conversation to a person still answers; the \
                 others go on by themselves as soon as there were fewer replies in 10 minutes and in 24 hours."
            }
            Self::DefaultReplySent => {
                "Change how often it is sent on the account's page, or add a rule that answers this."
            }
            Self::NoText => "Make the default reply canned to answer photos.",
            Self::PersonaNotApproved => "See the check of the persona, or make the reply canned.",
            Self::PromptNotApproved => "See the check of the prompt, or make the reply canned.",
            Self::AiOff => "Make the reply canned, or ask your operator for AI.",
            Self::AiHeld => "Answer yourself, or add the fact that was missing to the persona or the prompt.",
            Self::HandedOver => "Look in Instagram and answer yourself.",
            Self::AiBudget => "It starts again at midnight UTC. Ask your operator for more.",
            Self::NoCredits => "Ask your operator. Old DMs are not answered later.",
            Self::EmptyReply => "Add detail to the prompt of this reply.",
            Self::OutcomeUnknown => "It may have arrived; look in Instagram before you write.",
            Self::TokenRefused => "Connect the account again; rules are kept.",
            Self::TokenInvalid => "Reconnect; rules are kept.",
            Self::PermissionMissing => "Open the account; it names the permission and where to give it.",
            Self::NotThreadOwner => "Choose in Instagram which app answers your DMs.",
            Self::Transient => "Nothing is wrong on your side.",
            Self::BadRequest => "Open the reply and change its text; your operator can see Meta's answer.",
            Self::PolicyBlock => "Sending is paused. Read Meta's notice; your operator knows.",
            Self::Restored => "Look in Instagram; it may have been answered before.",
            Self::DeploymentRefused | Self::AiMisconfigured | Self::ContentUnreadable | Self::InternalError => {
                "Your operator has been told."
            }
            Self::UnsentByCustomer | Self::HumanAnswered | Self::RecipientUnavailable | Self::AiUnavailable => {
                return None;
            }
        })
    }
}
