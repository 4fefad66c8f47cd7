//! Texts that nobody asked to check: from before there were checks, or under another envelope.

use std::collections::BTreeSet;

use domain::ids::TenantId;
use domain::persona::CheckedText;

use super::sql::{TENANTS_WITH_PROMPTS, UNREQUESTED_VERSIONS};
use super::{SafetyChecks, prompts, request_check, store, text_hash};
use crate::persona::request_version_check;
use crate::storage::{StorageError, commit, sql};

/// How the JSON of an AI prompt begins.
const AI_PROMPT: &str = r#"{"kind":"ai_prompt"%"#;

impl SafetyChecks {
    pub(super) async fn request_missing(&self) -> Result<(), StorageError> {
        let reader = self.database.reader();
        let personas: Vec<TenantId> = sql::values(reader, UNREQUESTED_VERSIONS, []).await?;
        for tenant in personas {
            self.request_persona(tenant).await?;
        }
        let tenants: Vec<TenantId> = sql::values(reader, TENANTS_WITH_PROMPTS, [AI_PROMPT.into()]).await?;
        for tenant in tenants {
            self.request_prompts(tenant).await?;
        }
        Ok(())
    }

    async fn request_persona(&self, tenant: TenantId) -> Result<(), StorageError> {
        let tx = self.database.begin().await?;
        if let Some(newest) = store::persona_version(&tx, tenant, None).await? {
            request_version_check(&tx, &newest, self.clock.now()).await?;
        }
        commit(tx).await
    }

    async fn request_prompts(&self, tenant: TenantId) -> Result<(), StorageError> {
        let reader = self.database.reader();
        let current = prompts::current_prompts(reader, tenant).await?;
        let texts: BTreeSet<String> = current.into_iter().map(|(prompt, _)| prompt).collect();
        for text in texts {
            let hash = text_hash(CheckedText::Prompt, &text);
            if store::check_of(reader, tenant, CheckedText::Prompt, &hash)
                .await?
                .is_none()
            {
                let (writer, now) = (self.database.writer(), self.clock.now());
                request_check(writer, tenant, CheckedText::Prompt, &text, now).await?;
            }
        }
        Ok(())
    }
}
