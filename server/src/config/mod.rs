//! The configuration: defaults, then `concierge.toml`, then `CONCIERGE_*`; checked as a whole before anything starts.

mod ai;
mod intents;
mod log;
mod meta;
mod problem;
mod quotes;
mod reader;
mod runtime;
mod settings;
mod storage;
mod web;

pub use intents::IntentsMode;
pub use log::{LogConfig, LogFormat};
pub use meta::MetaConfig;
pub use problem::{ConfigError, Problem};
pub use reader::Sources;
pub use runtime::RuntimeConfig;
pub use settings::{ALL, Setting};
pub use storage::StorageConfig;
pub use web::{BaseUrl, PRIVACY, Proxies, ProxyHeader, WebConfig};

use engine::ai::AiSettings;
use reader::Reader;

/// What the command is going to need: it decides which settings may not be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Tables only: `migrate`, `user create`, `credits`.
    Tables,
    /// Tables and sealed values: `account add`, `keys rotate`.
    Secrets,
    /// Everything, reachable from the internet.
    Serve,
    /// Everything, on this machine, against the sandbox.
    Demo,
}

/// The configuration of a process.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the data is and which keys seal it.
    pub storage: StorageConfig,
    /// Addresses.
    pub web: WebConfig,
    /// The Meta app.
    pub meta: MetaConfig,
    /// The AI provider; `None` when AI is off.
    pub ai: Option<AiSettings>,
    /// Where intents are recognised.
    pub intents: IntentsMode,
    /// The file of the embedded intent model.
    pub intent_model: std::path::PathBuf,
    /// Workers, metrics, retention, timings.
    pub runtime: RuntimeConfig,
    /// What is logged, and how.
    pub log: LogConfig,
}

impl Config {
    /// Reads and checks everything.
    ///
    /// # Errors
    /// All problems at once.
    pub fn load(sources: &Sources, purpose: Purpose) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(sources);
        let intents = IntentsMode::read(&mut reader);
        let config = Self {
            storage: StorageConfig::read(&mut reader, purpose),
            web: WebConfig::read(&mut reader, purpose),
            meta: MetaConfig::read(&mut reader, purpose),
            ai: ai::read(&mut reader, intents),
            intents,
            intent_model: reader.text(settings::INTENT_MODEL).into(),
            runtime: RuntimeConfig::read(&mut reader),
            log: LogConfig::read(&mut reader),
        };
        let problems = reader.finish();
        if problems.is_empty() {
            Ok(config)
        } else {
            Err(ConfigError { problems })
        }
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

fn http_url(text: &str) -> Option<url::Url> {
    let url = url::Url::parse(text).ok()?;
    let plain =
        url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    (matches!(url.scheme(), "http" | "https") && url.has_host() && plain).then_some(url)
}
