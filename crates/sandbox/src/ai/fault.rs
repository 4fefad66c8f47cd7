//! What can go wrong with a provider, each as real ones do it.

use serde::{Deserialize, Serialize};

use super::call::AiCall;

/// In JSON: `{"kind": "rate_limited", "seconds": 5}`, parameters in the same object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AiFault {
    /// 401.
    Unauthorized,
    /// 429 with `Retry-After`, in seconds or as a date.
    RateLimited {
        #[serde(default)]
        seconds: u64,
        #[serde(default)]
        as_date: bool,
    },
    /// 429, `insufficient_quota`.
    QuotaUsedUp,
    /// Any other status, without JSON.
    ServerError { http_status: u16 },
    /// The answer is late.
    Slow { ms: u64 },
    /// The connection drops before the answer.
    CutConnection,
    /// 400 in one of the shapes that servers invent.
    OddError { shape: ErrorShape },
    /// 200 with an error in the body.
    ErrorBehindOk { code: u16 },
    /// 200 with a page instead of JSON.
    NotJson,
    /// 404: no such model.
    UnknownModel,
    /// The text does not fit the model.
    Overflow { shape: OverflowShape },
    /// The front of the messages is cut off, and nothing says so.
    SilentTruncation { tokens: u32 },
    /// 400, `content_filter`.
    ContentFilterRefused,
    /// 200, finish reason `content_filter`.
    ContentFilterStopped,
    /// 200 with words in `refusal` alone.
    Refusal,
    /// 200 without words.
    EmptyContent,
    /// 200 with words in `reasoning_content` alone.
    ReasoningOnly,
    /// The answer is one think block.
    ThinkOnly,
    /// The answer is a think block that does not end.
    UnclosedThink,
    /// The answer follows a think block.
    ThinkFirst,
    /// Half the answer, finish reason `length`.
    Truncated,
    /// Content as an array of parts.
    ContentParts,
    /// No `usage`.
    MissingUsage,
    /// No `id`, `object`, `created` and role.
    MissingMembers,
    /// A finish reason, a service tier and a time that nobody else sends.
    OddMembers,
    /// Another model than the one asked answers.
    OtherModel,
    /// 400 for `max_completion_tokens`.
    MaxCompletionTokensRefused,
    /// `max_completion_tokens` has no effect: the answer is longer.
    MaxCompletionTokensIgnored,
    /// 400 for `max_tokens`.
    MaxTokensRefused,
    /// 400 for `temperature`.
    TemperatureRefused,
    /// 400 for `response_format`; with `object_too` for `json_object` as well.
    JsonSchemaRefused {
        #[serde(default)]
        object_too: bool,
    },
    /// A schema has no effect: JSON in another form.
    JsonSchemaIgnored { form: JsonForm },
    /// 400 for `reasoning_effort`.
    ReasoningEffortRefused,
    /// 501 for embeddings.
    NoEmbeddings,
    /// Vectors as base64.
    Base64Embeddings,
    /// Vectors within one more array, longer than one, without `usage`.
    NestedEmbeddings,
    /// Vectors in another order.
    ShuffledEmbeddings,
}

/// The shape of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorShape {
    /// A number in `code`.
    IntegerCode,
    /// `error` is a sentence.
    BareString,
    /// `detail` with findings.
    Detail,
    /// An array around it.
    Array,
}

/// How a server says that a text is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverflowShape {
    OpenAi,
    LlamaCpp,
    Vllm,
}

/// How a model writes JSON that nobody holds it to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JsonForm {
    /// Words before and after.
    Prose,
    /// In a Markdown fence.
    Fence,
    /// The first key twice.
    DuplicateKeys,
    /// One key more.
    ExtraKeys,
}

impl AiFault {
    /// The name used in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unauthorized => "unauthorized",
            Self::RateLimited { .. } => "rate_limited",
            Self::QuotaUsedUp => "quota_used_up",
            Self::ServerError { .. } => "server_error",
            Self::Slow { .. } => "slow",
            Self::CutConnection => "cut_connection",
            Self::OddError { .. } => "odd_error",
            Self::ErrorBehindOk { .. } => "error_behind_ok",
            Self::NotJson => "not_json",
            Self::UnknownModel => "unknown_model",
            Self::Overflow { .. } => "overflow",
            Self::SilentTruncation { .. } => "silent_truncation",
            Self::ContentFilterRefused => "content_filter_refused",
            Self::ContentFilterStopped => "content_filter_stopped",
            Self::Refusal => "refusal",
            Self::EmptyContent => "empty_content",
            Self::ReasoningOnly => "reasoning_only",
            Self::ThinkOnly => "think_only",
            Self::UnclosedThink => "unclosed_think",
            Self::ThinkFirst => "think_first",
            Self::Truncated => "truncated",
            Self::ContentParts => "content_parts",
            Self::MissingUsage => "missing_usage",
            Self::MissingMembers => "missing_members",
            Self::OddMembers => "odd_members",
            Self::OtherModel => "other_model",
            Self::MaxCompletionTokensRefused => "max_completion_tokens_refused",
            Self::MaxCompletionTokensIgnored => "max_completion_tokens_ignored",
            Self::MaxTokensRefused => "max_tokens_refused",
            Self::TemperatureRefused => "temperature_refused",
            Self::JsonSchemaRefused { .. } => "json_schema_refused",
            Self::JsonSchemaIgnored { .. } => "json_schema_ignored",
            Self::ReasoningEffortRefused => "reasoning_effort_refused",
            Self::NoEmbeddings => "no_embeddings",
            Self::Base64Embeddings => "base64_embeddings",
            Self::NestedEmbeddings => "nested_embeddings",
            Self::ShuffledEmbeddings => "shuffled_embeddings",
        }
    }

    /// Where the fault shows when the order names no call.
    pub fn occurs_on(&self, call: AiCall) -> bool {
        let everywhere = matches!(
            self,
            Self::Unauthorized
                | Self::RateLimited { .. }
                | Self::QuotaUsedUp
                | Self::ServerError { .. }
                | Self::Slow { .. }
                | Self::CutConnection
                | Self::OddError { .. }
                | Self::ErrorBehindOk { .. }
                | Self::NotJson
                | Self::UnknownModel
                | Self::Overflow { .. }
        );
        let embeddings = matches!(
            self,
            Self::NoEmbeddings | Self::Base64Embeddings | Self::NestedEmbeddings | Self::ShuffledEmbeddings
        );
        everywhere || embeddings == (call == AiCall::Embedding)
    }
}
