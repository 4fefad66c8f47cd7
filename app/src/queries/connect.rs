//! The Facebook Login attempt in the address of the page.

use serde::{Deserialize, Serialize};

/// Empty: the first step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConnectQuery {
    /// Its id.
    #[serde(rename = "visit")]
    pub attempt: String,
    /// A problem without a login attempt.
    pub problem: String,
}
