//! Rules to begin from: what most shops are asked first, and the way to a person that Meta asks for.

use super::{KeywordMatcher, MatchMode, Matcher, Response, RuleDraft, split_keywords};

/// A rule to begin from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Starter {
    /// Its name in addresses and forms.
    pub key: &'static str,
    /// The rule's name.
    pub label: &'static str,
    /// Separated by commas.
    pub keywords: &'static str,
    /// What it answers; an admin reads it before it is used.
    pub canned: &'static str,
    /// After its reply the conversation is left to a person.
    pub leave_to_person: bool,
}

/// In the order in which they are offered and tried.
pub const STARTERS: [Starter; 3] = [
    Starter {
        key: "hours",
        label: "Opening hours",
        keywords: "hours, open, closed, today",
        canned: "We are open Monday to Friday from 9:00 to 18:00.",
        leave_to_person: false,
    },
    Starter {
        key: "prices",
        label: "Prices",
        keywords: "price, prices, cost, how much",
        canned: "Our prices start at … Tell us what you need and we will send you the exact price.",
        leave_to_person: false,
    },
    Starter {
        key: "person",
        label: "Talk to a person",
        keywords: "human, person, agent, call me",
        canned: "Of course. Somebody from our team will write to you here as soon as possible.",
        leave_to_person: true,
    },
];

impl Starter {
    /// The starter of that name.
    #[must_use]
    pub fn named(key: &str) -> Option<Self> {
        STARTERS.into_iter().find(|starter| starter.key == key)
    }

    /// As a rule that can be saved.
    #[must_use]
    pub fn draft(self) -> RuleDraft {
        RuleDraft {
            label: self.label.into(),
            matcher: Matcher::Keywords(KeywordMatcher {
                keywords: split_keywords(self.keywords),
                mode: MatchMode::WholeWord,
            }),
            response: Response::Canned(self.canned.into()),
            enabled: true,
            leave_to_person: self.leave_to_person,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::{AiFacts, IntentModel};
    use crate::ids::RuleId;
    use crate::rules::ReplyConfig;
    use crate::warnings::{WarningFacts, Warnings, warnings};

    #[test]
    fn starters_keep_the_limits_and_together_give_no_warning() {
        let mut config = ReplyConfig {
            revision: 1,
            list_version: 1,
            default_reply: Response::Canned("Soon.".into()),
            default_version: 1,
            rules: Vec::new(),
        };
        for (starter, number) in STARTERS.into_iter().zip(1..) {
            assert_eq!(starter.draft().validate(), Ok(starter.draft()));
            assert_eq!(Starter::named(starter.key), Some(starter));
            config = config.with_draft(RuleId::from_uuid(uuid::Uuid::from_u128(number)), &starter.draft());
        }
        let facts = WarningFacts {
            ai: AiFacts {
                available: false,
                persona_approved: false,
            },
            intents: IntentModel::Off,
            disclosure: None,
        };
        assert_eq!(warnings(&config, &facts), Warnings::default());
        assert_eq!(Starter::named("other"), None);
    }
}
