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
use domain::default_reply::{DefaultReplyFacts, DefaultReplyFrequency};
use domain::disclosure;
use domain::handover::Handover;
use domain::ids::{AccountId, ReplyId, RuleId};
use domain::matching::CompiledConfig;
use domain::messages::MessageKind;
use domain::replies::ReplyState;
use domain::rules::{ReplyConfig, Response};
use domain::time::Timestamp;

use super::composing::AiTexts;
use super::context::PipelineContext;
use super::deciding::Composed;
use super::sql::{FACTS, FactsRow};
use crate::channels::event::TAKEN_BACK;
use crate::persona::PersonaInUse;
use crate::replies::OpenReply;
use crate::rules::load_reply_config;
use crate::storage::{Connection, StorageError, Transaction, sql};
use crate::vault::{Content, Sealed, SealedPurpose};

const SHORT_SPAN: Duration = Duration::from_secs(10 * 60);
const LONG_SPAN: Duration = Duration::from_secs(24 * 60 * 60);
/// Accounts whose compiled config is kept; beyond that the cache starts afresh.
const MOST_CONFIGS: usize = 5_000;

/// Before anybody asked what the message means.
static NOT_ASKED: IntentScores = IntentScores::Unavailable;

/// What the AI may do where there is none.
pub(super) const NO_AI: AiFacts = AiFacts {
    available: false,
    persona_approved: false,
};

/// Compiled reply configs.
#[derive(Clone, Default)]
pub(crate) struct ConfigCache(Arc<Mutex<HashMap<AccountId, Cached>>>);

#[derive(Clone)]
struct Cached {
    revision: i64,
    config: CompiledConfig,
    /// Something in it is answered by the AI: the facts about that are read too.
    uses_ai: bool,
}

impl Cached {
    fn of(config: &ReplyConfig) -> Self {
        Self {
            revision: config.revision,
            config: CompiledConfig::compile(config),
            uses_ai: uses_ai(config),
        }
    }
}

/// Whether anything in it is answered by the AI.
pub(super) fn uses_ai(config: &ReplyConfig) -> bool {
    let rules = config
        .rules
        .iter()
        .filter(|rule| rule.enabled)
        .map(|rule| &rule.response);
    rules
        .chain([&config.default_reply])
        .any(|response| matches!(response, Response::AiPrompt(_)))
}

impl std::fmt::Debug for ConfigCache {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ConfigCache")
    }
}

impl ConfigCache {
    /// The compiled config of an account that has this revision.
    pub(super) async fn compiled<C: Connection>(
        &self,
        connection: &C,
        account: AccountId,
        revision: i64,
    ) -> Result<CompiledConfig, StorageError> {
        Ok(self.get(connection, account, revision).await?.config)
    }

    async fn get<C: Connection>(
        &self,
        connection: &C,
        account: AccountId,
        revision: i64,
    ) -> Result<Cached, StorageError> {
        if let Some(cached) = self.cached(account, revision) {
            return Ok(cached);
        }
        let config = load_reply_config(connection, account)
            .await?
            .ok_or(StorageError::Corrupt("reply config of an account"))?;
        let compiled = Cached::of(&config);
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= MOST_CONFIGS {
            cache.clear();
        }
        cache.insert(account, compiled.clone());
        Ok(compiled)
    }

    fn cached(&self, account: AccountId, revision: i64) -> Option<Cached> {
        let cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = cache.get(&account).filter(|cached| cached.revision == revision);
        entry.cloned()
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
    default_reply: DefaultReplyFacts,
    last_sent: Option<Timestamp>,
    kind: MessageKind,
    unsent: bool,
    credits_available: bool,
    /// The rules and the default reply.
    pub(super) config: CompiledConfig,
    /// Read only where the AI answers something, and there is one.
    ai: Option<Arc<AiTexts>>,
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
        let mut facts = Self::load_all(context, transaction, &[reply], now).await?;
        facts
            .remove(&reply.id)
            .ok_or(StorageError::Corrupt("account of a reply"))
    }

    /// The facts of several replies. What belongs to an account is read once.
    pub(super) async fn load_all(
        context: &PipelineContext,
        transaction: &Transaction,
        replies: &[&OpenReply],
        now: Timestamp,
    ) -> Result<HashMap<ReplyId, Self>, StorageError> {
        let mut rows = read(transaction, replies, now).await?;
        let mut texts = HashMap::<AccountId, Arc<AiTexts>>::new();
        let mut facts = HashMap::with_capacity(rows.len());
        for reply in replies {
            let row = rows
                .remove(&reply.id)
                .ok_or(StorageError::Corrupt("account of a reply"))?;
            let Cached { config, uses_ai, .. } = context.configs.get(transaction, reply.account, row.revision).await?;
            let ai = if uses_ai && context.ai.is_some() {
                Some(texts_of(&mut texts, transaction, reply, &config, now).await?)
            } else {
                None
            };
            facts.insert(reply.id, Self::new(row, config, ai, reply)?);
        }
        Ok(facts)
    }

    fn new(
        row: FactsRow,
        config: CompiledConfig,
        ai: Option<Arc<AiTexts>>,
        reply: &OpenReply,
    ) -> Result<Self, StorageError> {
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
            default_reply: DefaultReplyFacts {
                frequency: row.account.default_reply_frequency,
                last_sent: row.last_default_at,
            },
            disclosure: row.account.disclosure,
            last_sent: row.last_sent_at,
            kind: row.kind,
            unsent: row.kind == MessageKind::Unsent || row.taken_back > 0,
            config,
            ai,
            occurred_at: reply.occurred_at,
            already_reserved: reply.state.holds_credit(),
        })
    }

    /// The words of a reply, behind the disclosure line where that is due.
    pub(super) fn disclosed(&self, text: &str, now: Timestamp) -> String {
        disclosure::before(self.due_disclosure(now), text)
    }

    /// Words that stand in for an answer of the AI, as they are sent.
    pub(super) fn with_disclosure(&self, composed: Composed, now: Timestamp) -> Composed {
        let text = Content::new(self.disclosed(composed.text.expose(), now));
        Composed { text, ..composed }
    }

    /// The line that tells that a reply is automated, where it is due.
    pub(super) fn due_disclosure(&self, now: Timestamp) -> Option<&str> {
        let due = disclosure::is_due(self.last_sent, self.handover.last_with_person(), now);
        self.disclosure.as_deref().filter(|_| due)
    }

    /// The approved persona.
    pub(super) fn persona(&self) -> Option<&PersonaInUse> {
        self.ai.as_ref()?.persona.as_ref()
    }

    /// The AI prompt of a rule that is on, or of the default reply, as it is now.
    pub(super) fn ai_prompt_of(&self, rule: Option<RuleId>) -> Option<&str> {
        let config = self.config.config();
        let response = match rule {
            Some(rule) => {
                let rule = config.rules.iter().find(|there| there.id == rule && there.enabled);
                &rule?.response
            }
            None => &config.default_reply,
        };
        match response {
            Response::AiPrompt(prompt) => Some(prompt),
            Response::Canned(_) => None,
        }
    }

    /// Whether this rule leaves the conversation to a person, as it is now.
    pub(super) fn leaves_to_person(&self, rule: Option<RuleId>) -> bool {
        let mut rules = self.config.config().rules.iter();
        rules.any(|there| Some(there.id) == rule && there.leave_to_person)
    }

    pub(super) fn input<'a>(
        &'a self,
        limits: ReplyLimits,
        text: Option<&'a Content>,
        scores: Option<&'a IntentScores>,
        now: Timestamp,
    ) -> DecisionInput<'a> {
        DecisionInput {
            account: self.account,
            ai: self.ai.as_ref().map_or(NO_AI, |texts| texts.facts()),
            prompts: self.ai.as_ref().map_or(PromptApprovals::ALL, |texts| &texts.prompts),
            message: MessageFacts {
                text: text.map(Content::expose),
                kind: self.kind,
                occurred_at: self.occurred_at,
                unsent: self.unsent,
            },
            conversation: self.conversation,
            default_reply: self.default_reply,
            limits,
            config: &self.config,
            intents: scores.unwrap_or(&NOT_ASKED),
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

async fn texts_of(
    loaded: &mut HashMap<AccountId, Arc<AiTexts>>,
    transaction: &Transaction,
    reply: &OpenReply,
    config: &CompiledConfig,
    now: Timestamp,
) -> Result<Arc<AiTexts>, StorageError> {
    if let Some(texts) = loaded.get(&reply.account) {
        return Ok(texts.clone());
    }
    let texts = AiTexts::load(transaction, reply.tenant, reply.account, config.config(), now).await?;
    let texts = Arc::new(texts);
    loaded.insert(reply.account, texts.clone());
    Ok(texts)
}

/// Which words of a reply in this state are needed next; [`FACTS`] chooses by it too.
pub(super) fn words_purpose(state: ReplyState) -> SealedPurpose {
    match state {
        ReplyState::Composed => SealedPurpose::ComposedReply,
        _ => SealedPurpose::InboundBody,
    }
}

async fn read(
    transaction: &Transaction,
    replies: &[&OpenReply],
    now: Timestamp,
) -> Result<HashMap<ReplyId, FactsRow>, StorageError> {
    if replies.is_empty() {
        return Ok(HashMap::new());
    }
    let first = [
        (now - SHORT_SPAN).into(),
        (now - LONG_SPAN).into(),
        ReplyState::Composed.into(),
        words_purpose(ReplyState::Composed).into(),
        words_purpose(ReplyState::Queued).into(),
        SealedPurpose::PageToken.into(),
        TAKEN_BACK.into(),
        ReplyState::Sent.into(),
        DefaultReplyFrequency::OnceADay.into(),
    ];
    let (text, values) = sql::with_list(FACTS, first, replies.iter().map(|reply| reply.id));
    let rows: Vec<FactsRow> = sql::all(transaction, text, values).await?;
    Ok(rows.into_iter().map(|row| (row.reply_id, row)).collect())
}
