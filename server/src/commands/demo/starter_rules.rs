//! The rules a demo account begins with: opening hours, prices, talk to a person; on one account also an intent and a reply by the AI. And
//! what it says when none of them matches.

use domain::rules::{IntentMatcher, KeywordMatcher, MatchMode, Matcher, Response, RuleDraft, Threshold};

/// When no rule matches.
pub(super) const DEFAULT_REPLY: &str =
    "Thanks for your message! Somebody from our team reads every DM and answers within a day. 🙂";

/// In the order in which they are tried.
pub(super) fn all() -> Vec<RuleDraft> {
    vec![
        rule(
            "Opening hours",
            &["open", "opening hours", "hours", "closed", "sunday"],
            "We are open Monday to Saturday from 9 to 18, and closed on Sundays.",
        ),
        rule(
            "Prices",
            &["price", "prices", "how much", "cost", "precio", "السعر"],
            "You find all our prices in the link in our bio. Tell us what you are looking for and we help you choose!",
        ),
        RuleDraft {
            leave_to_person: true,
            ..rule(
                "Talk to a person",
                &["person", "human", "agent", "call me"],
                "Of course! A colleague takes over from here and writes to you as soon as possible.",
            )
        },
    ]
}

/// Answered by the AI, in the voice of the demo's persona: one rule by intent, one by keywords.
pub(super) fn by_ai() -> Vec<RuleDraft> {
    let booking = RuleDraft {
        matcher: Matcher::Prompt(IntentMatcher {
            description: "wants to book a table".into(),
            examples: [
                "do you have a table for two tonight?",
                "can I reserve for Saturday morning",
                "we would like to come with six people",
                "quiero reservar una mesa para cuatro",
                "habt ihr morgen noch einen Tisch frei?",
            ]
            .map(Into::into)
            .into(),
            threshold: Threshold::default(),
        }),
        response: Response::AiPrompt(
            "Say how one books a table and name the link to offer. Do not say that a table is free or booked.".into(),
        ),
        ..rule("Book a table", &[], "")
    };
    let menu = RuleDraft {
        response: Response::AiPrompt("Say what is on the menu, as the facts have it.".into()),
        ..rule("Menu", &["menu", "vegan", "oat", "cake", "beans"], "")
    };
    vec![booking, menu]
}

fn rule(label: &str, keywords: &[&str], canned: &str) -> RuleDraft {
    let keywords = keywords.iter().map(|keyword| (*keyword).to_owned()).collect();
    RuleDraft {
        label: label.to_owned(),
        matcher: Matcher::Keywords(KeywordMatcher {
            keywords,
            mode: MatchMode::WholeWord,
        }),
        response: Response::Canned(canned.to_owned()),
        enabled: true,
        leave_to_person: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_starter_rule_keeps_the_limits() {
        for draft in all().into_iter().chain(by_ai()) {
            assert_eq!(
                draft.validate().as_ref().map(|draft| draft.label.as_str()),
                Ok(draft.label.as_str())
            );
        }
        assert!(domain::rules::validate_default_reply(&Response::Canned(DEFAULT_REPLY.into())).is_ok());
    }
}
