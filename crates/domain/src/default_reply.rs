//! How often one customer gets the default reply: the same text again and again tells nobody anything.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::names::named_enum;
use crate::time::Timestamp;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

named_enum! {
    /// How often the default reply is sent to one customer, as the account says.
    #[derive(Default)]
    pub enum DefaultReplyFrequency {
        /// To each message that no rule matches.
        #[default]
        EveryTime = "every_time",
        /// Not again within 24 hours.
        OnceADay = "once_a_day",
    }
}

impl DefaultReplyFrequency {
    /// What the account does.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::EveryTime => "The default reply is sent every time no rule matches.",
            Self::OnceADay => "The default reply is sent to one customer at most once a day.",
        }
    }
}

/// What a decision must know before it sends the default reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultReplyFacts {
    /// The account's choice.
    pub frequency: DefaultReplyFrequency,
    /// When the customer last got it. Need not be known where it is sent every time, nor when that is over a day ago.
    pub last_sent: Option<Timestamp>,
}

impl DefaultReplyFacts {
    /// Whether it must not be sent again yet.
    #[must_use]
    pub fn had_enough(&self, now: Timestamp) -> bool {
        match self.frequency {
            DefaultReplyFrequency::EveryTime => false,
            DefaultReplyFrequency::OnceADay => self.last_sent.is_some_and(|sent| now.since(sent) < DAY),
        }
    }
}
