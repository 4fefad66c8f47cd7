//! What a message means, found out between two commits: embedding takes milliseconds in this process, and seconds at a provider.

use domain::decide::IntentScores;
use domain::matching::CompiledConfig;

use super::composing::Claimed;
use super::context::PipelineContext;
use super::outcome::WorkError;
use crate::vault::Content;

/// A claimed reply that reached a Prompt rule.
pub(super) struct Scoring {
    pub(super) claimed: Claimed,
    pub(super) message: Content,
    pub(super) config: CompiledConfig,
}

/// Scores the message, for the decision that comes next. Never longer than the claim allows.
pub(super) async fn score(context: &PipelineContext, scoring: Scoring) -> Result<Claimed, WorkError> {
    let Scoring {
        mut claimed,
        message,
        config,
    } = scoring;
    let (tenant, account) = (claimed.reply.tenant, claimed.reply.account);
    let scores = context.intents.scores(tenant, account, config.config(), &message);
    let scores = tokio::time::timeout(context.timings.longest_preparation(), scores).await;
    claimed.scores = Some(match scores {
        Ok(scores) => scores?,
        Err(_elapsed) => IntentScores::Unavailable,
    });
    Ok(claimed)
}
