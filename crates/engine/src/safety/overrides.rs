//! The operator's last word about a persona: how its versions stand, and an approval against the check, with a note.

use domain::ids::TenantId;
use domain::persona::{CheckedText, SafetyStatus};
use domain::safety::Findings;
use domain::time::Timestamp;

use super::{CheckState, store};
use crate::clock::SharedClock;
use crate::identity::{self, Actor, Entry};
use crate::persona::{in_use, request_version_check};
use crate::storage::entity::persona_versions;
use crate::storage::{Database, StorageError, Transaction, commit};

/// What the operator may do with one tenant's persona.
#[derive(Debug, Clone)]
pub struct SafetyOverrides {
    database: Database,
    clock: SharedClock,
    tenant: TenantId,
}

/// Nothing was approved.
#[derive(Debug, thiserror::Error)]
pub enum OverrideError {
    /// The tenant has no such version.
    #[error("there is no such version of the persona")]
    NotFound,
    /// The note says why, for those who ask later.
    #[error("the note is blank; say why the text is approved against the check")]
    NoNote,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// How a tenant's persona stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonaStanding {
    /// The newest version, 0 before the first.
    pub newest: i64,
    /// How far its check is.
    pub status: SafetyStatus,
    /// What the check found.
    pub findings: Findings,
    /// The model that judged it, if one did.
    pub judge_model: Option<String>,
    /// When it is tried again, while it is unchecked.
    pub next_try: Option<Timestamp>,
    /// Why an operator approved it, if one did.
    pub override_note: Option<String>,
    /// The version that answers.
    pub in_use: Option<i64>,
}

impl SafetyOverrides {
    /// The persona of `tenant`.
    #[must_use]
    pub fn for_tenant(database: &Database, clock: SharedClock, tenant: TenantId) -> Self {
        Self {
            database: database.clone(),
            clock,
            tenant,
        }
    }

    /// How it stands.
    ///
    /// # Errors
    /// The database failed.
    pub async fn standing(&self) -> Result<PersonaStanding, StorageError> {
        let (writer, now) = (self.database.writer(), self.clock.now());
        let newest = store::persona_version(writer, self.tenant, None).await?;
        let check = match &newest {
            Some(row) => store::check_of(writer, self.tenant, CheckedText::Persona, &row.text_hash).await?,
            None => None,
        };
        let state = check.as_ref().map(|check| CheckState {
            status: check.status,
            valid_until: check.valid_until,
        });
        let status = match newest {
            Some(_) => CheckState::shown(state, now, true),
            None => SafetyStatus::Draft,
        };
        let unchecked = status == SafetyStatus::Unchecked;
        let in_use = in_use(writer, self.tenant, now).await?;
        Ok(PersonaStanding {
            newest: newest.map_or(0, |row| row.version),
            status,
            next_try: check.as_ref().filter(|_| unchecked).map(|check| check.not_before),
            judge_model: check.as_ref().and_then(|check| check.judge_model.clone()),
            override_note: check.as_ref().and_then(|check| check.override_note.clone()),
            findings: check.map(|check| check.findings).unwrap_or_default(),
            in_use: in_use.map(|persona| persona.version),
        })
    }

    /// Approves the text of a version, whatever its check says. The approval is of the present policy and ends like any other.
    ///
    /// # Errors
    /// [`OverrideError::NotFound`], [`OverrideError::NoNote`].
    pub async fn override_with_note(&self, version: i64, note: &str, actor: Actor) -> Result<(), OverrideError> {
        let note = note.trim();
        if note.is_empty() {
            return Err(OverrideError::NoNote);
        }
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        let row = store::persona_version(&tx, self.tenant, Some(version)).await?;
        let row = self.with_check(&tx, row.ok_or(OverrideError::NotFound)?, now).await?;
        let check = store::check_of(&tx, self.tenant, CheckedText::Persona, &row.text_hash).await?;
        let check = check.ok_or(StorageError::Corrupt("check of a persona version"))?;
        store::update(&tx, check.id, store::overridden(actor.user(), note, now)).await?;
        let entry = Entry {
            tenant: self.tenant,
            actor,
            action: "persona.approved_by_operator",
            subject: row.id.as_uuid(),
            detail: &format!("Persona version {version} was approved by the operator: {note}"),
        };
        identity::record(&tx, entry, now).await?;
        Ok(commit(tx).await?)
    }

    /// The version, with a check that can be approved.
    async fn with_check(
        &self,
        tx: &Transaction,
        row: persona_versions::Model,
        now: Timestamp,
    ) -> Result<persona_versions::Model, OverrideError> {
        request_version_check(tx, &row, now).await?;
        let again = store::persona_version(tx, self.tenant, Some(row.version)).await?;
        again.ok_or(OverrideError::NotFound)
    }
}
