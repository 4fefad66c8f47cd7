//! Which rules a search shows.

use domain::rules::{Matcher, ReplyRule, Response};

/// Whether name, keywords or reply contain `wanted`, which is in lower case; every rule matches an empty search.
pub(super) fn matches_search(rule: &ReplyRule, wanted: &str) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let has = |text: &str| text.to_lowercase().contains(wanted);
    let in_matcher = match &rule.matcher {
        Matcher::Keywords(matcher) => matcher.keywords.iter().any(|keyword| has(keyword)),
        Matcher::Prompt(intent) => has(&intent.description) || intent.examples.iter().any(|example| has(example)),
    };
    let (Response::Canned(text) | Response::AiPrompt(text)) = &rule.response;
    has(&rule.label) || in_matcher || has(text)
}
