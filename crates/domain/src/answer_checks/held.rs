//! Why an AI's answer is held back, with the words a person reads about it.

use crate::names::named_enum;

named_enum! {
    /// The check that held an answer back.
    pub enum HeldBy {
        /// Nothing to read in it.
        Empty = "empty",
        /// More bytes than one DM holds.
        TooLong = "too_long",
        /// It breaks off in the middle; also for a provider's answer that did not end by itself.
        Truncated = "truncated",
        /// The token that only the instructions hold.
        Canary = "canary",
        /// Instructions or private text, word for word.
        Quote = "quote",
        /// A link that stands in no approved text.
        Link = "link",
        /// An e-mail address, phone, handle, card or account number that stands in no approved text.
        Address = "address",
        /// A price, time, date, percentage, quantity or weekday that stands in no approved text.
        Number = "number",
        /// A promise, or an act that nobody did.
        Promise = "promise",
        /// It calls itself a person.
        BotDenial = "bot_denial",
        /// Another script than the customer's.
        Script = "script",
        /// Invisible characters, Markdown, HTML, JSON or a placeholder.
        Markup = "markup",
    }
}

impl HeldBy {
    /// What was wrong with the answer, for the log.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Empty => "It said nothing.",
            Self::TooLong => "It was longer than one DM can be.",
            Self::Truncated => "It broke off in the middle.",
            Self::Canary => "It gave away the instructions of the AI.",
            Self::Quote => "It repeated instructions that are not for customers.",
            Self::Link => "It named a link that stands in no approved text.",
            Self::Address => "It named an e-mail address, phone, handle or account that stands in no approved text.",
            Self::Number => "It named a number, date or weekday that stands in no approved text.",
            Self::Promise => "It promised something, or said that something was done.",
            Self::BotDenial => "It said that it is a person.",
            Self::Script => "It was written in another script than the customer's message.",
            Self::Markup => "It held formatting or invisible characters that a DM cannot show.",
        }
    }
}
