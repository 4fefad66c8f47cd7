//! The parts of a rule as text, so that only differences are shown.

use domain::rules::{Matcher, Response, RuleDraft};

use crate::pages::rules::mode_words;

/// One part; an empty side is not shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Facet {
    pub(super) name: &'static str,
    pub(super) before: String,
    pub(super) after: String,
}

/// A part's name and its text.
type LabelledText = (&'static str, String);

/// All parts of a rule.
pub(super) fn facets(rule: &RuleDraft) -> [LabelledText; 6] {
    [
        ("Name", rule.label.clone()),
        ("When", when(&rule.matcher)),
        ("Examples", examples(&rule.matcher)),
        ("Reply", reply_text(&rule.response)),
        ("Switch", if rule.enabled { "On" } else { "Off" }.to_owned()),
        (
            "Then",
            if rule.leave_to_person {
                "It is left to a person"
            } else {
                ""
            }
            .to_owned(),
        ),
    ]
}

/// The parts of an added or a deleted rule, without its name, which is in the title.
pub(super) fn one_sided(facets: [LabelledText; 6], is_new: bool) -> Vec<Facet> {
    let said = facets.into_iter().skip(1).filter(|(name, text)| {
        let usual = *name == "Switch" && text == "On";
        !text.is_empty() && !usual
    });
    said.map(|(name, text)| {
        let (before, after) = if is_new {
            (String::new(), text)
        } else {
            (text, String::new())
        };
        Facet { name, before, after }
    })
    .collect()
}

/// The parts that differ.
pub(super) fn differing(before: [LabelledText; 6], after: [LabelledText; 6]) -> Vec<Facet> {
    let pairs = before.into_iter().zip(after).filter(|(old, new)| old.1 != new.1);
    pairs
        .map(|((name, before), (_, after))| Facet { name, before, after })
        .collect()
}

/// The text of a reply; a prompt is marked as one.
pub(super) fn reply_text(reply: &Response) -> String {
    match reply {
        Response::Canned(text) => text.clone(),
        Response::AiPrompt(prompt) => format!("AI prompt: {prompt}"),
    }
}

fn when(matcher: &Matcher) -> String {
    match matcher {
        Matcher::Keywords(matcher) => format!("{} · {}", matcher.keywords.join(", "), mode_words(matcher.mode)),
        Matcher::Prompt(intent) => format!("Intent: {} · ≥ {:.2}", intent.description, intent.threshold.value()),
    }
}

fn examples(matcher: &Matcher) -> String {
    match matcher {
        Matcher::Keywords(_) => String::new(),
        Matcher::Prompt(intent) => intent.examples.join(" · "),
    }
}

#[cfg(test)]
mod tests {
    use domain::rules::{IntentMatcher, STARTERS};

    use super::*;

    #[test]
    fn only_what_differs_is_shown() {
        let before = STARTERS[0].draft();
        let mut after = before.clone();
        assert_eq!(differing(facets(&before), facets(&after)), []);
        after.enabled = false;
        after.response = Response::AiPrompt("Be kind.".into());
        let shown = differing(facets(&before), facets(&after));
        let names: Vec<_> = shown.iter().map(|facet| facet.name).collect();
        assert_eq!(names, ["Reply", "Switch"]);
        assert_eq!(shown[0].before, before.response.text());
        assert_eq!(shown[0].after, "AI prompt: Be kind.");
        assert_eq!((shown[1].before.as_str(), shown[1].after.as_str()), ("On", "Off"));
    }

    #[test]
    fn a_new_rule_shows_what_it_says_and_not_what_is_usual() {
        let mut rule = STARTERS[0].draft();
        let names = |rule: &RuleDraft| {
            one_sided(facets(rule), true)
                .iter()
                .map(|facet| facet.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&rule), ["When", "Reply"]);
        (rule.enabled, rule.leave_to_person) = (false, true);
        assert_eq!(names(&rule), ["When", "Reply", "Switch", "Then"]);
        rule.matcher = Matcher::Prompt(IntentMatcher {
            examples: vec!["a table?".into(), "for two".into()],
            ..IntentMatcher::default()
        });
        let examples = &one_sided(facets(&rule), true)[1];
        assert_eq!(
            (examples.name, examples.after.as_str()),
            ("Examples", "a table? · for two")
        );
    }
}
