//! Opening an engine: database, keys, channel, inbox, pipeline.

use std::sync::Arc;
use std::time::Duration;

use domain::decide::ReplyLimits;
use domain::ids::TenantId;
use uuid::Uuid;

use crate::accounts::KnownCustomers;
use crate::ai::{AiClient, AiSettings, AiSetupError};
use crate::channels::Channel;
use crate::channels::instagram::{Instagram, InstagramSettings, MetaAccounts};
use crate::clock::SharedClock;
use crate::connect::Connections;
use crate::inbox::{Inbox, InboxContext};
use crate::intents::{AiEmbedder, Intents, IntentsSettings};
use crate::jobs::{self, WakeUps};
use crate::outgoing_webhooks::{OutgoingWebhooks, SystemLookUp, WebhookCaller, WebhookEndpoints, WebhookTargets};
use crate::pipeline::{Dispatcher, MatchLog, Pipeline, PipelineContext, Timings};
use crate::replies::{make_due_for_deployment, void_all_claims};
use crate::safety::{Judge, SafetyChecks};
use crate::storage::{Database, DatabaseBackend, StorageError, repeat_while_busy};
use crate::vault::{KeyRing, Vault, VaultError, missing_keys};

/// Everything an engine must be told.
#[derive(Debug, Clone)]
pub struct EngineSettings {
    /// The keys, the active one first.
    pub key_ring: KeyRing,
    /// The Meta app.
    pub instagram: InstagramSettings,
    /// How long everything takes.
    pub timings: Timings,
    /// How many replies a conversation gets.
    pub limits: ReplyLimits,
    /// Replies in work at a time in this process.
    pub workers: usize,
    /// How long the message log is kept.
    pub retention: Duration,
    /// Where the time comes from.
    pub clock: SharedClock,
    /// Remember in memory what matched: for the demo only.
    pub log_matches: bool,
    /// Writes AI replies; `None` where AI is off.
    pub ai: Option<AiSettings>,
    /// Who embeds messages and rules with intents.
    pub intents: IntentsSettings,
    /// Where outgoing webhooks may go.
    pub webhook_targets: WebhookTargets,
}

/// The engine of one process. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Engine {
    database: Database,
    vault: Vault,
    inbox: Inbox,
    pipeline: Pipeline,
    connections: Connections,
    known_customers: KnownCustomers,
    ai: Option<AiClient>,
    pub(super) safety: Option<SafetyChecks>,
    intents: Intents,
    outgoing_webhooks: OutgoingWebhooks,
    webhook_caller: WebhookCaller,
    pub(super) wake: WakeUps,
    pub(super) clock: SharedClock,
    pub(super) retention: Duration,
    pub(super) process: String,
}

/// An engine cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The database lacks migrations of this release.
    #[error("the database is not up to date; run `concierge migrate`")]
    NotMigrated,
    /// Values in the database are sealed with keys that are not configured.
    #[error("encryption keys found in the database are not configured: {}", .0.join(", "))]
    MissingKeys(Vec<String>),
    /// The key of digests cannot be read, or opened with the keys that are configured.
    #[error(
        "the database's digest key cannot be opened; start with the encryption keys that this database was used with"
    )]
    DigestKey(#[source] VaultError),
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up")]
    Http(#[source] reqwest::Error),
    /// The client of the AI provider cannot be set up.
    #[error(transparent)]
    Ai(#[from] AiSetupError),
}

impl Engine {
    /// Opens an engine on a migrated database. On SQLite the caller holds the lock of the data directory.
    ///
    /// # Errors
    /// See [`EngineError`].
    pub async fn open(database: Database, settings: EngineSettings) -> Result<Self, EngineError> {
        let channel =
            Arc::new(Instagram::new(settings.instagram.clone(), settings.clock.clone()).map_err(EngineError::Http)?);
        Self::open_with_channel(database, settings, channel).await
    }

    /// Opens an engine on another channel than Instagram.
    ///
    /// # Errors
    /// See [`EngineError`].
    pub async fn open_with_channel(
        database: Database,
        settings: EngineSettings,
        channel: Arc<dyn Channel>,
    ) -> Result<Self, EngineError> {
        check(&database, &settings.key_ring).await?;
        let vault = Vault::load(&database, settings.key_ring).await;
        let vault = vault.map_err(EngineError::DigestKey)?;
        let process = format!("reply-{}", Uuid::now_v7().simple());
        let wake = WakeUps::new();
        let meta = MetaAccounts::new(settings.instagram.clone(), settings.clock.clone()).map_err(EngineError::Http)?;
        let connections = Connections::new(
            database.clone(),
            vault.clone(),
            settings.clock.clone(),
            Arc::new(meta),
            wake.clone(),
        );
        let dispatcher = Dispatcher::new(settings.workers);
        let inbox = Inbox::start(InboxContext {
            database: database.clone(),
            channel: channel.clone(),
            vault: vault.clone(),
            clock: settings.clock.clone(),
            wake: wake.clone(),
            dispatcher: dispatcher.clone(),
        });
        let mut context = PipelineContext::new(
            database.clone(),
            channel,
            vault.clone(),
            settings.clock.clone(),
            wake.clone(),
            settings.timings,
            settings.limits,
            dispatcher,
            process.clone(),
        );
        let connections = connections.beside_workers(context.due.clone());
        let ai = settings.ai.map(AiClient::new).transpose()?;
        let safety = ai.clone().map(|client| {
            let judge = Judge::new(client, settings.clock.clone());
            SafetyChecks::new(&database, settings.clock.clone(), judge, wake.clone())
        });
        // What Meta refused to another configuration may go through with this one.
        let now = settings.clock.now();
        if let Err(error) = repeat_while_busy(|| make_due_for_deployment(database.writer(), now)).await {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(
                error,
                "replies that waited for the deployment are not due yet; the sweep tries again"
            );
            context.breaker.owe();
        }
        context.ai = ai.clone();
        let intents = intents_settings(settings.intents, ai.as_ref(), &database, &settings.clock);
        let intents = Intents::new(&database, &settings.clock, intents);
        context.intents = intents.clone();
        context.matches = settings.log_matches.then(MatchLog::default);
        let webhook_caller = WebhookCaller::new(settings.webhook_targets, Arc::new(SystemLookUp));
        let webhook_caller = webhook_caller.map_err(EngineError::Http)?;
        let (clock, caller) = (settings.clock.clone(), webhook_caller.clone());
        let outgoing_webhooks = OutgoingWebhooks::new(&database, &vault, clock, caller, wake.clone());
        Ok(Self {
            database,
            vault,
            inbox,
            pipeline: Pipeline::new(context),
            connections,
            known_customers: KnownCustomers::default(),
            ai,
            safety,
            intents,
            outgoing_webhooks,
            webhook_caller,
            wake,
            clock: settings.clock,
            retention: settings.retention,
            process,
        })
    }

    /// Where everything is stored.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Seals and opens.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Where deliveries go.
    #[must_use]
    pub fn inbox(&self) -> &Inbox {
        &self.inbox
    }

    /// What works on replies.
    #[must_use]
    pub fn pipeline(&self) -> &Pipeline {
        &self.pipeline
    }

    /// The messaging platform.
    #[must_use]
    pub fn channel(&self) -> &dyn Channel {
        self.pipeline.channel()
    }

    /// Connects accounts and keeps them connected.
    #[must_use]
    pub fn connections(&self) -> &Connections {
        &self.connections
    }

    /// Who customers are, as the platform told in the last minutes.
    #[must_use]
    pub fn known_customers(&self) -> &KnownCustomers {
        &self.known_customers
    }

    /// The AI provider; `None` where AI is off.
    #[must_use]
    pub fn ai(&self) -> Option<&AiClient> {
        self.ai.as_ref()
    }

    /// Scores messages against intents.
    #[must_use]
    pub fn intents(&self) -> &Intents {
        &self.intents
    }

    /// What tells other programs.
    #[must_use]
    pub fn outgoing_webhooks(&self) -> &OutgoingWebhooks {
        &self.outgoing_webhooks
    }

    /// The receivers of a tenant's webhooks.
    #[must_use]
    pub fn webhook_endpoints(&self, tenant: TenantId) -> WebhookEndpoints {
        let caller = self.webhook_caller.clone();
        WebhookEndpoints::for_tenant(&self.database, &self.vault, self.clock.clone(), caller, tenant)
    }

    /// The time.
    #[must_use]
    pub fn clock(&self) -> &SharedClock {
        &self.clock
    }
}

/// With the provider's model in place of its name.
fn intents_settings(
    settings: IntentsSettings,
    ai: Option<&AiClient>,
    database: &Database,
    clock: &SharedClock,
) -> IntentsSettings {
    if !matches!(settings, IntentsSettings::AiProvider) {
        return settings;
    }
    let embedder = ai.and_then(|client| AiEmbedder::new(client.clone(), database.clone(), clock.clone()));
    embedder.map_or(IntentsSettings::Off, |embedder| {
        IntentsSettings::Provider(Arc::new(embedder))
    })
}

async fn check(database: &Database, key_ring: &KeyRing) -> Result<(), EngineError> {
    database.check_schema_version().await?;
    if jobs::pending_migrations(database).await? {
        return Err(EngineError::NotMigrated);
    }
    let missing = missing_keys(database, key_ring).await?;
    if !missing.is_empty() {
        return Err(EngineError::MissingKeys(missing));
    }
    jobs::check_indices(database).await?;
    if database.backend() == DatabaseBackend::Sqlite {
        scrub(database).await;
        void_all_claims(database).await?;
        jobs::release_orphans_at_start(database).await?;
    }
    Ok(())
}

/// A full disk is no reason not to answer.
async fn scrub(database: &Database) {
    if let Err(error) = database.scrub_once().await {
        let error = &error as &dyn std::error::Error;
        tracing::warn!(
            error,
            "the database file could not be rewritten; the next start tries again"
        );
    }
}
