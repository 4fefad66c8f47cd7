//! Half of a change: what one side of it said where the other said something else. History keeps both halves; either can be laid
//! over a snapshot, so that any earlier state can be had again from the present one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{KnownRule, Snapshot};
use crate::ids::RuleId;
use crate::rules::{Response, RuleDraft};

/// What one side says where the other differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sea-orm",
    derive(sea_orm::DeriveValueType),
    sea_orm(
        value_type = "String",
        from_str = "crate::columns::from_json",
        to_str = "crate::columns::to_json"
    )
)]
pub struct Part {
    /// The default reply, if it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_reply: Option<Response>,
    /// Rules that differ; `None` where this side has no such rule.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<RuleId, Option<RuleDraft>>,
    /// The order of all rules, if it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Vec<RuleId>>,
}

impl Part {
    /// What `side` says where `other` differs.
    #[must_use]
    pub fn of(side: &Snapshot, other: &Snapshot) -> Self {
        let ids: BTreeSet<RuleId> = side.order().into_iter().chain(other.order()).collect();
        let differing = ids.into_iter().filter(|id| side.rule(*id) != other.rule(*id));
        let order = side.order();
        Self {
            default_reply: (side.default_reply != other.default_reply).then(|| side.default_reply.clone()),
            rules: differing.map(|id| (id, side.rule(id).cloned())).collect(),
            order: (order != other.order()).then_some(order),
        }
    }

    /// Nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// `snapshot` with this laid over it. On the snapshot that was the other side this gives back the side it was taken of.
    #[must_use]
    pub fn over(&self, snapshot: &Snapshot) -> Snapshot {
        let order = self.order.clone().unwrap_or_else(|| snapshot.order());
        let said = |id: RuleId| match self.rules.get(&id) {
            Some(rule) => rule.clone(),
            None => snapshot.rule(id).cloned(),
        };
        let rules = order
            .into_iter()
            .filter_map(|id| Some(KnownRule { id, rule: said(id)? }));
        Snapshot {
            default_reply: self
                .default_reply
                .clone()
                .unwrap_or_else(|| snapshot.default_reply.clone()),
            rules: rules.collect(),
        }
    }
}
