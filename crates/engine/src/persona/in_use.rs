//! What may be said to a model now: approved texts, exactly as they were judged, and nothing else.

use std::collections::HashMap;

use domain::decide::PromptApprovals;
use domain::ids::{AccountId, RuleId, TenantId};
use domain::persona::CheckedText;
use domain::rules::{ReplyConfig, Response};
use domain::time::Timestamp;
use uuid::Uuid;

use super::sql::{InUseRow, PERSONA_IN_USE, PROMPT_IN_USE, UNAPPROVED_PROMPTS};
use crate::safety::text_hash;
use crate::storage::{Connection, StorageError, Value, bulk, sql};

/// The persona that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonaInUse {
    /// Its version.
    pub version: i64,
    /// What the model reads, word for word as it was approved.
    pub text: String,
    /// What customers may read word for word.
    pub public_parts: Vec<String>,
}

/// Whose prompt it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PromptOwner {
    /// A rule's.
    Rule(RuleId),
    /// An account's default reply's.
    DefaultReply(AccountId),
}

impl PromptOwner {
    /// The owner of the prompt of `rule`, `None` being the default reply of `account`.
    #[must_use]
    pub const fn of(account: AccountId, rule: Option<RuleId>) -> Self {
        match rule {
            Some(rule) => Self::Rule(rule),
            None => Self::DefaultReply(account),
        }
    }

    /// Its id in the database.
    #[must_use]
    pub const fn as_uuid(self) -> Uuid {
        match self {
            Self::Rule(rule) => rule.as_uuid(),
            Self::DefaultReply(account) => account.as_uuid(),
        }
    }

    /// The rule; none for a default reply.
    #[must_use]
    pub const fn rule(self) -> Option<RuleId> {
        match self {
            Self::Rule(rule) => Some(rule),
            Self::DefaultReply(_) => None,
        }
    }
}

/// The newest version of the tenant's persona whose text is approved.
///
/// # Errors
/// The database failed.
pub async fn in_use<C: Connection>(
    connection: &C,
    tenant: TenantId,
    now: Timestamp,
) -> Result<Option<PersonaInUse>, StorageError> {
    let row = row_in_use(connection, tenant, now).await?;
    Ok(row.map(|row| PersonaInUse {
        version: row.version,
        text: row.text,
        public_parts: row.content.public_parts(),
    }))
}

pub(super) async fn row_in_use<C: Connection>(
    connection: &C,
    tenant: TenantId,
    now: Timestamp,
) -> Result<Option<InUseRow>, StorageError> {
    sql::optional(connection, PERSONA_IN_USE, [tenant.into(), now.into()]).await
}

/// The prompt to use: `current` if it is approved, else the last approved one of its owner. None: no AI reply.
///
/// # Errors
/// The database failed.
pub async fn prompt_in_use<C: Connection>(
    connection: &C,
    tenant: TenantId,
    owner: PromptOwner,
    current: &str,
    now: Timestamp,
) -> Result<Option<String>, StorageError> {
    let hash = text_hash(CheckedText::Prompt, current);
    let values = [tenant.into(), now.into(), hash.into(), owner.as_uuid().into()];
    sql::value(connection, PROMPT_IN_USE, values).await
}

/// Which AI prompts of `config` have no approved text. Asks only when the config has AI prompts.
///
/// # Errors
/// The database failed.
pub async fn unapproved_prompts<C: Connection>(
    connection: &C,
    tenant: TenantId,
    account: AccountId,
    config: &ReplyConfig,
    now: Timestamp,
) -> Result<PromptApprovals, StorageError> {
    let mut rules: HashMap<Uuid, Option<RuleId>> = HashMap::new();
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for (rule, prompt) in ai_prompts(config) {
        let owner = PromptOwner::of(account, rule).as_uuid();
        rules.insert(owner, rule);
        rows.push(vec![owner.into(), text_hash(CheckedText::Prompt, prompt).into()]);
    }
    let mut unapproved = Vec::new();
    for chunk in bulk::chunks(rows) {
        let (text, values) = sql::with_rows(UNAPPROVED_PROMPTS, [tenant.into(), now.into()], chunk);
        let owners: Vec<Uuid> = sql::values(connection, text, values).await?;
        unapproved.extend(owners.iter().filter_map(|owner| rules.get(owner).copied()));
    }
    Ok(PromptApprovals::all_but(unapproved))
}

/// The AI prompts of a config, `None` being the default reply.
pub(super) fn ai_prompts(config: &ReplyConfig) -> impl Iterator<Item = (Option<RuleId>, &str)> {
    let rules = config.rules.iter().map(|rule| (Some(rule.id), &rule.response));
    let all = rules.chain(std::iter::once((None, &config.default_reply)));
    all.filter_map(|(rule, response)| match response {
        Response::AiPrompt(prompt) => Some((rule, prompt.as_str())),
        Response::Canned(_) => None,
    })
}
