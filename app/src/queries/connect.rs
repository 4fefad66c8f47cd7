//! Which walk through Facebook Login the page shows, as it stands in its address.

use serde::{Deserialize, Serialize};

/// Empty: the beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConnectQuery {
    /// A walk.
    pub visit: String,
    /// A problem without a walk.
    pub problem: String,
}
