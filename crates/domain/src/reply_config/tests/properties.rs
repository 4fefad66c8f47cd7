//! What holds for any two states of a reply config.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// Some of eight rules in some order, each saying one of three things.
fn any_snapshot() -> impl Strategy<Value = Snapshot> {
    let order = Just((1..=8_u128).collect::<Vec<_>>()).prop_shuffle();
    let said = prop::collection::vec(prop::sample::select(&["A", "B", "C"][..]), 8);
    (order, 0..=8_usize, said, 0..3_u8).prop_map(|(order, length, said, default)| {
        let rules: Vec<(u128, &str)> = order.into_iter().zip(said).take(length).collect();
        Snapshot {
            default_reply: Response::Canned(format!("Default {default}.")),
            ..snapshot(&rules)
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Both halves of a change lead from one side to the other and survive storage.
    #[test]
    fn the_halves_of_a_change_lead_there_and_back(before in any_snapshot(), after in any_snapshot()) {
        let (old, new) = (Part::of(&before, &after), Part::of(&after, &before));
        prop_assert_eq!(&old.over(&after), &before);
        prop_assert_eq!(&new.over(&before), &after);
        prop_assert_eq!(old.is_empty(), before == after);
        let json = serde_json::to_string(&old).expect("json");
        prop_assert_eq!(serde_json::from_str::<Part>(&json).expect("part"), old);
    }

    /// A diff is empty exactly when nothing changes, and counts every rule at most once.
    #[test]
    fn a_diff_tells_everything_once(before in any_snapshot(), after in any_snapshot()) {
        let diff = ConfigDiff::between(&before, &after);
        prop_assert_eq!(diff.is_empty(), before == after);
        let (mut added, mut removed) = (0, 0);
        for rule in &diff.rules {
            match rule {
                RuleDiff::Added { .. } => added += 1,
                RuleDiff::Removed { .. } => removed += 1,
                RuleDiff::Changed { before, after, .. } => prop_assert_ne!(before, after),
                RuleDiff::Moved { .. } => {}
            }
        }
        let known: BTreeMap<RuleId, ()> = before.order().into_iter().map(|id| (id, ())).collect();
        let new = after.order().iter().filter(|id| !known.contains_key(id)).count();
        prop_assert_eq!(added, new);
        prop_assert_eq!(before.rules.len() + added - removed, after.rules.len());
    }

    /// What a file says is what was written, whatever the texts are.
    #[test]
    fn files_carry_any_text(label in "\\PC{1,80}", keyword in "\\PC{1,80}", canned in "(?s).{1,200}") {
        let mut snapshot = snapshot(&[(1, "A")]);
        snapshot.rules[0].rule.label = label;
        snapshot.rules[0].rule.matcher = Matcher::Keywords(KeywordMatcher {
            keywords: vec![keyword],
            mode: MatchMode::Contains,
        });
        snapshot.rules[0].rule.response = Response::Canned(canned);
        if let Ok(valid) = snapshot.rules[0].rule.validate() {
            let read = read_file(&write_file("any", &snapshot)).expect("a valid rule makes a good file");
            prop_assert_eq!(read.rules, vec![valid]);
        }
    }
}
