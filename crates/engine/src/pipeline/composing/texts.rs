//! Which approved texts may be used, read in the transaction that uses them.

use domain::decide::{AiFacts, PromptApprovals};
use domain::ids::{AccountId, TenantId};
use domain::rules::ReplyConfig;
use domain::time::Timestamp;

use crate::persona::{self, PersonaInUse};
use crate::storage::{Connection, StorageError};

/// The approved texts of an account whose reply config has AI prompts.
pub(in crate::pipeline) struct AiTexts {
    /// The persona; `None` when no version is approved.
    pub(in crate::pipeline) persona: Option<PersonaInUse>,
    /// Which prompts may be used.
    pub(in crate::pipeline) prompts: PromptApprovals,
}

impl AiTexts {
    pub(in crate::pipeline) async fn load<C: Connection>(
        connection: &C,
        tenant: TenantId,
        account: AccountId,
        config: &ReplyConfig,
        now: Timestamp,
    ) -> Result<Self, StorageError> {
        Ok(Self {
            persona: persona::in_use(connection, tenant, now).await?,
            prompts: persona::unapproved_prompts(connection, tenant, account, config, now).await?,
        })
    }

    pub(in crate::pipeline) fn facts(&self) -> AiFacts {
        AiFacts {
            available: true,
            persona_approved: self.persona.is_some(),
        }
    }
}
