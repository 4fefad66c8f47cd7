//! Why there is no answer. Nothing here holds a word of what was asked or answered.

use std::time::Duration;

/// Why a call brought no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AiError {
    /// Nothing came in time.
    #[error("the AI provider did not answer in time")]
    Timeout,
    /// No connection, or it broke.
    #[error("the AI provider cannot be reached")]
    Unreachable,
    /// Too many calls, or too much load.
    #[error("the AI provider asks to slow down")]
    Busy {
        /// When it wants to be asked again.
        after: Option<Duration>,
    },
    /// The account has no money or no allowance left: asking again does not help.
    #[error("the account at the AI provider has used up its quota")]
    Quota,
    /// The key is wrong, or may not use the model.
    #[error("the AI provider does not accept the API key")]
    Auth,
    /// The endpoint does not know the model, the address or what was sent.
    #[error("the AI provider does not accept the request")]
    BadRequest,
    /// More than the model can read at a time.
    #[error("the text is longer than the model can read")]
    Overflow,
    /// A content filter of the provider stopped the question or the answer.
    #[error("a content filter of the AI provider stopped the answer")]
    Filtered,
    /// No words, or only thoughts.
    #[error("the model's answer is empty")]
    EmptyAnswer,
    /// It is no answer of this protocol.
    #[error("the AI provider's answer cannot be read")]
    Unreadable,
    /// The provider failed.
    #[error("the AI provider has an error of its own")]
    Server,
}

impl AiError {
    /// The same call may succeed later, without anybody doing anything.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Timeout | Self::Unreachable | Self::Busy { .. } | Self::Unreadable | Self::Server
        )
    }

    /// The operator has to change something before any call succeeds.
    #[must_use]
    pub const fn is_configuration(&self) -> bool {
        matches!(self, Self::Quota | Self::Auth | Self::BadRequest)
    }

    /// What the operator can do about it.
    #[must_use]
    pub const fn next_step(&self) -> &'static str {
        match self {
            Self::Timeout => "Try again, use a faster model, or raise CONCIERGE_AI_TIMEOUT_SECONDS.",
            Self::Unreachable => "See that the server runs, and check CONCIERGE_AI_BASE_URL.",
            Self::Busy { .. } => "Wait, lower CONCIERGE_AI_CONCURRENCY, or ask the provider for a higher limit.",
            Self::Quota => "Add money or allowance at the provider.",
            Self::Auth => "Check CONCIERGE_AI_API_KEY, CONCIERGE_AI_KEY_HEADER, and what the key may use.",
            Self::BadRequest => "Check the names of the models, and that CONCIERGE_AI_BASE_URL ends with /v1.",
            Self::Overflow => "Use a model or a server with a larger context, or lower CONCIERGE_AI_CONTEXT_TOKENS.",
            Self::Filtered => "Look at the provider's content filter.",
            Self::EmptyAnswer => "Use a model that does not think first, or one that thinks less.",
            Self::Unreadable => {
                "Check that CONCIERGE_AI_BASE_URL is the address of an OpenAI-compatible API and ends with /v1."
            }
            Self::Server => "Look at the server's own log, or at the provider's status page.",
        }
    }

    /// Its name in metrics and spans.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Unreachable => "unreachable",
            Self::Busy { .. } => "busy",
            Self::Quota => "quota",
            Self::Auth => "auth",
            Self::BadRequest => "bad_request",
            Self::Overflow => "overflow",
            Self::Filtered => "filtered",
            Self::EmptyAnswer => "empty_answer",
            Self::Unreadable => "unreadable",
            Self::Server => "server",
        }
    }
}

/// Why a client cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum AiSetupError {
    /// TLS cannot be set up.
    #[error("the HTTP client cannot be set up")]
    Http(#[from] reqwest::Error),
    /// The name or the key holds characters that no header may hold.
    #[error("the API key or the name of its header cannot stand in a header")]
    KeyHeader,
}
