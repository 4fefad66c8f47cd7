//! What a story may want to be different: who lives in it, on which database, which clock, how Meta behaves.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use domain::decide::ReplyLimits;
use domain::time::Timestamp;
use engine::EngineSettings;
use engine::ai::AiSettings;
use engine::channels::instagram::{AppSecrets, InstagramSettings, LoginSettings};
use engine::clock::{ManualClock, SharedClock, SystemClock};
use engine::intents::IntentsSettings;
use engine::outgoing_webhooks::WebhookTargets;
use engine::pipeline::Timings;
use engine::vault::KeyRing;
use sandbox::{EchoMode, RetryPolicy, Sandbox, SandboxConfig};

use super::{MORNING, NOON};
use crate::ai::stage;

const APP_ID: &str = "684771020934512";
pub const APP_SECRET: &str = "sandbox-app-secret";

#[derive(Clone)]
pub struct Setup {
    pub who: Who,
    /// The only kind of database on which the story makes sense.
    pub only: Option<&'static str>,
    pub echo: EchoMode,
    pub timings: Timings,
    pub limits: ReplyLimits,
    pub graph_timeout: Duration,
    /// The system's clock instead of one that the story moves: for several servers.
    pub real_time: bool,
    /// The sandbox is an AI provider too.
    pub ai: bool,
    /// Where Graph is, if not at the sandbox.
    pub graph_url: Option<String>,
    pub intents: IntentsSettings,
    /// The app secrets that the server has.
    pub app_secrets: Vec<String>,
    /// What a tenant may use in a day; 0 is no limit.
    pub ai_tokens_per_day: u64,
    /// Calls to the AI at a time.
    pub ai_concurrency: NonZeroUsize,
    pub webhook_targets: WebhookTargets,
}

#[derive(Clone, Copy)]
pub enum Who {
    /// A tenant without people: the sandbox's first account, ten credits, both switches on, a default reply.
    Tenant,
    /// An owner who signed up at noon: an account that Meta does not know, as it was added, and no credits.
    Owner,
}

/// Setup for the admin's pages: [`Who::Owner`].
pub fn an_owner(setup: &mut Setup) {
    setup.who = Who::Owner;
}

/// Setup for AI replies.
pub fn with_ai(setup: &mut Setup) {
    setup.ai = true;
}

/// Setup for what only PostgreSQL can do: several servers, several writers.
pub fn on_postgres(setup: &mut Setup) {
    setup.only = Some("postgres");
}

/// Setup for what only a database of one process needs.
pub fn on_sqlite(setup: &mut Setup) {
    setup.only = Some("sqlite");
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            who: Who::Tenant,
            only: None,
            echo: EchoMode::After,
            timings: Timings::default(),
            limits: ReplyLimits::default(),
            graph_timeout: Duration::from_secs(5),
            real_time: false,
            ai: false,
            graph_url: None,
            intents: IntentsSettings::Off,
            app_secrets: vec![APP_SECRET.into()],
            ai_tokens_per_day: 0,
            ai_concurrency: NonZeroUsize::new(8).unwrap(),
            webhook_targets: WebhookTargets::Any,
        }
    }
}

impl Setup {
    pub fn begins(&self) -> Timestamp {
        match self.who {
            Who::Tenant => MORNING,
            Who::Owner => NOON,
        }
    }

    pub fn sandbox(&self) -> SandboxConfig {
        let mut config = SandboxConfig::new(APP_ID, APP_SECRET).webhook_url("http://127.0.0.1:9/unused");
        config.retry = RetryPolicy::none();
        config.echo = self.echo;
        config
    }

    pub fn instagram(&self, sandbox: &Sandbox) -> InstagramSettings {
        InstagramSettings {
            graph_url: self.graph_url.clone().unwrap_or_else(|| sandbox.base_url()),
            graph_version: "v26.0".into(),
            app_id: APP_ID.into(),
            app_secrets: AppSecrets::new(self.app_secrets.iter().cloned().map(Into::into).collect()).unwrap(),
            timeout: self.graph_timeout,
            login: LoginSettings {
                dialog_url: sandbox.base_url(),
                ..LoginSettings::for_base_url("https://concierge.example")
            },
        }
    }

    fn ai(&self, sandbox: &Sandbox) -> AiSettings {
        AiSettings {
            tokens_per_tenant_day: self.ai_tokens_per_day,
            concurrency: self.ai_concurrency,
            ..stage::settings(&sandbox.base_url())
        }
    }

    pub fn clock(&self, clock: Arc<ManualClock>) -> SharedClock {
        if self.real_time { Arc::new(SystemClock) } else { clock }
    }

    pub fn engine(&self, sandbox: &Sandbox, key_ring: KeyRing, clock: Arc<ManualClock>) -> EngineSettings {
        let clock = self.clock(clock);
        EngineSettings {
            key_ring,
            instagram: self.instagram(sandbox),
            timings: self.timings.clone(),
            limits: self.limits,
            workers: 8,
            retention: Duration::from_secs(400 * 86_400),
            clock,
            log_matches: false,
            ai: self.ai.then(|| self.ai(sandbox)),
            intents: self.intents.clone(),
            webhook_targets: self.webhook_targets,
        }
    }
}
