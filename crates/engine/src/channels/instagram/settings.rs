//! Where the Graph API is and who we are there.

use std::time::Duration;

use super::app_secrets::AppSecrets;

/// The Meta app of this deployment.
#[derive(Debug, Clone)]
pub struct InstagramSettings {
    /// `https://graph.facebook.com`, without a slash at the end.
    pub graph_url: String,
    /// `v26.0`.
    pub graph_version: String,
    /// The app's id.
    pub app_id: String,
    /// The app's secrets: the one that Meta takes proves calls.
    pub app_secrets: AppSecrets,
    /// How long one call may take.
    pub timeout: Duration,
    /// Facebook Login.
    pub login: LoginSettings,
}

/// Facebook Login of this deployment.
#[derive(Debug, Clone)]
pub struct LoginSettings {
    /// `https://www.facebook.com`, without a slash at the end.
    pub dialog_url: String,
    /// Where Facebook sends people back to. The app's settings must list exactly this address.
    pub redirect_uri: String,
    /// A configuration of Facebook Login for Business; it replaces the list of permissions.
    pub config_id: Option<String>,
}

impl LoginSettings {
    /// Facebook itself, and the callback below `base_url`.
    #[must_use]
    pub fn for_base_url(base_url: &str) -> Self {
        Self {
            dialog_url: "https://www.facebook.com".into(),
            redirect_uri: format!("{}/instagram/callback", base_url.trim_end_matches('/')),
            config_id: None,
        }
    }
}
