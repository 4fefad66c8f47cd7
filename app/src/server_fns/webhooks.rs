//! The receivers of outgoing webhooks: owners only.

use domain::ids::WebhookEndpointId;
use domain::views::{Viewer, WebhooksPage};
use engine::outgoing_webhooks::{WebhookDraft, WebhookEndpoints};
use leptos::prelude::*;

use crate::error::AppError;

fn owned() -> Result<(Viewer, WebhookEndpoints), AppError> {
    let viewer = crate::context::manager()?;
    let endpoints = crate::context::engine()?.webhook_endpoints(viewer.tenant_id);
    Ok((viewer, endpoints))
}

fn parse(endpoint: &str) -> Result<WebhookEndpointId, AppError> {
    endpoint.parse().map_err(|_| AppError::NotFound)
}

/// All receivers.
#[server(prefix = "/api", endpoint = "webhooks/load")]
pub async fn load_webhooks() -> Result<WebhooksPage, AppError> {
    let (viewer, endpoints) = owned()?;
    Ok(endpoints.page(viewer.user_id).await?)
}

/// A new receiver.
#[server(prefix = "/api", endpoint = "webhooks/add")]
pub async fn add_webhook(
    #[server(default)] url: String,
    #[server(default)] description: String,
    #[server(default)] events: Vec<String>,
) -> Result<(), AppError> {
    let (viewer, endpoints) = owned()?;
    let draft = WebhookDraft {
        url,
        description,
        events,
    };
    endpoints.add(&draft, (&viewer).into()).await?;
    crate::flash::notify("The receiver is added. Copy its secret now.");
    Ok(())
}

/// Address, description and events.
#[server(prefix = "/api", endpoint = "webhooks/save")]
pub async fn save_webhook(
    endpoint: String,
    #[server(default)] url: String,
    #[server(default)] description: String,
    #[server(default)] events: Vec<String>,
) -> Result<(), AppError> {
    let (viewer, endpoints) = owned()?;
    let draft = WebhookDraft {
        url,
        description,
        events,
    };
    endpoints.change(parse(&endpoint)?, &draft, (&viewer).into()).await?;
    crate::flash::notify("The receiver is saved.");
    Ok(())
}

/// On or off.
#[server(prefix = "/api", endpoint = "webhooks/switch")]
pub async fn switch_webhook(endpoint: String, enabled: bool) -> Result<(), AppError> {
    let (viewer, endpoints) = owned()?;
    endpoints.switch(parse(&endpoint)?, enabled, (&viewer).into()).await?;
    crate::flash::notify(match enabled {
        true => "The receiver is on.",
        false => "The receiver is off. What waited is not sent.",
    });
    Ok(())
}

/// Another secret.
#[server(prefix = "/api", endpoint = "webhooks/rotate")]
pub async fn rotate_webhook_secret(endpoint: String) -> Result<(), AppError> {
    let (viewer, endpoints) = owned()?;
    endpoints.rotate(parse(&endpoint)?, (&viewer).into()).await?;
    crate::flash::notify("There is a new secret. Copy it now.");
    Ok(())
}

/// The secret is shown no more.
#[server(prefix = "/api", endpoint = "webhooks/hide-secret")]
pub async fn hide_webhook_secret(endpoint: String) -> Result<(), AppError> {
    let (_, endpoints) = owned()?;
    endpoints.hide_secret(parse(&endpoint)?).await?;
    crate::flash::notify("The secret is hidden.");
    Ok(())
}

/// One webhook at once; what came back, as a sentence.
#[server(prefix = "/api", endpoint = "webhooks/test")]
pub async fn test_webhook(endpoint: String) -> Result<String, AppError> {
    let (_, endpoints) = owned()?;
    let answer = endpoints.test(parse(&endpoint)?).await?;
    crate::flash::notify(answer.clone());
    Ok(answer)
}

/// The receiver, its secret and its log go.
#[server(prefix = "/api", endpoint = "webhooks/delete")]
pub async fn delete_webhook(endpoint: String) -> Result<(), AppError> {
    let (viewer, endpoints) = owned()?;
    endpoints.delete(parse(&endpoint)?, (&viewer).into()).await?;
    crate::flash::notify("The receiver is deleted.");
    Ok(())
}
