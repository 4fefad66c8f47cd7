//! Rows of personas and of safety checks are read back as they were written.

use domain::ids::{AccountId, PersonaVersionId, SafetyCheckId, TenantId};
use domain::persona::{CheckedText, PersonaContent, SafetyStatus};
use domain::safety::{Category, Finding, Findings};
use domain::time::Timestamp;
use engine::storage::entity::{persona_versions, prompts_in_use, safety_checks};
use uuid::Uuid;

use super::rows::keeps;
use crate::support::TestDatabase;

const AT: Timestamp = Timestamp::from_millis(1_795_000_000_000);

pub(super) async fn personas(database: &TestDatabase, tenant: TenantId, account: AccountId) {
    keeps::<persona_versions::Entity>(
        database,
        persona_versions::Model {
            id: PersonaVersionId::from_uuid(Uuid::from_u128(30)),
            tenant_id: tenant,
            version: 3,
            content: PersonaContent::default(),
            text_hash: vec![8; 32],
            created_by: None,
            restored_from: Some(1),
            created_at: AT,
        },
    )
    .await;
    keeps::<safety_checks::Entity>(
        database,
        safety_checks::Model {
            id: SafetyCheckId::from_uuid(Uuid::from_u128(31)),
            tenant_id: tenant,
            subject: CheckedText::Persona,
            text_hash: vec![8; 32],
            text: "Be kind.".into(),
            status: SafetyStatus::Rejected,
            findings: Findings(vec![Finding::block(Category::Sexual, "kind")]),
            policy_version: 1,
            judge_model: Some("judge".into()),
            attempts: 2,
            not_before: AT,
            claimed_by: Some("one".into()),
            claimed_until: Some(AT),
            job_no: 4,
            valid_until: Some(AT),
            overridden_by: None,
            override_note: Some("Looked at.".into()),
            created_at: AT,
            checked_at: Some(AT),
        },
    )
    .await;
    keeps::<prompts_in_use::Entity>(
        database,
        prompts_in_use::Model {
            owner_id: Uuid::from_u128(32),
            tenant_id: tenant,
            account_id: account,
            text: "Offer a table.".into(),
            approved_at: AT,
        },
    )
    .await;
}
