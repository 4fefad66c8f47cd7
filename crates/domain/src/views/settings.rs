//! Settings of the tenant and of the person.

use serde::{Deserialize, Serialize};

use super::ApiKeyRow;

/// What the settings page edits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsPage {
    /// The tenant's name.
    pub tenant_name: String,
    /// The tenant's short name in commands.
    pub slug: String,
    /// IANA name.
    pub time_zone: String,
    /// Names to choose from.
    pub time_zones: Vec<String>,
    /// The line that says that replies are automated; empty when there is none.
    #[serde(default)]
    pub disclosure: String,
    /// Who is signed in.
    pub email: String,
    /// What they may do, in a word: `Owner`.
    pub role: String,
    /// The keys of programs; for owners only.
    #[serde(default)]
    pub api_keys: Vec<ApiKeyRow>,
}
