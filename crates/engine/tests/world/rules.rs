//! Rules of a story.

use domain::rules::{KeywordMatcher, MatchMode, Matcher, Response, RuleDraft};
use engine::rules::Rules;

use super::World;

impl World {
    pub fn rules(&self) -> Rules {
        Rules::for_tenant(&self.database, self.shared_clock(), self.tenant)
    }

    /// Adds a whole-word keyword rule at the end of the list.
    pub async fn rule(&self, label: &str, keywords: &[&str], reply: &str) {
        self.add_rule(&keyword_rule(label, keywords, reply)).await;
    }

    /// Adds rules with these names at the end.
    pub async fn add_rules(&self, labels: &[&str]) {
        for label in labels {
            self.add_rule(&draft(label)).await;
        }
    }

    pub async fn add_rule(&self, rule: &RuleDraft) {
        let added = self.rules().add(self.account, rule, None, self.actor()).await;
        added.unwrap();
    }

    /// The labels of the rules in order, after checking that positions are 1, 2, 3 … .
    pub async fn labels(&self) -> Vec<String> {
        let rules = self.rules().page(self.account).await.unwrap().rules;
        let positions =
            "SELECT position AS number FROM rules WHERE account_id = $1 AND deleted_at IS NULL ORDER BY position";
        let stored = self.database.numbers(positions, [self.account.as_uuid().into()]).await;
        let dense: Vec<i64> = (1..=i64::try_from(rules.len()).unwrap()).collect();
        assert_eq!(stored, dense, "positions are dense");
        rules.into_iter().map(|row| row.rule.label).collect()
    }
}

/// A rule that answers its own name.
pub fn draft(label: &str) -> RuleDraft {
    keyword_rule(label, &[&format!("word {label}")], &format!("About {label}."))
}

pub fn keyword_rule(label: &str, keywords: &[&str], reply: &str) -> RuleDraft {
    RuleDraft {
        label: label.into(),
        matcher: Matcher::Keywords(KeywordMatcher {
            keywords: keywords.iter().map(|&keyword| keyword.to_owned()).collect(),
            mode: MatchMode::WholeWord,
        }),
        response: Response::Canned(reply.into()),
        enabled: true,
        leave_to_person: false,
    }
}
