//! What a story may want to be different.

use std::sync::Arc;
use std::time::Duration;

use domain::decide::ReplyLimits;
use engine::EngineSettings;
use engine::channels::instagram::{InstagramSettings, LoginSettings};
use engine::clock::{ManualClock, SharedClock, SystemClock};
use engine::pipeline::Timings;
use engine::vault::KeyRing;
use sandbox::{EchoMode, RetryPolicy, Sandbox, SandboxConfig};

const APP_ID: &str = "684771020934512";
const APP_SECRET: &str = "sandbox-app-secret";

pub struct Setup {
    pub echo: EchoMode,
    pub timings: Timings,
    pub limits: ReplyLimits,
    pub graph_timeout: Duration,
    /// The system's clock instead of one that the story moves: for several servers.
    pub real_time: bool,
    /// Where Graph is, if not at the sandbox.
    pub graph_url: Option<String>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            echo: EchoMode::After,
            timings: Timings::default(),
            limits: ReplyLimits::default(),
            graph_timeout: Duration::from_secs(5),
            real_time: false,
            graph_url: None,
        }
    }
}

impl Setup {
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
            app_secret: APP_SECRET.into(),
            timeout: self.graph_timeout,
            login: LoginSettings {
                dialog_url: sandbox.base_url(),
                ..LoginSettings::for_base_url("https://concierge.example")
            },
        }
    }

    pub fn engine(&self, sandbox: &Sandbox, key_ring: KeyRing, clock: Arc<ManualClock>) -> EngineSettings {
        let clock: SharedClock = if self.real_time { Arc::new(SystemClock) } else { clock };
        EngineSettings {
            key_ring,
            instagram: self.instagram(sandbox),
            timings: self.timings.clone(),
            limits: self.limits,
            workers: 8,
            retention: Duration::from_secs(400 * 86_400),
            clock,
            log_matches: false,
        }
    }
}
