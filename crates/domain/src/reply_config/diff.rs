//! How one reply config becomes another, in the words of the page that asks before it does it.

use serde::{Deserialize, Serialize};

use super::Snapshot;
use crate::ids::RuleId;
use crate::rules::{Response, RuleDraft};

/// Everything that changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigDiff {
    /// The default reply before and after, if it changes.
    pub default_reply: Option<(Response, Response)>,
    /// The rules that change: first those of the new list in its order, then those that go.
    pub rules: Vec<RuleDiff>,
}

/// What becomes of one rule. Positions begin at 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum RuleDiff {
    /// It is new.
    Added {
        /// Its place.
        position: u32,
        /// What it says.
        rule: RuleDraft,
    },
    /// It says something else.
    Changed {
        /// Its place afterwards.
        position: u32,
        /// What it said.
        before: RuleDraft,
        /// What it will say.
        after: RuleDraft,
    },
    /// It says the same in another place: other rules pass it by.
    Moved {
        /// Its name.
        label: String,
        /// Its place before.
        from: u32,
        /// Its place afterwards.
        to: u32,
    },
    /// It goes; it can be brought back for 30 days.
    Removed {
        /// Its place before.
        position: u32,
        /// What it said.
        rule: RuleDraft,
    },
}

impl ConfigDiff {
    /// From `before` to `after`.
    #[must_use]
    pub fn between(before: &Snapshot, after: &Snapshot) -> Self {
        let (old, new) = (before.order(), after.order());
        let place = |order: &[RuleId], id: RuleId| order.iter().position(|there| *there == id);
        let kept: Vec<(RuleId, usize)> = new.iter().filter_map(|id| Some((*id, place(&old, *id)?))).collect();
        let staying = longest_rising(&kept);
        let mut rules = Vec::new();
        for (index, known) in after.rules.iter().enumerate() {
            let (position, rule) = (number(index), known.rule.clone());
            match (before.rule(known.id), place(&old, known.id)) {
                (Some(was), _) if *was != rule => rules.push(RuleDiff::Changed {
                    position,
                    before: was.clone(),
                    after: rule,
                }),
                (Some(was), Some(from)) if !staying.contains(&known.id) => rules.push(RuleDiff::Moved {
                    label: was.label.clone(),
                    from: number(from),
                    to: position,
                }),
                (Some(_), _) => {}
                (None, _) => rules.push(RuleDiff::Added { position, rule }),
            }
        }
        let gone = before
            .rules
            .iter()
            .enumerate()
            .filter(|(_, known)| after.rule(known.id).is_none());
        rules.extend(gone.map(|(index, known)| RuleDiff::Removed {
            position: number(index),
            rule: known.rule.clone(),
        }));
        let default = (&before.default_reply, &after.default_reply);
        Self {
            default_reply: (default.0 != default.1).then(|| (default.0.clone(), default.1.clone())),
            rules,
        }
    }

    /// Nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.default_reply.is_none() && self.rules.is_empty()
    }

    /// `2 rules are added, 1 rule is changed, the default reply changes.`
    #[must_use]
    pub fn sentence(&self) -> String {
        let count = |is: fn(&RuleDiff) -> bool| self.rules.iter().filter(|rule| is(rule)).count();
        let counted = [
            (count(|rule| matches!(rule, RuleDiff::Added { .. })), "added"),
            (count(|rule| matches!(rule, RuleDiff::Changed { .. })), "changed"),
            (count(|rule| matches!(rule, RuleDiff::Moved { .. })), "moved"),
            (count(|rule| matches!(rule, RuleDiff::Removed { .. })), "deleted"),
        ];
        let words = counted.into_iter().filter_map(|(count, what)| match count {
            0 => None,
            1 => Some(format!("1 rule is {what}")),
            many => Some(format!("{many} rules are {what}")),
        });
        let default = self
            .default_reply
            .as_ref()
            .map(|_| "the default reply changes".to_owned());
        let words: Vec<String> = words.chain(default).collect();
        let sentence = words.join(", ");
        let mut letters = sentence.chars();
        match letters.next() {
            Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
            None => "Nothing changes.".into(),
        }
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// The most rules that keep their order among themselves: everything else is called moved. Takes the rules in their new order
/// with their old places.
fn longest_rising(kept: &[(RuleId, usize)]) -> Vec<RuleId> {
    // best[i]: the longest row that ends at i, and what comes before i in it.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(kept.len());
    for (index, (_, place)) in kept.iter().enumerate() {
        let before = (0..index).filter(|earlier| kept[*earlier].1 < *place);
        let before = before.max_by_key(|earlier| (best[*earlier].0, std::cmp::Reverse(*earlier)));
        best.push((before.map_or(0, |earlier| best[earlier].0) + 1, before));
    }
    let mut at = (0..kept.len()).max_by_key(|index| (best[*index].0, std::cmp::Reverse(*index)));
    let mut row = Vec::new();
    while let Some(index) = at {
        row.push(kept[index].0);
        at = best[index].1;
    }
    row
}
