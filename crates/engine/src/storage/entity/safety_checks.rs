//! Safety checks of texts: the row is the truth, its job the alarm clock.

use domain::ids::{SafetyCheckId, TenantId, UserId};
use domain::persona::{CheckedText, SafetyStatus};
use domain::safety::Findings;
use domain::time::Timestamp;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "safety_checks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SafetyCheckId,
    pub tenant_id: TenantId,
    pub subject: CheckedText,
    pub text_hash: Vec<u8>,
    /// In canonical form: exactly what was judged, and what the model reads.
    pub text: String,
    /// Never *draft*: that is a text without a row.
    pub status: SafetyStatus,
    pub findings: Findings,
    /// The policy of the last verdict, or of the request.
    pub policy_version: i64,
    pub judge_model: Option<String>,
    /// Since the last verdict; grows with each claim.
    pub attempts: i64,
    pub not_before: Timestamp,
    pub claimed_by: Option<String>,
    pub claimed_until: Option<Timestamp>,
    pub job_no: i64,
    /// Until when an approval by an earlier policy holds.
    pub valid_until: Option<Timestamp>,
    pub overridden_by: Option<UserId>,
    pub override_note: Option<String>,
    pub created_at: Timestamp,
    pub checked_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
