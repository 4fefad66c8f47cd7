//! How far the checks of an account's AI prompts are, for its rules page.

use std::collections::HashMap;

use domain::ids::{AccountId, TenantId};
use domain::persona::{CheckedText, SafetyStatus};
use domain::rules::ReplyConfig;
use domain::time::Timestamp;
use domain::views::PromptCheck;
use uuid::Uuid;

use super::PromptOwner;
use super::in_use::ai_prompts;
use super::sql::{PROMPT_CHECKS, PromptRow};
use super::status_text::finding_lines;
use crate::accounts::usernames;
use crate::clock::SharedClock;
use crate::identity::{self, Actor, Entry};
use crate::rules::load_reply_config;
use crate::safety::{self, CheckState, text_hash};
use crate::storage::{Database, StorageError, Value, bulk, commit, sql};

/// The checks of one tenant's AI prompts.
#[derive(Debug, Clone)]
pub struct PromptChecks {
    database: Database,
    clock: SharedClock,
    tenant: TenantId,
    ai_available: bool,
}

/// A check was not asked for.
#[derive(Debug, thiserror::Error)]
pub enum PromptChecksError {
    /// There is no such account or rule, or it belongs to another tenant.
    #[error("there is no such prompt")]
    NotFound,
    /// The reply is canned: it has no prompt to check.
    #[error("the reply is canned")]
    Canned,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl PromptChecks {
    /// The prompts of `tenant`, on a server that has an AI provider or none.
    #[must_use]
    pub fn for_tenant(database: &Database, clock: SharedClock, tenant: TenantId, ai_available: bool) -> Self {
        Self {
            database: database.clone(),
            clock,
            tenant,
            ai_available,
        }
    }

    /// The check of each AI prompt of an account, in the order of its rules, the default reply last.
    ///
    /// # Errors
    /// [`PromptChecksError::NotFound`] for an account that is not there or another tenant's.
    pub async fn of_account(&self, account: AccountId) -> Result<Vec<PromptCheck>, PromptChecksError> {
        let config = self.config(account).await?;
        let prompts: Vec<(Uuid, PromptOwner)> = ai_prompts(&config)
            .map(|(rule, _)| PromptOwner::of(account, rule))
            .map(|owner| (owner.as_uuid(), owner))
            .collect();
        let mut rows = self.rows(account, &config).await?;
        let now = self.clock.now();
        let view = |(id, owner): &(Uuid, PromptOwner)| self.view(*owner, rows.remove(id), now);
        Ok(prompts.iter().map(view).collect())
    }

    /// Has a prompt checked now, if it is unchecked; anything else stays as it is. `owner` must be of `account`.
    ///
    /// # Errors
    /// [`PromptChecksError::NotFound`], [`PromptChecksError::Canned`].
    pub async fn check_again(
        &self,
        account: AccountId,
        owner: PromptOwner,
        actor: Actor,
    ) -> Result<(), PromptChecksError> {
        let config = self.config(account).await?;
        let mut owners = config.rules.iter().map(|rule| Some(rule.id)).chain([None]);
        if !owners.any(|rule| PromptOwner::of(account, rule) == owner) {
            return Err(PromptChecksError::NotFound);
        }
        let mut prompts = ai_prompts(&config).filter(|(rule, _)| PromptOwner::of(account, *rule) == owner);
        let (_, prompt) = prompts.next().ok_or(PromptChecksError::Canned)?;
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        if safety::request_check(&tx, self.tenant, CheckedText::Prompt, prompt, now).await? {
            let entry = Entry {
                tenant: self.tenant,
                actor,
                action: "rules.prompt_checked_again",
                subject: owner.as_uuid(),
                detail: "A check of an AI prompt was asked for.",
            };
            identity::record(&tx, entry, now).await?;
        }
        Ok(commit(tx).await?)
    }

    async fn config(&self, account: AccountId) -> Result<ReplyConfig, PromptChecksError> {
        let reader = self.database.reader();
        let of_tenant = usernames(reader, self.tenant, Some(account)).await?;
        let config = load_reply_config(reader, account).await?;
        config
            .filter(|_| of_tenant.contains_key(&account))
            .ok_or(PromptChecksError::NotFound)
    }

    async fn rows(&self, account: AccountId, config: &ReplyConfig) -> Result<HashMap<Uuid, PromptRow>, StorageError> {
        let hashed = ai_prompts(config).map(|(rule, prompt)| -> Vec<Value> {
            let owner = PromptOwner::of(account, rule).as_uuid();
            vec![owner.into(), text_hash(CheckedText::Prompt, prompt).into()]
        });
        let mut rows = HashMap::new();
        for chunk in bulk::chunks(hashed.collect()) {
            let first = [self.tenant.into(), self.clock.now().into()];
            let (text, values) = sql::with_rows(PROMPT_CHECKS, first, chunk);
            let found = sql::all::<PromptRow, _>(self.database.reader(), text, values).await?;
            rows.extend(found.into_iter().map(|row| (row.owner_id, row)));
        }
        Ok(rows)
    }

    fn view(&self, owner: PromptOwner, row: Option<PromptRow>, now: Timestamp) -> PromptCheck {
        let state = row.as_ref().and_then(|row| {
            row.status.map(|status| CheckState {
                status,
                valid_until: row.valid_until,
            })
        });
        let status = CheckState::shown(state, now, self.ai_available);
        let (findings, earlier) = row.map(|row| (row.findings, row.earlier)).unwrap_or_default();
        let earlier = earlier.filter(|_| status != SafetyStatus::Approved);
        let findings = findings.unwrap_or_default();
        PromptCheck {
            rule: owner.rule(),
            status,
            sentence: sentence(status, earlier.is_some()),
            earlier,
            findings: finding_lines(CheckedText::Prompt, &findings),
        }
    }
}

fn sentence(status: SafetyStatus, earlier_answers: bool) -> String {
    let standing = match status {
        SafetyStatus::Draft => return "Draft: the AI is off, so the prompt is not checked and does not answer.".into(),
        SafetyStatus::Approved => return "Approved: this prompt answers.".into(),
        SafetyStatus::Pending => "Pending: the prompt is being checked.",
        SafetyStatus::Rejected => "Rejected: the prompt goes against the safety policy. Change it and save.",
        SafetyStatus::Unchecked => "Unchecked: the check could not be made and is tried again.",
    };
    match earlier_answers {
        true => format!("{standing} Until it is approved, the last approved prompt answers."),
        false => format!("{standing} Until it is approved, it does not answer."),
    }
}
