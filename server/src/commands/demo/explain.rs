//! What Concierge did with a DM, for the line under its bubble on the chat page. Read-only, and in the demo only.

use std::sync::{Arc, OnceLock};

use ::sandbox::{Explain, Explanation, Tone};
use domain::answer_checks::HeldBy;
use domain::messages::MessageOutcome;
use domain::reasons::Reason;
use domain::views::shown_confidence;
use engine::Engine;
use engine::pipeline::{Matched, ReplyExplanation};

/// The look-up: it answers as soon as there is an engine to ask.
#[derive(Debug, Clone, Default)]
pub(super) struct Explanations(Arc<OnceLock<Engine>>);

impl Explanations {
    pub(super) fn read_from(&self, engine: &Engine) {
        // The first engine is the only one.
        let _set = self.0.set(engine.clone());
    }

    pub(super) fn look_up(&self) -> Explain {
        let engine = self.0.clone();
        Arc::new(move |mid| {
            let engine = engine.clone();
            Box::pin(async move {
                let found = engine.get()?.pipeline().explain_across_tenants(&mid).await.ok()??;
                Some(explanation(&found))
            })
        })
    }
}

fn explanation(found: &ReplyExplanation) -> Explanation {
    let (headline, detail, tone) = match (found.outcome, found.reason) {
        (Some(MessageOutcome::Sent), _) => (sent_headline(found), found.held_by.map(HeldBy::text), Tone::Ok),
        (Some(_), Some(reason @ Reason::AiHeld)) => {
            let why = found.held_by.map(HeldBy::text);
            (reason.sentence().to_owned(), why.or(reason.next_step()), Tone::Warn)
        }
        (Some(MessageOutcome::Failed), Some(reason)) => (reason.sentence().to_owned(), reason.next_step(), Tone::Bad),
        (Some(_), Some(reason)) => (reason.sentence().to_owned(), reason.next_step(), Tone::Warn),
        (Some(_), None) => ("Recorded; nothing was sent".to_owned(), None, Tone::Warn),
        (None, _) => waiting(found),
    };
    Explanation {
        headline,
        detail: detail.map(str::to_owned),
        tone,
    }
}

fn waiting(found: &ReplyExplanation) -> (String, Option<&'static str>, Tone) {
    match found.wait_reason {
        Some(reason) => (reason.sentence().to_owned(), reason.next_step(), Tone::Wait),
        None => ("Working on it".to_owned(), None, Tone::Wait),
    }
}

/// `Rule 2, Prices · found “price” · 1 credit · 0.3 s`
fn sent_headline(found: &ReplyExplanation) -> String {
    let rule = found
        .rule
        .as_ref()
        .map_or("Default reply".to_owned(), |(position, label)| {
            format!("Rule {position}, {label}")
        });
    let matched = found.matched.as_ref().map(|matched| match matched {
        Matched::Keyword(keyword) => format!("found “{keyword}”"),
        Matched::Intent(confidence) => format!("meant this, confidence {}", shown_confidence(*confidence)),
    });
    let credits = if found.credits == 1 {
        "1 credit".to_owned()
    } else {
        format!("{} credits", found.credits)
    };
    let seconds = found.latency_ms.map(seconds);
    [Some(rule), matched, Some(credits), seconds]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

/// Tenths of a second, rounded up: `0.1 s` at least.
fn seconds(milliseconds: i64) -> String {
    let tenths = (milliseconds.max(1) + 99) / 100;
    format!("{}.{} s", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered() -> ReplyExplanation {
        ReplyExplanation {
            outcome: Some(MessageOutcome::Sent),
            reason: None,
            wait_reason: None,
            rule: Some((2, "Prices".into())),
            matched: Some(Matched::Keyword("price".into())),
            held_by: None,
            credits: 1,
            latency_ms: Some(260),
        }
    }

    #[test]
    fn an_answer_is_told_in_one_line() {
        let explanation = explanation(&answered());
        assert_eq!(
            explanation.headline,
            "Rule 2, Prices · found “price” · 1 credit · 0.3 s"
        );
        assert_eq!(explanation.tone, Tone::Ok);
    }

    #[test]
    fn an_intent_is_told_with_its_confidence() {
        let found = ReplyExplanation {
            matched: Some(Matched::Intent(0.814)),
            ..answered()
        };
        assert_eq!(
            explanation(&found).headline,
            "Rule 2, Prices · meant this, confidence 0.81 · 1 credit · 0.3 s"
        );
    }

    #[test]
    fn an_answer_that_was_held_back_says_why() {
        let found = ReplyExplanation {
            outcome: Some(MessageOutcome::Skipped),
            reason: Some(Reason::AiHeld),
            held_by: Some(HeldBy::Number),
            ..answered()
        };
        assert_eq!(explanation(&found).detail.as_deref(), Some(HeldBy::Number.text()));
    }

    #[test]
    fn what_is_not_settled_is_asked_again() {
        let explanation = explanation(&ReplyExplanation {
            outcome: None,
            ..answered()
        });
        assert_eq!(explanation.tone, Tone::Wait);
    }

    #[test]
    fn silence_has_a_reason() {
        let found = ReplyExplanation {
            outcome: Some(MessageOutcome::Skipped),
            reason: Some(Reason::NoCredits),
            ..answered()
        };
        let explanation = explanation(&found);
        assert_eq!(explanation.headline, Reason::NoCredits.sentence());
        assert_eq!(explanation.tone, Tone::Warn);
    }
}
