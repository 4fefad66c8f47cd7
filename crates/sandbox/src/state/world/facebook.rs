//! What a Facebook user granted, and which Pages that reaches.

use std::collections::HashSet;

use super::World;
use crate::state::facebook::{Grant, LoginDecision};

impl World {
    /// The person grants: tokens of Pages that were left out this time die, as Meta's do.
    pub fn grant(&mut self, decision: &LoginDecision, asked: &[String], rerequest: bool) {
        let user = decision.user_id().to_owned();
        let ticked: HashSet<String> = match &decision.pages {
            None => self.pages.iter().map(|page| page.page_id.clone()).collect(),
            Some(names) => names
                .iter()
                .filter_map(|name| self.page(name))
                .map(|page| page.page_id.clone())
                .collect(),
        };
        let before = self.facebook.grants.get(&user).cloned().unwrap_or_default();
        let still_declined = |scope: &String| !rerequest && before.declined.contains(scope);
        let (declined, scopes): (Vec<String>, Vec<String>) = asked
            .iter()
            .cloned()
            .partition(|scope| decision.without.contains(scope) || still_declined(scope));
        for token in self.tokens.values_mut().filter(|token| token.user_id == user) {
            if !token.page_id.is_empty() && !ticked.contains(&token.page_id) {
                token.dead = token.dead.or(Some(0));
            }
        }
        let grant = Grant {
            pages: ticked,
            scopes,
            declined,
        };
        self.facebook.grants.insert(user, grant);
    }

    /// Whether a person's token reaches a Page.
    pub fn is_granted(&self, user_id: &str, page_id: &str) -> bool {
        let grant = self.facebook.grants.get(user_id);
        grant.is_some_and(|grant| grant.pages.contains(page_id))
    }
}
