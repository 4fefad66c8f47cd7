//! Every setting by name, with its default as text. Variables, `concierge.toml` and `.env.example` all follow this table.

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Its name in `concierge.toml`.
    pub key: &'static str,
    /// The value of an unset variable. Empty means: not set.
    pub default: &'static str,
}

impl Setting {
    const fn new(key: &'static str, default: &'static str) -> Self {
        Self { key, default }
    }

    /// Its name in the environment.
    #[must_use]
    pub fn variable(self) -> String {
        format!("CONCIERGE_{}", self.key.to_ascii_uppercase())
    }
}

pub(super) const DATABASE_URL: Setting = Setting::new("database_url", "sqlite://data/concierge.db");
pub(super) const MIGRATE: Setting = Setting::new("migrate", "true");
pub(super) const ENCRYPTION_KEYS: Setting = Setting::new("encryption_keys", "");
pub(super) const LISTEN: Setting = Setting::new("listen", "127.0.0.1:3000");
pub(super) const BASE_URL: Setting = Setting::new("base_url", "http://127.0.0.1:3000");
pub(super) const TRUSTED_PROXIES: Setting = Setting::new("trusted_proxies", "");
pub(super) const PROXY_HEADER: Setting = Setting::new("proxy_header", "x-forwarded-for");
pub(super) const PROXY_HOPS: Setting = Setting::new("proxy_hops", "1");
pub(super) const API_ORIGINS: Setting = Setting::new("api_origins", "");
pub(super) const PRIVACY_FILE: Setting = Setting::new("privacy_file", "");
pub(super) const OPERATOR_CONTACT: Setting = Setting::new("operator_contact", "");
pub(super) const META_APP_ID: Setting = Setting::new("meta_app_id", "");
pub(super) const META_APP_SECRET: Setting = Setting::new("meta_app_secret", "");
pub(super) const META_VERIFY_TOKEN: Setting = Setting::new("meta_verify_token", "");
pub(super) const META_GRAPH_URL: Setting = Setting::new("meta_graph_url", "https://graph.facebook.com");
pub(super) const META_DIALOG_URL: Setting = Setting::new("meta_dialog_url", "https://www.facebook.com");
pub(super) const META_GRAPH_VERSION: Setting = Setting::new("meta_graph_version", "v26.0");
pub(super) const META_LOGIN_CONFIG_ID: Setting = Setting::new("meta_login_config_id", "");
pub(super) const AI_BASE_URL: Setting = Setting::new("ai_base_url", "");
pub(super) const AI_API_KEY: Setting = Setting::new("ai_api_key", "");
pub(super) const AI_KEY_HEADER: Setting = Setting::new("ai_key_header", "");
pub(super) const AI_REPLY_MODEL: Setting = Setting::new("ai_reply_model", "");
pub(super) const AI_SAFETY_MODEL: Setting = Setting::new("ai_safety_model", "");
pub(super) const AI_EMBEDDING_MODEL: Setting = Setting::new("ai_embedding_model", "");
pub(super) const AI_INTENTS: Setting = Setting::new("ai_intents", "embedded");
pub(super) const INTENT_MODEL: Setting = Setting::new("intent_model", "data/intent-model/use-multilingual-3.bin");
pub(super) const AI_TIMEOUT_SECONDS: Setting = Setting::new("ai_timeout_seconds", "25");
pub(super) const AI_CONCURRENCY: Setting = Setting::new("ai_concurrency", "16");
pub(super) const AI_CONTEXT_TOKENS: Setting = Setting::new("ai_context_tokens", "8192");
pub(super) const AI_TOKENS_PER_TENANT_DAY: Setting = Setting::new("ai_tokens_per_tenant_day", "500000");
pub(super) const WEBHOOK_PRIVATE_TARGETS: Setting = Setting::new("webhook_private_targets", "false");
pub(super) const WORKERS: Setting = Setting::new("workers", "256");
pub(super) const REPLIES_PER_10_MINUTES: Setting = Setting::new("replies_per_10_minutes", "6");
pub(super) const REPLIES_PER_24_HOURS: Setting = Setting::new("replies_per_24_hours", "30");
pub(super) const LOG: Setting = Setting::new("log", "info");
pub(super) const LOG_FORMAT: Setting = Setting::new("log_format", "");
pub(super) const METRICS_LISTEN: Setting = Setting::new("metrics_listen", "127.0.0.1:9464");
pub(super) const RETENTION_DAYS: Setting = Setting::new("retention_days", "400");

/// All of them, in the order of `.env.example`.
pub const ALL: [Setting; 38] = [
    DATABASE_URL,
    MIGRATE,
    ENCRYPTION_KEYS,
    LISTEN,
    BASE_URL,
    TRUSTED_PROXIES,
    PROXY_HEADER,
    PROXY_HOPS,
    API_ORIGINS,
    PRIVACY_FILE,
    OPERATOR_CONTACT,
    META_APP_ID,
    META_APP_SECRET,
    META_VERIFY_TOKEN,
    META_GRAPH_URL,
    META_DIALOG_URL,
    META_GRAPH_VERSION,
    META_LOGIN_CONFIG_ID,
    AI_BASE_URL,
    AI_API_KEY,
    AI_KEY_HEADER,
    AI_REPLY_MODEL,
    AI_SAFETY_MODEL,
    AI_EMBEDDING_MODEL,
    AI_INTENTS,
    INTENT_MODEL,
    AI_TIMEOUT_SECONDS,
    AI_CONCURRENCY,
    AI_CONTEXT_TOKENS,
    AI_TOKENS_PER_TENANT_DAY,
    WEBHOOK_PRIVATE_TARGETS,
    WORKERS,
    REPLIES_PER_10_MINUTES,
    REPLIES_PER_24_HOURS,
    LOG,
    LOG_FORMAT,
    METRICS_LISTEN,
    RETENTION_DAYS,
];

/// The one table of `concierge.toml` that has no variables: claim length, back-off, look-up delays, sweeper interval.
pub const TIMINGS: &str = "timings";
