//! Where the Graph API is and who we are there.

use std::time::Duration;

use secrecy::SecretString;

/// The Meta app of this deployment.
#[derive(Debug, Clone)]
pub struct InstagramSettings {
    /// `https://graph.facebook.com`, without a slash at the end.
    pub graph_url: String,
    /// `v26.0`.
    pub graph_version: String,
    /// The app's id.
    pub app_id: String,
    /// The app's secret; the first one signs `appsecret_proof`.
    pub app_secret: SecretString,
    /// How long one call may take.
    pub timeout: Duration,
}
