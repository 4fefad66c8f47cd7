//! Facebook Login: the dialog's address, and the way from a code to a token of about sixty days.
//!
//! Source: Meta, "Manually Build a Login Flow" (2026-03-10), "Get Long-Lived Tokens", "Facebook Login for Business" (2026-05-05).

use std::time::Duration;

use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::time::Instant;
use url::Url;

use super::client::GraphClient;
use super::settings::{InstagramSettings, LoginSettings};
use crate::channels::refusal::{Refusal, SendError};

/// What the dialog asks for beyond the usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ask {
    /// Everything that was not declined before.
    #[default]
    Usual,
    /// Also what was declined: Facebook keeps silent about that otherwise.
    Declined,
    /// The 90 days of data access begin again.
    DataAccess,
}

/// A token of a person.
#[derive(Debug, Clone)]
pub struct UserToken {
    /// The token.
    pub token: SecretString,
    /// How long it is good; `None`: no end.
    pub expires_in: Option<Duration>,
}

/// The address of the dialog, or nothing when the configured one cannot be read.
pub(super) fn dialog(settings: &InstagramSettings, scopes: &[&str], state: &str, ask: Ask) -> Option<Url> {
    let LoginSettings {
        dialog_url,
        redirect_uri,
        config_id,
    } = &settings.login;
    let mut address = Url::parse(&format!("{dialog_url}/{}/dialog/oauth", settings.graph_version)).ok()?;
    {
        let mut query = address.query_pairs_mut();
        query
            .append_pair("client_id", &settings.app_id)
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("response_type", "code")
            .append_pair("state", state);
        match config_id {
            Some(config) => query.append_pair("config_id", config),
            None => query.append_pair("scope", &scopes.join(",")),
        };
        match ask {
            Ask::Usual => {}
            Ask::Declined => {
                query.append_pair("auth_type", "rerequest");
            }
            Ask::DataAccess => {
                query.append_pair("auth_type", "reauthorize");
            }
        }
    }
    Some(address)
}

/// A code for a token of an hour or two.
pub(super) async fn exchange_code(graph: &GraphClient, code: &SecretString) -> Result<UserToken, SendError> {
    let fields = [
        ("redirect_uri", graph.settings().login.redirect_uri.as_str()),
        ("code", code.expose_secret()),
    ];
    exchange(graph, &fields).await
}

/// A living token of a person for one of about sixty days. A dead one cannot be exchanged: there is no refresh token.
pub(super) async fn extend_token(graph: &GraphClient, token: &SecretString) -> Result<UserToken, SendError> {
    let fields = [
        ("grant_type", "fb_exchange_token"),
        ("fb_exchange_token", token.expose_secret()),
    ];
    exchange(graph, &fields).await
}

/// "Error validating client secret" has the code of an unknown error. The code from Facebook is not used up by it.
const fn is_about_the_app(refusal: Refusal) -> bool {
    matches!(refusal.code, 1 | 101)
}

async fn exchange_with(
    graph: &GraphClient,
    fields: &[(&str, &str)],
    secret: &SecretString,
) -> Result<Value, SendError> {
    let mut form = vec![
        ("client_id", graph.settings().app_id.as_str()),
        ("client_secret", secret.expose_secret()),
    ];
    form.extend_from_slice(fields);
    let request = graph.request(Method::POST, "oauth/access_token").form(&form);
    graph.send("access_token", request).await
}

/// As a form: Meta documents GET, and takes both; a form keeps secrets out of addresses.
async fn exchange(graph: &GraphClient, fields: &[(&str, &str)]) -> Result<UserToken, SendError> {
    let settings = graph.settings();
    let (secrets, called_at) = (&settings.app_secrets, Instant::now());
    let present = secrets.present();
    let mut answer = exchange_with(graph, fields, secrets.get(present)).await;
    if let Err(SendError::Refused(refusal)) = answer
        && is_about_the_app(refusal)
        && let Some(working) = graph.working_secret(called_at).await?
        && working != present
    {
        answer = exchange_with(graph, fields, secrets.get(working)).await;
    }
    let answer = answer?;
    let token = answer.get("access_token").and_then(Value::as_str);
    let expires_in = answer.get("expires_in").and_then(Value::as_u64);
    Ok(UserToken {
        token: token.ok_or(SendError::Unknown)?.into(),
        expires_in: expires_in.filter(|seconds| *seconds > 0).map(Duration::from_secs),
    })
}
