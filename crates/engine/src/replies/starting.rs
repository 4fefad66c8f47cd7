//! Up to `sending`, for any number of replies.

use std::collections::HashSet;

use domain::answer_checks::HeldBy;
use domain::ids::{ReplyId, RuleId};
use domain::replies::ReplyState;
use domain::rules::ResponseKind;

use super::sql::{OpenReply, START_SENDING};
use super::transitions::{Claimant, claim_clock};
use crate::clock::Clock;
use crate::storage::{StorageError, Transaction, Value, bulk};

/// What is sent and why.
#[derive(Debug, Clone, Copy)]
pub struct Answered {
    /// The rule that won; `None` is the default reply.
    pub rule: Option<RuleId>,
    /// What kind of words they are.
    pub kind: ResponseKind,
    /// Why they stand in for an answer of the AI, if they do.
    pub held_by: Option<HeldBy>,
    /// The conversation is left to a person with them.
    pub hand_over: bool,
}

/// Reserved, composed and sending have no outside call between them and share this commit. The claim begins with it. Returns those that
/// nobody else changed meanwhile.
pub async fn start_sending<'a>(
    transaction: &Transaction,
    replies: impl IntoIterator<Item = (&'a mut OpenReply, Answered)>,
    claimant: &Claimant,
    clock: &dyn Clock,
) -> Result<HashSet<ReplyId>, StorageError> {
    let mut replies: Vec<(&mut OpenReply, Answered)> = replies.into_iter().collect();
    let now = clock.now();
    let first = [
        now.into(),
        ReplyState::Sending.into(),
        claimant.name.clone().into(),
        claim_clock(transaction, clock).into(),
        claimant.length_ms().into(),
    ];
    let rows = replies.iter().map(|(reply, answered)| row(reply, *answered)).collect();
    let started: Vec<ReplyId> = bulk::changing_returning(transaction, START_SENDING, first, rows).await?;
    let started: HashSet<ReplyId> = started.into_iter().collect();
    for (reply, answered) in replies.iter_mut().filter(|(reply, _)| started.contains(&reply.id)) {
        let Answered {
            rule,
            kind,
            held_by,
            hand_over,
        } = *answered;
        reply.claimed_by = Some(claimant.name.clone());
        reply.claimed_until = Some(now + claimant.length);
        reply.state = ReplyState::Sending;
        reply.version = reply.version.saturating_add(1);
        (reply.rule, reply.response_kind) = (rule, Some(kind));
        (reply.held_by, reply.hand_over) = (held_by, hand_over);
        reply.sending_at = Some(now);
        reply.attempts = reply.attempts.saturating_add(1);
        (reply.lookups, reply.empty_lookups, reply.presumed_sent) = (0, 0, false);
    }
    Ok(started)
}

fn row(reply: &OpenReply, answered: Answered) -> Vec<Value> {
    let mut row = reply.as_read().to_vec();
    row.extend([
        answered.rule.into(),
        answered.kind.into(),
        answered.held_by.into(),
        answered.hand_over.into(),
    ]);
    row
}
