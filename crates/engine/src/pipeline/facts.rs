//! Everything a decision depends on, read in the transaction that acts on it.

use std::time::Duration;

use domain::accounts::AccountFacts;
use domain::decide::{AiFacts, ConversationFacts, DecisionInput, IntentScores, MessageFacts};
use domain::disclosure;
use domain::handover::Handover;
use domain::matching::CompiledConfig;
use domain::messages::MessageKind;
use domain::replies::ReplyState;
use domain::time::Timestamp;
use sea_orm::{FromQueryResult, Value};

use super::context::PipelineContext;
use crate::accounts::state;
use crate::channels::event::TAKEN_BACK;
use crate::replies::OpenReply;
use crate::storage::{StorageError, Transaction, sql};
use crate::vault::{Content, Sealed, SealedPurpose};

const SHORT_SPAN: Duration = Duration::from_secs(10 * 60);
const LONG_SPAN: Duration = Duration::from_secs(24 * 60 * 60);

/// No Prompt rule can win before intents exist; the AI switches follow with the persona.
static NO_INTENTS: IntentScores = IntentScores::Unavailable;

#[derive(FromQueryResult)]
struct Row {
    status: String,
    paused_until: Option<i64>,
    enabled: bool,
    auto_reply: bool,
    customer_id: String,
    window_until: i64,
    last_human_at: Option<i64>,
    left_to_person_at: Option<i64>,
    resumed_at: Option<i64>,
    human_quiet_hours: i64,
    disclosure: Option<String>,
    last_sent_at: Option<i64>,
    kind: String,
    revision: i64,
    balance: i64,
    in_short_span: i64,
    in_long_span: i64,
    taken_back: i64,
    words_key: Option<String>,
    words: Option<Vec<u8>>,
    token_key: Option<String>,
    token: Option<Vec<u8>>,
}

/// What the AI may do until there is a client for one.
pub(super) const NO_AI: AiFacts = AiFacts {
    available: false,
    persona_approved: false,
    prompts_approved: false,
};

/// The kind of a message in the log that was taken back.
const UNSENT: &str = "unsent";

/// The facts of one reply.
pub(super) struct Facts {
    pub(super) customer: String,
    pub(super) window_until: Timestamp,
    /// What the customer wrote, or what was composed already.
    pub(super) words: Option<Sealed>,
    /// The token that sends.
    pub(super) token: Option<Sealed>,
    account: AccountFacts,
    conversation: ConversationFacts,
    handover: Handover,
    disclosure: Option<String>,
    last_sent: Option<Timestamp>,
    kind: MessageKind,
    unsent: bool,
    credits_available: bool,
    config: CompiledConfig,
    occurred_at: Timestamp,
    already_reserved: bool,
}

impl Facts {
    pub(super) async fn load(
        context: &PipelineContext,
        transaction: &Transaction,
        reply: &OpenReply,
        now: Timestamp,
    ) -> Result<Self, StorageError> {
        let row = read(transaction, reply, now).await?;
        let config = context.configs.get(transaction, reply.account, row.revision).await?;
        Self::new(row, config, reply)
    }

    fn new(row: Row, config: CompiledConfig, reply: &OpenReply) -> Result<Self, StorageError> {
        let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        let window_until = Timestamp::from_millis(row.window_until);
        let is_marked = row.kind == UNSENT;
        let at = |millis: Option<i64>| millis.map(Timestamp::from_millis);
        let handover = Handover {
            person_wrote: at(row.last_human_at),
            left_to_person: at(row.left_to_person_at),
            resumed: at(row.resumed_at),
            quiet_hours: count(row.human_quiet_hours),
        };
        Ok(Self {
            customer: row.customer_id,
            window_until,
            words: sealed(row.words_key, row.words),
            token: sealed(row.token_key, row.token),
            account: AccountFacts {
                status: state::account_status(&row.status, row.paused_until)?,
                enabled: row.enabled,
                auto_reply: row.auto_reply,
            },
            conversation: ConversationFacts::new(
                reply.occurred_at,
                window_until,
                &handover,
                count(row.in_short_span),
                count(row.in_long_span),
            ),
            handover,
            disclosure: row.disclosure,
            last_sent: at(row.last_sent_at),
            kind: if is_marked {
                MessageKind::Unsupported
            } else {
                row.kind
                    .parse()
                    .map_err(|_| StorageError::Corrupt("kind of a message"))?
            },
            unsent: is_marked || row.taken_back > 0,
            credits_available: row.balance > 0,
            config,
            occurred_at: reply.occurred_at,
            already_reserved: reply.state.holds_credit(),
        })
    }

    /// The words of a reply, behind the disclosure line where that is due.
    pub(super) fn disclosed(&self, text: &str, now: Timestamp) -> String {
        let due = disclosure::is_due(self.last_sent, self.handover.last_with_person(), now);
        disclosure::before(self.disclosure.as_deref().filter(|_| due), text)
    }

    pub(super) fn input<'a>(
        &'a self,
        context: &PipelineContext,
        text: Option<&'a Content>,
        now: Timestamp,
    ) -> DecisionInput<'a> {
        DecisionInput {
            account: self.account,
            ai: NO_AI,
            message: MessageFacts {
                text: text.map(Content::expose),
                kind: self.kind,
                occurred_at: self.occurred_at,
                unsent: self.unsent,
            },
            conversation: self.conversation,
            limits: context.limits,
            config: &self.config,
            intents: &NO_INTENTS,
            credits_available: self.credits_available,
            already_reserved: self.already_reserved,
            now,
        }
    }
}

fn sealed(key_id: Option<String>, ciphertext: Option<Vec<u8>>) -> Option<Sealed> {
    key_id
        .zip(ciphertext)
        .map(|(key_id, ciphertext)| Sealed { key_id, ciphertext })
}

/// Which words of a reply in this state are needed next.
pub(super) fn words_purpose(state: ReplyState) -> SealedPurpose {
    match state {
        ReplyState::Composed => SealedPurpose::ComposedReply,
        _ => SealedPurpose::InboundBody,
    }
}

/// One statement: each costs a turn at SQLite's one writer.
async fn read(transaction: &Transaction, reply: &OpenReply, now: Timestamp) -> Result<Row, StorageError> {
    let text =
        "SELECT a.status, a.paused_until, a.enabled, a.auto_reply, a.human_quiet_hours, c.customer_id, c.window_until,
            c.last_human_at, c.left_to_person_at, c.resumed_at, t.disclosure, m.kind, rc.revision,
            COALESCE(b.balance, 0) AS balance,
            (SELECT MAX(s.settled_at) FROM replies s WHERE s.conversation_id = c.id AND s.state = 'sent') AS last_sent_at,
            (SELECT COUNT(*) FROM replies s WHERE s.conversation_id = c.id AND s.state = 'sent' AND s.settled_at > $4)
                AS in_short_span,
            (SELECT COUNT(*) FROM replies s WHERE s.conversation_id = c.id AND s.state = 'sent' AND s.settled_at > $5)
                AS in_long_span,
            (SELECT COUNT(*) FROM inbound_events e WHERE e.account_id = a.id
                AND e.event_key = CAST($9 AS TEXT) || m.platform_message_id) AS taken_back,
            words.key_id AS words_key, words.ciphertext AS words, token.key_id AS token_key, token.ciphertext AS token
        FROM accounts a
        JOIN tenants t ON t.id = a.tenant_id
        JOIN reply_configs rc ON rc.account_id = a.id
        JOIN conversations c ON c.id = $2
        JOIN messages m ON m.id = $3
        LEFT JOIN credit_balances b ON b.tenant_id = a.tenant_id
        LEFT JOIN sealed_values words ON words.owner_id = $6 AND words.purpose = $7 AND words.tenant_id = a.tenant_id
        LEFT JOIN sealed_values token ON token.owner_id = a.id AND token.purpose = $8 AND token.tenant_id = a.tenant_id
        WHERE a.id = $1";
    let values: [Value; 9] = [
        reply.account.as_uuid().into(),
        reply.conversation.as_uuid().into(),
        reply.message.as_uuid().into(),
        (now - SHORT_SPAN).as_millis().into(),
        (now - LONG_SPAN).as_millis().into(),
        reply.id.as_uuid().into(),
        words_purpose(reply.state).as_str().into(),
        SealedPurpose::PageToken.as_str().into(),
        TAKEN_BACK.into(),
    ];
    sql::optional::<Row, _>(transaction, text, values)
        .await?
        .ok_or(StorageError::Corrupt("account of a reply"))
}

/// The log tells that the message was taken back, also where the writer that recorded that did not see the message yet.
pub(super) async fn mark_unsent(transaction: &Transaction, reply: &OpenReply) -> Result<(), StorageError> {
    let text = "UPDATE messages SET kind = $1 WHERE id = $2";
    sql::execute(transaction, text, [UNSENT.into(), reply.message.as_uuid().into()]).await?;
    Ok(())
}
