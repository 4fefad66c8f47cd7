//! Everything a decision depends on, read in the transaction that acts on it.
//!
//! The compiled reply config is kept by account and revision. The revision is read inside each decision, so nothing is ever
//! invalidated between processes: a stale entry is simply not the one asked for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::accounts::AccountFacts;
use domain::decide::{
    AiFacts, ConversationFacts, DecisionInput, IntentScores, MessageFacts, PromptApprovals, ReplyLimits,
};
use domain::disclosure;
use domain::handover::Handover;
use domain::ids::AccountId;
use domain::matching::CompiledConfig;
use domain::messages::MessageKind;
use domain::replies::ReplyState;
use domain::time::Timestamp;

use super::sql::{FACTS, FactsRow};
use crate::channels::event::TAKEN_BACK;
use crate::replies::OpenReply;
use crate::rules::load_reply_config;
use crate::storage::{StorageError, Transaction, sql};
use crate::vault::{Content, Sealed, SealedPurpose};

const SHORT_SPAN: Duration = Duration::from_secs(10 * 60);
const LONG_SPAN: Duration = Duration::from_secs(24 * 60 * 60);
/// Accounts whose compiled config is kept; beyond that the cache starts afresh.
const MOST_CONFIGS: usize = 5_000;

/// No Prompt rule can win before intents exist; the AI switches follow with the persona.
static NO_INTENTS: IntentScores = IntentScores::Unavailable;

/// What the AI may do until there is a client for one.
pub(super) const NO_AI: AiFacts = AiFacts {
    available: false,
    persona_approved: false,
};

/// Compiled reply configs.
#[derive(Clone, Default)]
pub(crate) struct ConfigCache(Arc<Mutex<HashMap<AccountId, (i64, CompiledConfig)>>>);

impl std::fmt::Debug for ConfigCache {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ConfigCache")
    }
}

impl ConfigCache {
    async fn get(
        &self,
        transaction: &Transaction,
        account: AccountId,
        revision: i64,
    ) -> Result<CompiledConfig, StorageError> {
        if let Some(compiled) = self.cached(account, revision) {
            return Ok(compiled);
        }
        let config = load_reply_config(transaction, account)
            .await?
            .ok_or(StorageError::Corrupt("reply config of an account"))?;
        let (revision, compiled) = (config.revision, CompiledConfig::compile(&config));
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= MOST_CONFIGS {
            cache.clear();
        }
        cache.insert(account, (revision, compiled.clone()));
        Ok(compiled)
    }

    fn cached(&self, account: AccountId, revision: i64) -> Option<CompiledConfig> {
        let cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = cache.get(&account).filter(|(cached, _)| *cached == revision);
        entry.map(|(_, compiled)| compiled.clone())
    }
}

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
        configs: &ConfigCache,
        transaction: &Transaction,
        reply: &OpenReply,
        now: Timestamp,
    ) -> Result<Self, StorageError> {
        let row = read(transaction, reply, now).await?;
        let config = configs.get(transaction, reply.account, row.revision).await?;
        Self::new(row, config, reply)
    }

    fn new(row: FactsRow, config: CompiledConfig, reply: &OpenReply) -> Result<Self, StorageError> {
        let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        let handover = Handover {
            person_wrote: row.last_human_at,
            left_to_person: row.left_to_person_at,
            resumed: row.resumed_at,
            quiet_hours: row.account.quiet_hours(),
        };
        Ok(Self {
            customer: row.customer_id,
            window_until: row.window_until,
            words: sealed(row.words_key, row.words),
            token: sealed(row.token_key, row.token),
            account: row.account.facts()?,
            conversation: ConversationFacts::new(
                reply.occurred_at,
                row.window_until,
                &handover,
                count(row.in_short_span),
                count(row.in_long_span),
            ),
            handover,
            credits_available: row.account.has_credits(),
            disclosure: row.account.disclosure,
            last_sent: row.last_sent_at,
            kind: row.kind,
            unsent: row.kind == MessageKind::Unsent || row.taken_back > 0,
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
        limits: ReplyLimits,
        text: Option<&'a Content>,
        now: Timestamp,
    ) -> DecisionInput<'a> {
        DecisionInput {
            account: self.account,
            ai: NO_AI,
            prompts: PromptApprovals::ALL,
            message: MessageFacts {
                text: text.map(Content::expose),
                kind: self.kind,
                occurred_at: self.occurred_at,
                unsent: self.unsent,
            },
            conversation: self.conversation,
            limits,
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

async fn read(transaction: &Transaction, reply: &OpenReply, now: Timestamp) -> Result<FactsRow, StorageError> {
    let values = [
        reply.account.into(),
        reply.conversation.into(),
        reply.message.into(),
        (now - SHORT_SPAN).into(),
        (now - LONG_SPAN).into(),
        reply.id.into(),
        words_purpose(reply.state).into(),
        SealedPurpose::PageToken.into(),
        TAKEN_BACK.into(),
    ];
    sql::optional(transaction, FACTS, values)
        .await?
        .ok_or(StorageError::Corrupt("account of a reply"))
}
