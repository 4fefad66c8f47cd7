//! Adding to the usage of a day, whoever comes first.

use crate::storage::statements;

statements! {
    /// One call more, and its tokens.
    pub(super) const ADD_USAGE: &str =
        "INSERT INTO ai_usage (tenant_id, day, requests, prompt_tokens, completion_tokens) VALUES ($1, $2, 1, $3, $4)
        ON CONFLICT (tenant_id, day) DO UPDATE SET requests = ai_usage.requests + 1,
            prompt_tokens = ai_usage.prompt_tokens + excluded.prompt_tokens,
            completion_tokens = ai_usage.completion_tokens + excluded.completion_tokens";
}
