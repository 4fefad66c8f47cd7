//! What an owner can do about an answer of the AI that a check held back.

use crate::answer_checks::HeldBy;

impl HeldBy {
    /// So that the next such question is answered.
    #[must_use]
    pub const fn next_step(self) -> &'static str {
        match self {
            Self::Number => {
                "If it is right, write the price, time or date into the facts of the persona: what stands there may be said."
            }
            Self::Link => "If it is right, write the link into the persona, as the link to offer or among its facts.",
            Self::Address => "If customers may have it, write it into the facts of the persona.",
            Self::Empty => "Write into the facts of the persona what can be answered.",
            Self::TooLong | Self::Truncated => "Ask for short replies in the prompt of the rule or in the persona.",
            Self::Promise => {
                "Say in the persona what the AI may not promise, or answer such questions with a canned reply."
            }
            Self::BotDenial => "Nothing of yours is wrong; answer yourself.",
            Self::Canary | Self::Quote => "Answer yourself; the customer may be after the instructions of the AI.",
            Self::Script => "Name in the persona the languages you answer in.",
            Self::Markup => "Ask for plain sentences in the prompt of the rule or in the persona.",
            Self::Filtered => "Answer yourself; the provider does not say what it minded.",
            Self::Budget => "It starts again at midnight UTC. Ask your operator for more.",
        }
    }

    /// Whether the persona is where that is done.
    #[must_use]
    pub const fn is_about_persona(self) -> bool {
        matches!(
            self,
            Self::Number | Self::Link | Self::Address | Self::Empty | Self::Promise | Self::Script
        )
    }
}
