//! The Meta app: who we are to Meta, and where Meta is.

use secrecy::SecretString;

use super::reader::Reader;
use super::settings::{
    META_APP_ID, META_APP_SECRET, META_DIALOG_URL, META_GRAPH_URL, META_GRAPH_VERSION, META_LOGIN_CONFIG_ID,
    META_VERIFY_TOKEN, Setting,
};
use super::{Purpose, http_url};

/// The Meta app.
#[derive(Debug, Clone)]
pub struct MetaConfig {
    /// Empty unless the purpose needs it.
    pub app_id: String,
    /// Any of them signs deliveries; the one that Meta takes signs our calls.
    pub app_secrets: Vec<SecretString>,
    /// What Meta repeats in the handshake.
    pub verify_token: Option<SecretString>,
    /// The Graph API, without a slash at the end.
    pub graph_url: String,
    /// Facebook Login, without a slash at the end.
    pub dialog_url: String,
    /// `v26.0`.
    pub graph_version: String,
    /// A configuration of Facebook Login for Business, in place of a list of permissions.
    pub login_config_id: Option<String>,
}

impl MetaConfig {
    pub(super) fn read(reader: &mut Reader, purpose: Purpose) -> Self {
        let app_id = reader.parse(META_APP_ID, "the digits of the app's id", digits, String::new());
        let app_secrets = secrets(&reader.text(META_APP_SECRET));
        let verify_token = reader.secret(META_VERIFY_TOKEN);
        if matches!(purpose, Purpose::Serve | Purpose::Demo) {
            require(
                reader,
                META_APP_ID,
                app_id.is_empty(),
                "the id of the app at developers.facebook.com",
            );
            require(
                reader,
                META_APP_SECRET,
                app_secrets.is_empty(),
                "the app's secret, several comma separated while it changes",
            );
            require(
                reader,
                META_VERIFY_TOKEN,
                verify_token.is_none(),
                "any long random text, the same as in the app's webhook settings",
            );
        }
        Self {
            app_id,
            app_secrets,
            verify_token,
            graph_url: read_url(reader, META_GRAPH_URL),
            dialog_url: read_url(reader, META_DIALOG_URL),
            graph_version: reader.parse(META_GRAPH_VERSION, "a version such as v26.0", version, "v26.0".into()),
            login_config_id: Some(reader.parse(
                META_LOGIN_CONFIG_ID,
                "the digits of a configuration's id",
                digits,
                String::new(),
            ))
            .filter(|id| !id.is_empty()),
        }
    }
}

fn require(reader: &mut Reader, setting: Setting, missing: bool, what: &str) {
    if missing {
        reader.wrong(setting, format!("is required: {what}"));
    }
}

fn read_url(reader: &mut Reader, setting: Setting) -> String {
    let without_slash = |text: &str| http_url(text).map(|url| url.as_str().trim_end_matches('/').to_owned());
    reader.parse(setting, "an http or https address", without_slash, String::new())
}

fn digits(text: &str) -> Option<String> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.to_owned())
}

fn secrets(text: &str) -> Vec<SecretString> {
    text.split(',')
        .map(str::trim)
        .filter(|secret| !secret.is_empty())
        .map(SecretString::from)
        .collect()
}

fn version(text: &str) -> Option<String> {
    let (major, minor) = text.strip_prefix('v')?.split_once('.')?;
    (major.parse::<u16>().is_ok() && minor.parse::<u16>().is_ok()).then(|| text.to_owned())
}
