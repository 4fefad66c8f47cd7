//! What an owner does with receivers: add, change, switch, rotate the secret, delete.

use domain::ids::{TenantId, WebhookEndpointId};
use domain::limits::FieldError;
use domain::outgoing_webhooks::{SwitchedOff, WebhookEvent};
use url::Url;
use uuid::Uuid;

use super::call::WebhookCaller;
use super::secrets::{SECRET_IS_SHOWN_FOR, new_salt};
use super::{settle, store};
use crate::clock::SharedClock;
use crate::identity::{self, Actor, Entry};
use crate::storage::entity::webhook_endpoints;
use crate::storage::{Connection, Database, StorageError, Transaction, commit};
use crate::vault::Vault;

/// Receivers of one tenant.
pub(super) const MOST_ENDPOINTS: usize = 10;
const LONGEST_DESCRIPTION: usize = 200;

/// What an owner types.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebhookDraft {
    /// Where the receiver is.
    pub url: String,
    /// What it is for; may be empty.
    pub description: String,
    /// Names of the events it wants.
    pub events: Vec<String>,
}

/// A receiver cannot be added or changed.
#[derive(Debug, thiserror::Error)]
pub enum WebhookEndpointsError {
    /// There is no such endpoint.
    #[error("there is no such webhook endpoint")]
    NotFound,
    /// Something typed cannot be used.
    #[error("some fields need another look")]
    Invalid(Vec<FieldError>),
    /// There are enough.
    #[error("there is no room for another webhook endpoint")]
    TooMany,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// The receivers of one tenant.
#[derive(Debug, Clone)]
pub struct WebhookEndpoints {
    pub(super) database: Database,
    pub(super) vault: Vault,
    pub(super) clock: SharedClock,
    pub(super) caller: WebhookCaller,
    pub(super) tenant: TenantId,
}

type Done = Result<(), WebhookEndpointsError>;

impl WebhookEndpoints {
    /// Those of `tenant`.
    #[must_use]
    pub fn for_tenant(
        database: &Database,
        vault: &Vault,
        clock: SharedClock,
        caller: WebhookCaller,
        tenant: TenantId,
    ) -> Self {
        Self {
            database: database.clone(),
            vault: vault.clone(),
            clock,
            caller,
            tenant,
        }
    }

    /// Adds a receiver, switched on. Its secret is shown to the person who added it.
    ///
    /// # Errors
    /// [`WebhookEndpointsError::Invalid`] under `url`, `description` or `events`; [`WebhookEndpointsError::TooMany`].
    pub async fn add(&self, draft: &WebhookDraft, actor: Actor) -> Result<WebhookEndpointId, WebhookEndpointsError> {
        let checked = self.check(draft)?;
        let (now, id) = (self.clock.now(), WebhookEndpointId::from_uuid(Uuid::now_v7()));
        let tx = self.database.begin().await?;
        identity::lock_tenant(&tx, self.tenant).await?;
        if store::endpoints(&tx, self.tenant).await?.len() >= MOST_ENDPOINTS {
            return Err(WebhookEndpointsError::TooMany);
        }
        let host = host_of(&checked.url);
        let endpoint = webhook_endpoints::Model {
            id,
            tenant_id: self.tenant,
            url: checked.url.into(),
            description: checked.description,
            events: checked.events,
            enabled: true,
            switched_off: None,
            secret_salt: new_salt(),
            earlier_salt: None,
            earlier_until: None,
            shown_to: actor.user(),
            shown_until: now + SECRET_IS_SHOWN_FOR,
            failures: 0,
            failing_since: None,
            not_before: now,
            job_no: 0,
            claimed_by: None,
            claimed_until: None,
            created_at: now,
        };
        store::insert_endpoint(&tx, endpoint).await?;
        self.audit(&tx, actor, "webhooks.added", id, &format!("Webhooks go to {host}."))
            .await?;
        commit(tx).await?;
        Ok(id)
    }

    /// Changes address, description and events. What waits goes to the new address.
    ///
    /// # Errors
    /// As for [`Self::add`], and [`WebhookEndpointsError::NotFound`].
    pub async fn change(&self, id: WebhookEndpointId, draft: &WebhookDraft, actor: Actor) -> Done {
        let tx = self.database.begin().await?;
        self.must_exist(&tx, id).await?;
        let checked = self.check(draft)?;
        let host = host_of(&checked.url);
        let typed = [checked.url.into(), checked.description, checked.events];
        let changed = store::typed(typed, self.clock.now());
        store::update_endpoint(&tx, self.tenant, id, changed).await?;
        self.audit(&tx, actor, "webhooks.changed", id, &format!("Webhooks go to {host}."))
            .await?;
        Ok(commit(tx).await?)
    }

    /// Switches a receiver on or off. What waits for it ends with the latter.
    ///
    /// # Errors
    /// [`WebhookEndpointsError::NotFound`].
    pub async fn switch(&self, id: WebhookEndpointId, on: bool, actor: Actor) -> Done {
        self.must_exist(self.database.reader(), id).await?;
        if on {
            settle::end_waiting(&self.database, id).await?;
        }
        let tx = self.database.begin().await?;
        let host = self.must_exist(&tx, id).await?;
        if on {
            let changed = store::switched_on(self.clock.now());
            store::update_endpoint(&tx, self.tenant, id, changed).await?;
        } else {
            settle::switch_off(&tx, id, SwitchedOff::ByOwner).await?;
        }
        let (action, word) = match on {
            true => ("webhooks.switched_on", "on"),
            false => ("webhooks.switched_off", "off"),
        };
        self.audit(&tx, actor, action, id, &format!("Webhooks to {host} are {word}."))
            .await?;
        commit(tx).await?;
        if !on {
            settle::end_waiting(&self.database, id).await?;
        }
        Ok(())
    }

    /// Makes a new secret, which is shown to the person. The one before signs beside it for 24 hours.
    ///
    /// # Errors
    /// [`WebhookEndpointsError::NotFound`].
    pub async fn rotate(&self, id: WebhookEndpointId, actor: Actor) -> Done {
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        // The lock of the tenant's row: two rotations at the same moment keep an earlier secret each.
        identity::lock_tenant(&tx, self.tenant).await?;
        let endpoint = store::endpoint(&tx, self.tenant, id).await?;
        let endpoint = endpoint.ok_or(WebhookEndpointsError::NotFound)?;
        let changed = store::rotated(endpoint.secret_salt, actor.user(), now);
        store::update_endpoint(&tx, self.tenant, id, changed).await?;
        let detail = format!(
            "Webhooks to {} are signed with a new secret.",
            host_of_text(&endpoint.url)
        );
        self.audit(&tx, actor, "webhooks.secret_rotated", id, &detail).await?;
        Ok(commit(tx).await?)
    }

    /// Shows the secret to nobody any more.
    ///
    /// # Errors
    /// [`WebhookEndpointsError::NotFound`].
    pub async fn hide_secret(&self, id: WebhookEndpointId) -> Done {
        match store::update_endpoint(self.database.writer(), self.tenant, id, store::hidden()).await? {
            true => Ok(()),
            false => Err(WebhookEndpointsError::NotFound),
        }
    }

    /// Forgets a receiver and its secret; its log is shown no more, and goes with the next purge.
    ///
    /// # Errors
    /// [`WebhookEndpointsError::NotFound`].
    pub async fn delete(&self, id: WebhookEndpointId, actor: Actor) -> Done {
        let tx = self.database.begin().await?;
        let host = self.must_exist(&tx, id).await?;
        store::delete_endpoint(&tx, self.tenant, id).await?;
        self.audit(
            &tx,
            actor,
            "webhooks.deleted",
            id,
            &format!("Webhooks to {host} are deleted."),
        )
        .await?;
        Ok(commit(tx).await?)
    }

    /// The host of an endpoint of this tenant.
    async fn must_exist<C: Connection>(
        &self,
        connection: &C,
        id: WebhookEndpointId,
    ) -> Result<String, WebhookEndpointsError> {
        let endpoint = store::endpoint(connection, self.tenant, id).await?;
        let endpoint = endpoint.ok_or(WebhookEndpointsError::NotFound)?;
        Ok(host_of_text(&endpoint.url))
    }

    async fn audit(
        &self,
        tx: &Transaction,
        actor: Actor,
        action: &'static str,
        id: WebhookEndpointId,
        detail: &str,
    ) -> Result<(), StorageError> {
        let entry = Entry {
            tenant: self.tenant,
            actor,
            action,
            subject: id.as_uuid(),
            detail,
        };
        identity::record(tx, entry, self.clock.now()).await.map(drop)
    }

    fn check(&self, draft: &WebhookDraft) -> Result<Checked, WebhookEndpointsError> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: &str| {
            errors.push(FieldError {
                field: field.into(),
                message: message.into(),
            });
        };
        let url = self.caller.targets().check(&draft.url);
        if let Err(message) = url {
            wrong("url", message);
        }
        let description = draft.description.trim();
        if description.chars().count() > LONGEST_DESCRIPTION || description.contains('\0') {
            wrong("description", "Use at most 200 characters.");
        }
        let wanted = |event: &WebhookEvent| draft.events.iter().any(|name| name == event.as_str());
        let events: Vec<&str> = WebhookEvent::choosable()
            .filter(wanted)
            .map(WebhookEvent::as_str)
            .collect();
        if events.is_empty() {
            wrong("events", "Choose at least one event.");
        }
        match url {
            Ok(url) if errors.is_empty() => Ok(Checked {
                url,
                description: description.to_owned(),
                events: events.join(","),
            }),
            _ => Err(WebhookEndpointsError::Invalid(errors)),
        }
    }
}

struct Checked {
    url: Url,
    description: String,
    events: String,
}

/// Path and query may hold a password of the receiver's; the audit log names the host alone.
fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

pub(super) fn host_of_text(url: &str) -> String {
    Url::parse(url).map_or_else(|_| String::new(), |url| host_of(&url))
}
