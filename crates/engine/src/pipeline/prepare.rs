//! The first commit of a reply: claim, decide, compose, `sending`, and last the credit.
//!
//! Where something outside has to be asked first, it ends earlier, and goes on with the same claim: [`scoring`](super::scoring),
//! [`composing`](super::composing).

use domain::decide::Outcome;
use domain::ids::{ConversationId, TenantId};
use domain::reasons::WaitReason;
use domain::replies::ReplyState;
use domain::time::Timestamp;
use tokio::time::Instant;

use super::applying::{apply_instead, apply_outcome, wait_for_scores};
use super::composing::{Begun, Claimed, Composing, begin};
use super::context::PipelineContext;
use super::deciding::{Decided, decide_now, resume};
use super::facts::Facts;
use super::faults::InHand;
use super::outcome::WorkError;
use super::scoring::Scoring;
use super::starting::{Outgoing, Unsendable, start};
use crate::credits::{Reservation, reserve, write_off_expired};
use crate::replies::{OpenReply, claim_next};
use crate::storage::{StorageError, Transaction, commit};

/// What to do after a commit.
pub(super) enum Prepared {
    /// Nothing is due in this conversation, or somebody else works on it.
    Idle,
    /// This reply is done for now; look for the next one.
    Done,
    /// Find out what the message means.
    Score(Scoring),
    /// Ask the AI.
    Compose(Box<Composing>),
    /// Hand it to the platform.
    Send(Outgoing),
    /// The token cannot be opened.
    Unsendable(Unsendable),
    /// Find out whether it arrived.
    Confirm(OpenReply),
}

impl Prepared {
    /// The reply whose claim is committed.
    pub(super) fn reply(&self) -> Option<&OpenReply> {
        match self {
            Self::Idle | Self::Done => None,
            Self::Score(scoring) => Some(&scoring.claimed.reply),
            Self::Compose(composing) => Some(&composing.claimed.reply),
            Self::Send(outgoing) => Some(&outgoing.reply),
            Self::Unsendable(unsendable) => Some(&unsendable.reply),
            Self::Confirm(reply) => Some(reply),
        }
    }
}

pub(super) async fn prepare(
    context: &PipelineContext,
    conversation: ConversationId,
    in_hand: &InHand,
) -> Result<Prepared, WorkError> {
    let claimed_at = Instant::now();
    let transaction = context.database.begin().await?;
    let claimed = claim_next(&transaction, conversation, &context.claimant, context.clock.as_ref()).await?;
    let Some(reply) = claimed else {
        return Ok(Prepared::Idle);
    };
    in_hand.claimed(&reply);
    tracing::record_all!(
        tracing::Span::current(),
        reply.id = %reply.id,
        message.id = %reply.message,
        account.id = %reply.account
    );
    if reply.state == ReplyState::Sending {
        commit(transaction).await?;
        return Ok(Prepared::Confirm(reply));
    }
    let tenant = reply.tenant;
    match prepare_claimed(context, &transaction, Claimed::new(reply, claimed_at)).await? {
        Some(next) => {
            commit(transaction).await?;
            Ok(next)
        }
        None => {
            transaction.rollback().await.map_err(StorageError::from)?;
            settle_balance(context, tenant).await?;
            Ok(Prepared::Done)
        }
    }
}

/// Goes on with a reply whose claim is committed.
pub(super) async fn prepare_again(context: &PipelineContext, claimed: Claimed) -> Result<Prepared, WorkError> {
    loop {
        let transaction = context.database.begin().await?;
        if let Some(next) = prepare_claimed(context, &transaction, claimed.clone()).await? {
            commit(transaction).await?;
            return Ok(next);
        }
        transaction.rollback().await.map_err(StorageError::from)?;
        settle_balance(context, claimed.reply.tenant).await?;
    }
}

/// The balance that was read had expired or was taken meanwhile: with what has expired written off, the reply is decided again.
async fn settle_balance(context: &PipelineContext, tenant: TenantId) -> Result<(), WorkError> {
    let transaction = context.database.begin().await?;
    write_off_expired(&transaction, tenant, context.clock.now()).await?;
    Ok(commit(transaction).await?)
}

/// `None`: no credit could be taken, although there seemed to be one.
pub(super) async fn prepare_claimed(
    context: &PipelineContext,
    transaction: &Transaction,
    mut claimed: Claimed,
) -> Result<Option<Prepared>, WorkError> {
    let now = context.clock.now();
    let facts = Facts::load(context, transaction, &claimed.reply, now).await?;
    let decided = match claimed.reply.state {
        ReplyState::Composed => resume(context, &claimed.reply, &facts, now),
        _ => decide_now(context, &claimed, &facts, now),
    };
    let decided = wait_while_refused(context, decided, now);
    let reply = claimed.reply.clone();
    let next = match decided {
        Decided::Reply(composed) => start(context, transaction, claimed, facts, composed).await?,
        Decided::Ask(winner) => match begin(context, transaction, claimed.clone(), &facts, winner, now).await? {
            Begun::Asking(composing) => Prepared::Compose(composing),
            Begun::Instead(instead) => apply_instead(context, transaction, claimed, facts, instead).await?,
        },
        Decided::Score(message) => {
            let config = facts.config;
            return Ok(Some(Prepared::Score(Scoring {
                claimed,
                message,
                config,
            })));
        }
        Decided::ScoresMissing => {
            return wait_for_scores(context, transaction, &mut claimed.reply)
                .await
                .map(Some);
        }
        Decided::Outcome(outcome) => {
            let next = apply_outcome(context, transaction, &mut claimed.reply, outcome, facts.window_until).await?;
            return Ok(Some(next));
        }
    };
    // Last: from here to the commit the tenant's balance is locked for its other replies.
    let is_paid = charge(transaction, &reply, &next, now).await?;
    Ok(is_paid.then_some(next))
}

/// While Meta refuses the deployment nothing is asked, charged or sent; what is rightly not answered ends as ever.
fn wait_while_refused(context: &PipelineContext, decided: Decided, now: Timestamp) -> Decided {
    if matches!(decided, Decided::Outcome(_)) {
        return decided;
    }
    let is_last_step = matches!(decided, Decided::Reply(_) | Decided::Ask(_));
    match context.breaker.waits_until(is_last_step, now) {
        None => decided,
        Some(until) => Decided::Outcome(Outcome::Wait {
            reason: WaitReason::DeploymentRefused,
            until: Some(until),
        }),
    }
}

/// Takes the credit of a reply that goes on, once.
async fn charge(
    transaction: &Transaction,
    reply: &OpenReply,
    next: &Prepared,
    now: Timestamp,
) -> Result<bool, WorkError> {
    let goes_on = matches!(next, Prepared::Compose(_) | Prepared::Send(_) | Prepared::Unsendable(_));
    if !goes_on || reply.state.holds_credit() {
        return Ok(true);
    }
    if reserve(transaction, reply.tenant, reply.id, now).await? == Reservation::NoCredits {
        return Ok(false);
    }
    tracing::debug!("the reply is charged");
    Ok(true)
}
