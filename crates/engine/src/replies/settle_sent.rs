//! Many replies that went out, settled with one round of statements: each statement is a turn at SQLite's one writer.
//!
//! The same end as [`settle`](super::settle) gives each alone; a property test compares the two.

use std::collections::HashMap;

use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::person;
use super::row::OpenReply;
use super::settle::{ReplyOutcome, observe};
use super::transitions::Transition;
use crate::storage::{StorageError, sql};
use crate::vault;

/// A reply and the platform's id of the message that it became.
pub type SentReply = (OpenReply, String);

#[derive(FromQueryResult)]
struct Logged {
    id: Uuid,
    reply_id: Uuid,
}

#[derive(FromQueryResult)]
struct Written {
    id: Uuid,
    platform_message_id: Option<String>,
}

/// Settles each as its row was read; the transitions come in the order of `sent`.
///
/// # Errors
/// What the database answers; the caller rolls back.
pub async fn settle_sent<C: ConnectionTrait>(
    transaction: &C,
    sent: &[SentReply],
    now: Timestamp,
) -> Result<Vec<Transition>, StorageError> {
    let written = write_final_states(transaction, sent, now).await?;
    let taken: Vec<&SentReply> = sent
        .iter()
        .filter(|(reply, _)| written.contains_key(&reply.id.as_uuid()))
        .collect();
    if !taken.is_empty() {
        let ids: Vec<Uuid> = taken.iter().map(|(reply, _)| reply.id.as_uuid()).collect();
        vault::store::destroy_many(transaction, ids.clone()).await?;
        let ids = sql::padded(ids.into_iter().map(Value::from).collect());
        leave_to_people(transaction, ids, now).await?;
        complete_inbound_rows(transaction, &taken, now).await?;
        log_outbound(transaction, &taken, &written, now).await?;
    }
    for (reply, mid) in &taken {
        let outcome = ReplyOutcome::Sent { mid: Some(mid.clone()) };
        observe(reply, &outcome, now);
    }
    let transition = |(reply, _): &SentReply| match written.contains_key(&reply.id.as_uuid()) {
        true => Transition::Applied,
        false => Transition::Conflict,
    };
    Ok(sent.iter().map(transition).collect())
}

/// The message ids that were written, by reply; replies that somebody else changed are missing.
async fn write_final_states<C: ConnectionTrait>(
    transaction: &C,
    sent: &[SentReply],
    now: Timestamp,
) -> Result<HashMap<Uuid, Option<String>>, StorageError> {
    let rows = Rows::new(
        2,
        sent.iter().map(|(reply, mid)| {
            vec![
                reply.id.as_uuid().into(),
                reply.state.as_str().into(),
                reply.version.into(),
                reply.claimed_by.clone().unwrap_or_default().into(),
                reply.account.as_uuid().into(),
                mid.clone().into(),
            ]
        }),
    );
    let text = format!(
        "WITH v (id, state, version, claimed_by, account_id, mid) AS (VALUES {})
        UPDATE replies SET state = 'sent', reason = NULL, settled_at = $1, wait_reason = NULL, claimed_by = NULL,
            claimed_until = NULL, version = replies.version + 1,
            platform_message_id = (CASE WHEN EXISTS (SELECT 1 FROM replies taken WHERE taken.account_id = v.account_id
                AND taken.platform_message_id = v.mid AND taken.id <> v.id) THEN NULL ELSE v.mid END)
        FROM v WHERE replies.id = v.id AND replies.state = v.state AND replies.version = v.version
            AND COALESCE(replies.claimed_by, '') = v.claimed_by AND replies.settled_at IS NULL
        RETURNING replies.id AS id, replies.platform_message_id AS platform_message_id",
        rows.placeholders
    );
    let written = sql::all::<Written, C>(transaction, text, rows.after(vec![now.as_millis().into()])).await?;
    Ok(written
        .into_iter()
        .map(|row| (row.id, row.platform_message_id))
        .collect())
}

/// Some rules leave the conversation to a person after their reply.
async fn leave_to_people<C: ConnectionTrait>(
    transaction: &C,
    replies: Vec<Value>,
    now: Timestamp,
) -> Result<(), StorageError> {
    let names = sql::placeholders(2, replies.len());
    let text = format!(
        "UPDATE conversations SET left_to_person_at = $1 WHERE id IN (
            SELECT r.conversation_id FROM replies r JOIN rules u ON u.id = r.rule_id
            WHERE r.id IN ({names}) AND u.leave_to_person)"
    );
    let mut values = vec![now.as_millis().into()];
    values.extend(replies);
    sql::execute(transaction, text, values).await?;
    Ok(())
}

async fn complete_inbound_rows<C: ConnectionTrait>(
    transaction: &C,
    taken: &[&SentReply],
    now: Timestamp,
) -> Result<(), StorageError> {
    let rows = Rows::new(
        1,
        taken.iter().map(|(reply, _)| {
            let latency = now.as_millis().saturating_sub(reply.created_at.as_millis()).max(0);
            vec![
                reply.message.as_uuid().into(),
                reply.id.as_uuid().into(),
                reply.rule.map(|rule| rule.as_uuid()).into(),
                reply.response_kind.map(|kind| kind.as_str().to_owned()).into(),
                latency.into(),
            ]
        }),
    );
    let text = format!(
        "WITH v (message_id, reply_id, rule_id, response_kind, latency_ms) AS (VALUES {})
        UPDATE messages SET outcome = 'sent', reason = NULL, credits = 1, rule_id = v.rule_id,
            response_kind = v.response_kind, latency_ms = v.latency_ms, reply_id = v.reply_id
        FROM v WHERE messages.id = v.message_id",
        rows.placeholders
    );
    sql::execute(transaction, text, rows.values).await?;
    Ok(())
}

/// As in [`settle`](super::settle): the outbound row is the inbound one with sides swapped.
async fn log_outbound<C: ConnectionTrait>(
    transaction: &C,
    taken: &[&SentReply],
    written: &HashMap<Uuid, Option<String>>,
    now: Timestamp,
) -> Result<(), StorageError> {
    let ids: Vec<Uuid> = taken.iter().map(|_| Uuid::now_v7()).collect();
    let rows = Rows::new(
        2,
        taken.iter().zip(&ids).map(|((reply, _), id)| {
            vec![
                (*id).into(),
                reply.message.as_uuid().into(),
                reply.id.as_uuid().into(),
                written.get(&reply.id.as_uuid()).cloned().flatten().into(),
            ]
        }),
    );
    let text = format!(
        "WITH v (id, message_id, reply_id, mid) AS (VALUES {})
        INSERT INTO messages (id, tenant_id, channel, account_id, direction, author, kind, sender_id, recipient_id,
            platform_message_id, reply_id, rule_id, response_kind, credits, occurred_at, created_at)
        SELECT v.id, m.tenant_id, m.channel, m.account_id, 'outbound', 'concierge', 'text', m.recipient_id, m.sender_id,
            v.mid, v.reply_id, m.rule_id, m.response_kind, 0, $1, $1 FROM v JOIN messages m ON m.id = v.message_id
        WHERE true
        ON CONFLICT (account_id, platform_message_id, direction) WHERE platform_message_id IS NOT NULL
        DO UPDATE SET author = 'concierge', reply_id = excluded.reply_id, rule_id = excluded.rule_id,
            response_kind = excluded.response_kind
        RETURNING id, reply_id",
        rows.placeholders
    );
    let logged = sql::all::<Logged, C>(transaction, text, rows.after(vec![now.as_millis().into()])).await?;
    let echoed = logged.into_iter().filter(|row| !ids.contains(&row.id));
    person::wrote_last(transaction, echoed.map(|row| row.reply_id.into()).collect()).await
}

/// Rows of a `VALUES` list, their placeholders beginning at a number.
struct Rows {
    placeholders: String,
    values: Vec<Value>,
}

impl Rows {
    fn new(first: usize, rows: impl Iterator<Item = Vec<Value>>) -> Self {
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for row in rows {
            names.push(format!("({})", sql::placeholders(first + values.len(), row.len())));
            values.extend(row);
        }
        Self {
            placeholders: names.join(", "),
            values,
        }
    }

    fn after(self, mut before: Vec<Value>) -> Vec<Value> {
        before.extend(self.values);
        before
    }
}
