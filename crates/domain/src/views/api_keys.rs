//! Keys of programs, as the settings show them.

use serde::{Deserialize, Serialize};

use super::Moment;
use crate::api_keys::Scopes;
use crate::ids::ApiKeyId;

/// One key, without the part that only its program knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyRow {
    /// Which one.
    pub id: ApiKeyId,
    /// What uses it.
    pub name: String,
    /// How it begins: `concierge_0123456789ab`.
    pub prefix: String,
    /// What it allows.
    pub scopes: Scopes,
    /// When it was made.
    pub created: Moment,
    /// When it ends; none when somebody has to revoke it.
    pub expires: Option<Moment>,
    /// It has ended.
    pub is_over: bool,
    /// When it was last used, to the minute; none when it never was.
    pub last_used: Option<Moment>,
}
