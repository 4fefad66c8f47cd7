//! Turns the configuration into an engine and a web server.

use std::sync::Arc;
use std::time::Duration;

use app::auth::AuthServices;
use app::context::{OperatorContact, PrivacyText};
use engine::channels::instagram::{AppSecrets, InstagramSettings, LoginSettings};
use engine::clock::SharedClock;
use engine::identity::Passwords;
use engine::intents::IntentsSettings;
use engine::{Engine, EngineSettings, jobs};
use tokio_util::sync::CancellationToken;

use super::LaunchOptions;
use crate::commands::database;
use crate::config::{Config, IntentsMode};
use crate::failure::Failure;
use crate::http::edge::bodies::Bodies;
use crate::http::layers::rate::Limits;
use crate::http::router::WebServer;
use crate::http::routes::health::Readiness;
use crate::http::routes::meta_callbacks::MetaCallbacks;
use crate::http::routes::pages::PageContext;
use crate::site::Site;
use crate::webhook::WebhookState;
use crate::webhook::signature::Signatures;

/// 19 MiB each. One place is left to devices that are known.
const HASHES_AT_ONCE: usize = 2;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) async fn engine(config: &Config, clock: SharedClock, demo: bool) -> Result<Engine, Failure> {
    let database = database::open_for_server(&config.storage).await?;
    if config.storage.migrate_at_start {
        let migrated = jobs::migrate(&database).await;
        migrated.map_err(|error| Failure::because("the schema cannot be brought up to date", &error))?;
    }
    let settings = settings(config, clock, demo)?;
    Engine::open(database, settings)
        .await
        .map_err(|error| Failure::because("Concierge cannot start", &error))
}

fn settings(config: &Config, clock: SharedClock, demo: bool) -> Result<EngineSettings, Failure> {
    let missing = |variable: &str| Failure::Usage(format!("{variable} is required"));
    let timings = config.runtime.timings.clone();
    Ok(EngineSettings {
        key_ring: config
            .storage
            .keys
            .clone()
            .ok_or_else(|| missing("CONCIERGE_ENCRYPTION_KEYS"))?,
        instagram: instagram(config)?,
        timings,
        limits: config.runtime.limits,
        workers: config.runtime.workers.get(),
        retention: DAY * config.runtime.retention_days,
        clock,
        log_matches: demo,
        ai: config.ai.clone(),
        intents: intents(config),
        webhook_targets: config.runtime.webhook_targets,
    })
}

fn intents(config: &Config) -> IntentsSettings {
    match config.intents {
        IntentsMode::Embedded => IntentsSettings::Embedded {
            model: config.intent_model.clone(),
        },
        IntentsMode::Provider => IntentsSettings::AiProvider,
        IntentsMode::Off => IntentsSettings::Off,
    }
}

/// The Meta app and its addresses.
///
/// # Errors
/// There is no secret.
pub(crate) fn instagram(config: &Config) -> Result<InstagramSettings, Failure> {
    let secrets = AppSecrets::new(config.meta.app_secrets.clone());
    Ok(InstagramSettings {
        graph_url: config.meta.graph_url.clone(),
        graph_version: config.meta.graph_version.clone(),
        app_id: config.meta.app_id.clone(),
        app_secrets: secrets.ok_or_else(|| Failure::Usage("CONCIERGE_META_APP_SECRET is required".into()))?,
        timeout: config.runtime.timings.graph_timeout(),
        login: LoginSettings {
            dialog_url: config.meta.dialog_url.clone(),
            config_id: config.meta.login_config_id.clone(),
            ..LoginSettings::for_base_url(config.web.base_url.origin())
        },
    })
}

pub(super) fn web_server(
    config: &Config,
    engine: &Engine,
    readiness: Readiness,
    options: LaunchOptions,
    stop: CancellationToken,
) -> WebServer {
    let (database, clock, site) = (engine.database(), engine.clock(), Site::find());
    site.warn_if_incomplete();
    let passwords = Passwords::new(HASHES_AT_ONCE);
    let sandbox = options.sandbox.clone();
    let auth = AuthServices::new(database, clock, &passwords, engine.vault(), options.demo.flatten());
    WebServer {
        web: config.web.clone(),
        database: database.clone(),
        clock: clock.clone(),
        webhook: WebhookState {
            inbox: engine.inbox().clone(),
            signatures: Signatures::new(config.meta.app_secrets.clone()),
            verify_token: config.meta.verify_token.clone(),
        },
        meta_callbacks: MetaCallbacks {
            connections: engine.connections().clone(),
            secrets: config.meta.app_secrets.clone(),
            base_url: config.web.base_url.origin().to_owned(),
        },
        pages: PageContext {
            engine: engine.clone(),
            auth,
            privacy: PrivacyText(config.web.privacy.clone()),
            operator: named(&config.web.operator_contact),
            sandbox,
            options: site.leptos_options(),
            package: site.package(),
        },
        site,
        readiness,
        limits: Limits::default(),
        bodies: Bodies::default(),
        exposure: options.exposure,
        stop,
    }
}

/// None where the configuration says nothing.
fn named(contact: &Arc<str>) -> Option<OperatorContact> {
    (!contact.is_empty()).then(|| OperatorContact(contact.clone()))
}
