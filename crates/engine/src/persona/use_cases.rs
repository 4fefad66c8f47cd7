//! What an admin does with the persona: save, go back, have it checked again.

use domain::ids::{PersonaVersionId, TenantId};
use domain::persona::{CheckedText, PersonaContent, PersonaDiff, SafetyStatus};
use domain::time::Timestamp;
use domain::views::{PersonaComparison, PersonaConflict, PersonaPage, PersonaSaved};
use uuid::Uuid;

use super::store;
use super::{PersonasError, compare, page};
use crate::clock::SharedClock;
use crate::identity::{self, Actor, Entry, TenantTime};
use crate::safety::{self, text_hash};
use crate::storage::entity::persona_versions;
use crate::storage::{Database, StorageError, Transaction, commit};

/// The persona of one tenant.
#[derive(Debug, Clone)]
pub struct Personas {
    pub(super) database: Database,
    pub(super) clock: SharedClock,
    pub(super) tenant: TenantId,
    /// Whether somebody checks texts: without a provider they stay drafts.
    pub(super) ai_available: bool,
}

impl Personas {
    /// The persona of `tenant`, on a server that has an AI provider or none.
    #[must_use]
    pub fn for_tenant(database: &Database, clock: SharedClock, tenant: TenantId, ai_available: bool) -> Self {
        Self {
            database: database.clone(),
            clock,
            tenant,
            ai_available,
        }
    }

    /// The persona page.
    ///
    /// # Errors
    /// The database failed.
    pub async fn page(&self) -> Result<PersonaPage, PersonasError> {
        Ok(page::page(self).await?)
    }

    /// Saves a new version and asks for its check. Saving what is saved already is no change.
    ///
    /// # Errors
    /// [`PersonasError::Changed`] when `based_on` is not the newest version; [`PersonasError::Invalid`].
    pub async fn save(
        &self,
        actor: Actor,
        content: &PersonaContent,
        based_on: i64,
    ) -> Result<PersonaSaved, PersonasError> {
        let content = content.validate().map_err(PersonasError::Invalid)?;
        let tx = self.database.begin().await?;
        let newest = store::newest(&tx, self.tenant).await?;
        let present = newest.as_ref().map_or(0, |row| row.version);
        if newest.as_ref().is_some_and(|row| row.content == content) {
            drop(tx);
            return self.saved(present, false).await;
        }
        if present != based_on {
            drop(tx);
            return Err(self.conflict(content).await?);
        }
        let summary = match &newest {
            Some(row) => PersonaDiff::between(&row.content, &content).summary(),
            None => "the first one".into(),
        };
        let detail = format!("Persona version {} was saved: {summary}.", present + 1);
        let new = NewVersion {
            content,
            restored_from: None,
        };
        self.write(tx, actor, present, new, "persona.saved", &detail).await
    }

    /// Saves an earlier version again, as the newest one. Texts that were approved need no new check.
    ///
    /// # Errors
    /// [`PersonasError::NotFound`]; [`PersonasError::Changed`] when somebody saves at the same moment.
    pub async fn restore(&self, actor: Actor, version: i64) -> Result<PersonaSaved, PersonasError> {
        let tx = self.database.begin().await?;
        let earlier = store::version(&tx, self.tenant, version).await?;
        let earlier = earlier.ok_or(PersonasError::NotFound)?;
        let newest = store::newest(&tx, self.tenant).await?.ok_or(PersonasError::NotFound)?;
        if newest.content == earlier.content {
            drop(tx);
            return self.saved(newest.version, false).await;
        }
        let detail = format!(
            "Persona version {version} was saved again as version {}.",
            newest.version + 1
        );
        let new = NewVersion {
            content: earlier.content,
            restored_from: Some(version),
        };
        self.write(tx, actor, newest.version, new, "persona.restored", &detail)
            .await
    }

    /// Has the newest version checked now, if it is unchecked; anything else stays as it is.
    ///
    /// # Errors
    /// [`PersonasError::NotFound`] before the first version.
    pub async fn check_again(&self, actor: Actor) -> Result<SafetyStatus, PersonasError> {
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        let newest = store::newest(&tx, self.tenant).await?.ok_or(PersonasError::NotFound)?;
        let id = newest.id;
        if request_version_check(&tx, &newest, now).await? {
            let detail = format!("A check of persona version {} was asked for.", newest.version);
            self.record(&tx, actor, id, "persona.checked_again", &detail, now)
                .await?;
        }
        commit(tx).await?;
        Ok(self.saved(newest.version, false).await?.status)
    }

    /// Two versions side by side, the older one first.
    ///
    /// # Errors
    /// [`PersonasError::NotFound`].
    pub async fn diff(&self, one: i64, other: i64) -> Result<PersonaComparison, PersonasError> {
        compare::compare(self, one.min(other), one.max(other)).await
    }

    async fn write(
        &self,
        tx: Transaction,
        actor: Actor,
        present: i64,
        new: NewVersion,
        action: &'static str,
        detail: &str,
    ) -> Result<PersonaSaved, PersonasError> {
        let now = self.clock.now();
        let text = new.content.render();
        let id = PersonaVersionId::from_uuid(Uuid::now_v7());
        let row = persona_versions::Model {
            id,
            tenant_id: self.tenant,
            version: present + 1,
            content: new.content.clone(),
            text_hash: text_hash(CheckedText::Persona, &text),
            created_by: actor.user(),
            restored_from: new.restored_from,
            created_at: now,
        };
        if !store::insert(&tx, row).await? {
            drop(tx);
            return Err(self.conflict(new.content).await?);
        }
        safety::request_check(&tx, self.tenant, CheckedText::Persona, &text, now).await?;
        self.record(&tx, actor, id, action, detail, now).await?;
        commit(tx).await?;
        self.saved(present + 1, true).await
    }

    async fn record(
        &self,
        tx: &Transaction,
        actor: Actor,
        version: PersonaVersionId,
        action: &'static str,
        detail: &str,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let entry = Entry {
            tenant: self.tenant,
            actor,
            action,
            subject: version.as_uuid(),
            detail,
        };
        identity::record(tx, entry, now).await?;
        Ok(())
    }

    /// Asks the writer: the version may have been saved an instant ago.
    async fn saved(&self, version: i64, is_new: bool) -> Result<PersonaSaved, PersonasError> {
        let row = compare::version(self.database.writer(), self.tenant, version).await?;
        let status = row.map(|row| row.status(self.clock.now(), self.ai_available));
        Ok(PersonaSaved {
            version,
            is_new,
            status: status.unwrap_or(SafetyStatus::Draft),
        })
    }

    async fn conflict(&self, mine: PersonaContent) -> Result<PersonasError, PersonasError> {
        let writer = self.database.writer();
        let newest = store::newest(writer, self.tenant)
            .await?
            .ok_or(PersonasError::NotFound)?;
        let row = compare::version(writer, self.tenant, newest.version).await?;
        let row = row.ok_or(PersonasError::NotFound)?;
        let time = TenantTime::of(self.database.reader(), self.tenant, self.clock.now()).await?;
        Ok(PersonasError::Changed(Box::new(PersonaConflict {
            theirs: row.content,
            version: row.version,
            mine,
            changed_by: row.email,
            changed_at: time.moment(row.created_at),
        })))
    }
}

/// Asks for the check of a version, unless there is one that counts; whether it was asked for.
pub(crate) async fn request_version_check(
    tx: &Transaction,
    version: &persona_versions::Model,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let (tenant, kind) = (version.tenant_id, CheckedText::Persona);
    if let Some(restarted) = safety::restart_check(tx, tenant, kind, &version.text_hash, now).await? {
        return Ok(restarted);
    }
    // A release may render other words than the one that saved the version: the check and the version go by the new ones.
    let text = version.content.render();
    let hash = text_hash(kind, &text);
    if hash != version.text_hash {
        store::set_text_hash(tx, version.id, hash).await?;
    }
    safety::request_check(tx, tenant, kind, &text, now).await?;
    Ok(true)
}

/// What a new version says.
struct NewVersion {
    content: PersonaContent,
    restored_from: Option<i64>,
}
