//! The file, the diff, and the halves of a change.

mod drafts;
mod files;
mod history;
mod journeys;
mod properties;
mod uploads;

use uuid::Uuid;

use super::*;
use crate::rules::{IntentMatcher, KeywordMatcher, MatchMode, Matcher, Threshold, validate_default_reply};

fn id(number: u128) -> RuleId {
    RuleId::from_uuid(Uuid::from_u128(number))
}

fn rule(label: &str) -> RuleDraft {
    RuleDraft {
        label: label.into(),
        matcher: Matcher::Keywords(KeywordMatcher {
            keywords: vec![label.to_lowercase()],
            mode: MatchMode::WholeWord,
        }),
        response: Response::Canned(format!("About {label}.")),
        enabled: true,
        leave_to_person: false,
    }
}

fn snapshot(rules: &[(u128, &str)]) -> Snapshot {
    Snapshot {
        default_reply: Response::Canned("Soon.".into()),
        rules: rules
            .iter()
            .map(|(number, label)| KnownRule {
                id: id(*number),
                rule: rule(label),
            })
            .collect(),
    }
}

#[test]
fn a_diff_names_what_changes_and_only_that() {
    let before = snapshot(&[(1, "A"), (2, "B"), (3, "C"), (4, "D"), (5, "E")]);
    let mut after = snapshot(&[(5, "E"), (1, "A"), (2, "B"), (6, "F"), (4, "D")]);
    after.rules[2].rule.response = Response::Canned("New.".into());
    after.default_reply = Response::Canned("Later.".into());
    let diff = ConfigDiff::between(&before, &after);
    assert_eq!(
        diff.rules,
        [
            RuleDiff::Moved {
                label: "E".into(),
                from: 5,
                to: 1
            },
            RuleDiff::Changed {
                position: 3,
                before: rule("B"),
                after: after.rules[2].rule.clone()
            },
            RuleDiff::Added {
                position: 4,
                rule: rule("F")
            },
            RuleDiff::Removed {
                position: 3,
                rule: rule("C")
            },
        ]
    );
    assert_eq!(
        diff.sentence(),
        "1 rule is added, 1 rule is changed, 1 rule is moved, 1 rule is deleted, the default reply changes."
    );
    let none = ConfigDiff::between(&before, &before);
    assert!(none.is_empty());
    assert_eq!(none.sentence(), "Nothing changes.");
}

#[test]
fn an_import_keeps_rules_of_the_same_name() {
    let present = snapshot(&[(1, "A"), (2, "B"), (3, "B")]);
    let file = ReplyConfigFile {
        default_reply: Response::Canned("Soon.".into()),
        rules: ["B", "A", "B", "B", "C"].map(rule).into(),
    };
    let mut next = 100;
    let imported = Snapshot::imported(&present, file, || {
        next += 1;
        id(next)
    });
    assert_eq!(imported.order(), [2, 1, 3, 101, 102].map(id));
}
