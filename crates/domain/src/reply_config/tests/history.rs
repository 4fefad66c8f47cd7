//! A diff tells enough to make one list out of the other, and a history of halves leads back to any state.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::rules::move_item;

/// Rules that are told apart by their name, as a reader tells them apart: each of eight names says one of three things.
fn named_snapshot() -> impl Strategy<Value = Snapshot> {
    let order = Just((1..=8_u128).collect::<Vec<_>>()).prop_shuffle();
    (order, 0..=8_usize, prop::collection::vec(0..3_u8, 8)).prop_map(|(order, length, said)| {
        let mut made = snapshot(&[]);
        made.rules = order
            .into_iter()
            .take(length)
            .map(|number| known(number, said[usize::try_from(number - 1).expect("small")]))
            .collect();
        made
    })
}

fn known(number: u128, said: u8) -> KnownRule {
    let mut rule = rule(&format!("Rule {number}"));
    rule.response = Response::Canned(format!("Answer {said}."));
    KnownRule { id: id(number), rule }
}

fn drafts(snapshot: &Snapshot) -> Vec<RuleDraft> {
    snapshot.rules.iter().map(|known| known.rule.clone()).collect()
}

/// What a reader makes of the page: strikes out what goes and what moves, writes what is new where it is said to stand, and
/// leaves the rest in its order.
fn follow(diff: &ConfigDiff, before: &Snapshot) -> Vec<RuleDraft> {
    let old = drafts(before);
    let mut placed: BTreeMap<u32, RuleDraft> = BTreeMap::new();
    let mut struck: Vec<RuleDraft> = Vec::new();
    for change in &diff.rules {
        match change.clone() {
            RuleDiff::Added { position, rule } => {
                placed.insert(position, rule);
            }
            RuleDiff::Changed {
                position,
                before,
                after,
            } => {
                struck.push(before);
                placed.insert(position, after);
            }
            RuleDiff::Moved { label, from, to } => {
                let rule = old[from as usize - 1].clone();
                assert_eq!(rule.label, label);
                struck.push(rule.clone());
                placed.insert(to, rule);
            }
            RuleDiff::Removed { position, rule } => {
                assert_eq!(old[position as usize - 1], rule);
                struck.push(rule);
            }
        }
    }
    let mut rest = old.into_iter().filter(|rule| !struck.contains(rule));
    let mut list = Vec::new();
    for position in 1.. {
        match placed.remove(&position).or_else(|| rest.next()) {
            Some(rule) => list.push(rule),
            None => break,
        }
    }
    assert!(placed.is_empty(), "{placed:?} stand beyond the end");
    list
}

/// The longest row of rules that keep their order, by trying every choice.
fn longest_kept(before: &Snapshot, after: &Snapshot) -> u32 {
    let places: Vec<usize> = after
        .order()
        .iter()
        .filter_map(|id| before.order().iter().position(|there| there == id))
        .collect();
    let rises = |choice: &u32| {
        let chosen = places.iter().enumerate().filter(|(index, _)| choice >> index & 1 == 1);
        chosen.map(|(_, place)| place).is_sorted()
    };
    (0..1_u32 << places.len())
        .filter(rises)
        .map(u32::count_ones)
        .max()
        .unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn following_a_diff_makes_the_new_list(before in named_snapshot(), after in named_snapshot()) {
        let diff = ConfigDiff::between(&before, &after);
        prop_assert_eq!(follow(&diff, &before), drafts(&after), "{:#?}", diff);
        prop_assert_eq!(follow(&ConfigDiff::between(&after, &before), &after), drafts(&before));
    }

    /// No page calls more rules moved than had to move.
    #[test]
    fn as_few_rules_as_can_be_are_called_moved(numbers in Just((1..=8_u128).collect::<Vec<_>>()).prop_shuffle(), gone in 0..8_usize) {
        let rules = |numbers: &[u128]| Snapshot {
            rules: numbers.iter().map(|number| known(*number, 0)).collect(),
            ..snapshot(&[])
        };
        let (before, after) = (rules(&[1, 2, 3, 4, 5, 6, 7, 8]), rules(&numbers[gone..]));
        let diff = ConfigDiff::between(&before, &after);
        let moved = diff.rules.iter().filter(|rule| matches!(rule, RuleDiff::Moved { .. })).count();
        prop_assert_eq!(after.rules.len() - moved, longest_kept(&before, &after) as usize);
    }

    /// The sentence counts what the list shows.
    #[test]
    fn the_sentence_counts_every_line(before in named_snapshot(), after in named_snapshot()) {
        let diff = ConfigDiff::between(&before, &after);
        let sentence = diff.sentence();
        prop_assert!(sentence.ends_with('.') && sentence.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit()));
        let counted: usize = sentence
            .split(", ")
            .filter_map(|part| part.split(' ').next()?.parse::<usize>().ok())
            .sum();
        prop_assert_eq!(counted, diff.rules.len());
        let json = serde_json::to_string(&diff).expect("json");
        prop_assert_eq!(serde_json::from_str::<ConfigDiff>(&json).expect("a diff"), diff);
    }
}

/// What an admin does to a config.
#[derive(Clone, Debug)]
enum Edit {
    Add(u8),
    Change(prop::sample::Index, u8),
    Delete(prop::sample::Index),
    Move(prop::sample::Index, usize),
    DefaultReply(u8),
    /// Back to how it was before one of the changes so far.
    Restore(prop::sample::Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let which = any::<prop::sample::Index>;
    prop_oneof![
        3 => (0..3_u8).prop_map(Edit::Add),
        2 => (which(), 0..3_u8).prop_map(|(rule, said)| Edit::Change(rule, said)),
        1 => which().prop_map(Edit::Delete),
        2 => (which(), 0..10_usize).prop_map(|(rule, to)| Edit::Move(rule, to)),
        1 => (0..3_u8).prop_map(Edit::DefaultReply),
        1 => which().prop_map(Edit::Restore),
    ]
}

/// One entry of the history: what either side said where the other said something else.
struct Change {
    before: Part,
    after: Part,
}

/// A config, everything that was done to it, and (for the test alone) every state it was in.
struct Story {
    now: Snapshot,
    changes: Vec<Change>,
    states: Vec<Snapshot>,
}

impl Story {
    fn apply(&mut self, edit: &Edit, new: u128) {
        let mut next = self.now.clone();
        let rules = next.rules.len();
        match edit {
            Edit::Add(said) => next.rules.push(known(new, *said)),
            Edit::DefaultReply(said) => next.default_reply = Response::Canned(format!("Default {said}.")),
            Edit::Restore(change) if !self.changes.is_empty() => next = self.before(change.index(self.changes.len())),
            Edit::Change(..) | Edit::Delete(_) | Edit::Move(..) if rules == 0 => {}
            Edit::Change(rule, said) => {
                next.rules[rule.index(rules)].rule.response = Response::Canned(format!("Answer {said}."));
            }
            Edit::Delete(rule) => drop(next.rules.remove(rule.index(rules))),
            Edit::Move(rule, to) => {
                let order = move_item(&next.order(), next.rules[rule.index(rules)].id, *to);
                next.rules
                    .sort_by_key(|known| order.iter().position(|id| *id == known.id));
            }
            Edit::Restore(_) => {}
        }
        self.changes.push(Change {
            before: Part::of(&self.now, &next),
            after: Part::of(&next, &self.now),
        });
        self.states.push(std::mem::replace(&mut self.now, next));
    }

    /// The state right before a change, from the present one and the halves alone.
    fn before(&self, change: usize) -> Snapshot {
        let later = self.changes[change..].iter().rev();
        later.fold(self.now.clone(), |state, change| change.before.over(&state))
    }
}

proptest! {
    /// Whatever was done, restores included, each earlier state comes out of the halves, and going forward leads to the present.
    #[test]
    fn every_earlier_state_can_be_had_again(edits in prop::collection::vec(edit(), 1..25)) {
        let mut story = Story { now: snapshot(&[(1, "A")]), changes: Vec::new(), states: Vec::new() };
        for (edit, new) in edits.iter().zip(100..) {
            story.apply(edit, new);
        }
        for (change, state) in story.states.iter().enumerate() {
            prop_assert_eq!(&story.before(change), state, "before change {}", change);
        }
        let forward = story.changes.iter().fold(story.states[0].clone(), |state, change| change.after.over(&state));
        prop_assert_eq!(&forward, &story.now);
        for change in &story.changes {
            prop_assert_eq!(change.before.is_empty(), change.after.is_empty(), "both halves differ or none");
        }
    }
}

#[test]
fn a_half_holds_only_what_differs() {
    let before = snapshot(&[(1, "A"), (2, "B"), (3, "C")]);
    let mut after = before.clone();
    after.rules[1].rule.enabled = false;
    let half = Part::of(&before, &after);
    assert_eq!(half.rules.keys().copied().collect::<Vec<_>>(), [id(2)]);
    assert_eq!((half.order, half.default_reply), (None, None));

    after = snapshot(&[(1, "A"), (3, "C")]);
    assert_eq!(
        Part::of(&after, &before).rules,
        BTreeMap::from([(id(2), None)]),
        "it has no such rule"
    );
    assert_eq!(
        serde_json::to_string(&Part::default()).expect("json"),
        "{}",
        "nothing takes no room"
    );
}
