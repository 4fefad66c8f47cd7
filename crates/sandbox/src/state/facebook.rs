//! The people who sign in with Facebook: what each granted, the codes they carry back, and how the next dialog is decided.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

/// The app-scoped id of the person who manages the seeded Pages.
pub const USER_ID: &str = "10229981734501122";
/// Pages in one answer of `/me/accounts` unless asked for fewer; Meta's own default.
pub const ACCOUNTS_PER_PAGE: usize = 25;

/// Facebook Login as the sandbox remembers it.
pub struct Facebook {
    /// By app-scoped id.
    pub grants: HashMap<String, Grant>,
    /// By value.
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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Grant {
    /// Page ids.
    pub pages: HashSet<String>,
    /// Granted permissions.
    pub scopes: Vec<String>,
    /// Permissions that were left out.
    pub declined: Vec<String>,
}

/// A code on its way back through the browser.
#[derive(Clone, Debug)]
pub struct Code {
    /// Who signed in.
    pub user_id: String,
    /// Has to be repeated in the exchange.
    pub redirect_uri: String,
    /// A code works once.
    pub used: bool,
    /// A code ends.
    pub issued_at_ms: i64,
}

/// What the person presses in the dialog. In JSON: `{"deny": true}`, `{}` (everything), or with lists.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct LoginDecision {
    /// Cancels the dialog.
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
    /// All Pages, all permissions.
    pub fn everything() -> Self {
        Self::default()
    }

    /// Cancels.
    pub fn deny() -> Self {
        Self {
            deny: true,
            ..Self::default()
        }
    }

    /// Leaves the other Pages out.
    #[must_use]
    pub fn only(mut self, pages: &[&str]) -> Self {
        self.pages = Some(pages.iter().map(|page| (*page).to_owned()).collect());
        self
    }

    /// Leaves a permission out.
    #[must_use]
    pub fn without(mut self, scope: &str) -> Self {
        self.without.push(scope.to_owned());
        self
    }

    /// Whose decision it is.
    pub fn user_id(&self) -> &str {
        self.user.as_deref().unwrap_or(USER_ID)
    }
}
