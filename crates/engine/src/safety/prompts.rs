//! The checks of AI prompts follow the reply configs: asked for when a prompt is saved, and in use as soon as it is approved.

use domain::ids::{AccountId, RuleId, TenantId};
use domain::persona::{CheckedText, canonical_text};
use domain::reply_config::Part;
use domain::rules::Response;
use domain::time::Timestamp;
use uuid::Uuid;

use super::request::request_check;
use super::sql::{CURRENT_RESPONSES, CurrentResponse, USE_PROMPT};
use super::{store, text_hash};
use crate::persona::PromptOwner;
use crate::storage::{Connection, StorageError, sql};

/// Asks for the checks of what a change of a reply config brings, in its transaction. A prompt that is approved already is in use
/// at once; an owner without an AI prompt has none in use.
pub(crate) async fn follow_reply_config<C: Connection>(
    tx: &C,
    tenant: TenantId,
    account: AccountId,
    new: &Part,
    now: Timestamp,
) -> Result<(), StorageError> {
    let rules = new.rules.iter();
    let rules = rules.map(|(rule, draft)| (Some(*rule), draft.as_ref().map(|draft| &draft.response)));
    let default: Option<(Option<RuleId>, Option<&Response>)> =
        new.default_reply.as_ref().map(|response| (None, Some(response)));
    for (rule, response) in rules.chain(default) {
        let owner = PromptOwner::of(account, rule);
        match response {
            Some(Response::AiPrompt(prompt)) => {
                request_check(tx, tenant, CheckedText::Prompt, prompt, now).await?;
                use_prompt(tx, tenant, account, owner.as_uuid(), prompt, now).await?;
            }
            Some(Response::Canned(_)) | None => store::stop_using_prompt_of(tx, owner.as_uuid()).await?,
        }
    }
    Ok(())
}

/// A prompt was approved: it is in use wherever it stands now. The caller holds the locks of the tenant's reply configs.
pub(super) async fn use_approved<C: Connection>(
    tx: &C,
    tenant: TenantId,
    text: &str,
    now: Timestamp,
) -> Result<(), StorageError> {
    for (prompt, row) in current_prompts(tx, tenant).await? {
        if prompt == text {
            use_prompt(tx, tenant, row.account_id, row.owner_id, &prompt, now).await?;
        }
    }
    Ok(())
}

/// Every AI prompt of a tenant in canonical form, with whose it is.
pub(super) async fn current_prompts<C: Connection>(
    connection: &C,
    tenant: TenantId,
) -> Result<Vec<(String, CurrentResponse)>, StorageError> {
    let rows = sql::all::<CurrentResponse, C>(connection, CURRENT_RESPONSES, [tenant.into()]).await?;
    let prompt = |row: CurrentResponse| match &row.response {
        Response::AiPrompt(prompt) => Some((canonical_text(prompt), row)),
        Response::Canned(_) => None,
    };
    Ok(rows.into_iter().filter_map(prompt).collect())
}

/// The prompt of this owner is in use, if it is approved.
async fn use_prompt<C: Connection>(
    tx: &C,
    tenant: TenantId,
    account: AccountId,
    owner: Uuid,
    prompt: &str,
    now: Timestamp,
) -> Result<(), StorageError> {
    let hash = text_hash(CheckedText::Prompt, prompt);
    let values = [owner.into(), tenant.into(), account.into(), hash.into(), now.into()];
    sql::execute(tx, USE_PROMPT, values).await?;
    Ok(())
}
