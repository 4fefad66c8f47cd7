//! The people who sign in with Facebook: what each granted, the codes they carry back, and how the next dialog is decided.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::World;

/// The app-scoped id of the person who manages the seeded Pages.
pub const USER_ID: &str = "10229981734501122";
/// Pages in one answer of `/me/accounts` unless asked for fewer; Meta's own default.
pub const ACCOUNTS_PER_PAGE: usize = 25;

/// Facebook Login as the sandbox remembers it.
pub struct Facebook {
    /// By app-scoped id.
    pub grants: HashMap<String, Grant>,
    pub codes: HashMap<String, Code>,
    /// Decides the next dialog without a click.
    pub decision: Option<LoginDecision>,
    /// The most Pages in one answer of `/me/accounts`.
    pub accounts_per_page: usize,
    /// `/me/accounts` begins with a page that is empty and yet has a `next`.
    pub empty_first_page: bool,
}

impl Default for Facebook {
    fn default() -> Self {
        Self {
            grants: HashMap::new(),
            codes: HashMap::new(),
            decision: None,
            accounts_per_page: ACCOUNTS_PER_PAGE,
            empty_first_page: false,
        }
    }
}

/// What a person gave the app at the last login.
#[derive(Clone, Debug, Default)]
pub struct Grant {
    pub pages: HashSet<String>,
    pub scopes: Vec<String>,
    pub declined: Vec<String>,
}

/// A code on its way back through the browser.
#[derive(Clone, Debug)]
pub struct Code {
    pub user_id: String,
    pub redirect_uri: String,
    pub used: bool,
    pub issued_at_ms: i64,
}

/// What the person presses in the dialog. In JSON: `{"deny": true}`, `{}` (everything), or with lists.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct LoginDecision {
    #[serde(default)]
    pub deny: bool,
    /// Ids or names of the Pages that are ticked; all when missing.
    #[serde(default)]
    pub pages: Option<Vec<String>>,
    /// Permissions that are left out.
    #[serde(default)]
    pub without: Vec<String>,
    /// Another person than the usual one.
    #[serde(default)]
    pub user: Option<String>,
}

impl LoginDecision {
    pub fn everything() -> Self {
        Self::default()
    }

    pub fn deny() -> Self {
        Self {
            deny: true,
            ..Self::default()
        }
    }

    #[must_use]
    pub fn only(mut self, pages: &[&str]) -> Self {
        self.pages = Some(pages.iter().map(|page| (*page).to_owned()).collect());
        self
    }

    #[must_use]
    pub fn without(mut self, scope: &str) -> Self {
        self.without.push(scope.to_owned());
        self
    }

    pub fn user_id(&self) -> &str {
        self.user.as_deref().unwrap_or(USER_ID)
    }
}

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
