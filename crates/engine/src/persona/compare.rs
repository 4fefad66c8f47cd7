//! Versions for the page: one of them, and two side by side.

use domain::ids::TenantId;
use domain::persona::{PersonaDiff, SafetyStatus};
use domain::time::Timestamp;
use domain::views::{PersonaComparison, PersonaVersion};

use super::in_use::row_in_use;
use super::sql::{TAILS, VERSIONS, VersionRow};
use super::{Personas, PersonasError};
use crate::identity::TenantTime;
use crate::safety::CheckState;
use crate::storage::{Connection, StorageError, sql};

impl VersionRow {
    pub(super) fn status(&self, now: Timestamp, ai_available: bool) -> SafetyStatus {
        let state = self.status.map(|status| CheckState {
            status,
            valid_until: self.valid_until,
        });
        CheckState::shown(state, now, ai_available)
    }
}

/// The newest versions, the newest first.
pub(super) async fn newest<C: Connection>(
    connection: &C,
    tenant: TenantId,
    count: i64,
) -> Result<Vec<VersionRow>, StorageError> {
    let text = VERSIONS.replace("{conditions}", TAILS[0]);
    sql::all(connection, text, [tenant.into(), count.into()]).await
}

/// One version.
pub(super) async fn version<C: Connection>(
    connection: &C,
    tenant: TenantId,
    version: i64,
) -> Result<Option<VersionRow>, StorageError> {
    let text = VERSIONS.replace("{conditions}", TAILS[1]);
    sql::optional(connection, text, [tenant.into(), version.into()]).await
}

pub(super) async fn compare(personas: &Personas, before: i64, after: i64) -> Result<PersonaComparison, PersonasError> {
    let reader = personas.database.reader();
    let now = personas.clock.now();
    let time = TenantTime::of(reader, personas.tenant, now).await?;
    let in_use = row_in_use(reader, personas.tenant, now).await?.map(|row| row.version);
    let find = async |number: i64| {
        let row = version(reader, personas.tenant, number).await?;
        row.ok_or(PersonasError::NotFound)
    };
    let earlier = find(before - 1).await.ok();
    let (before, after) = (find(before).await?, find(after).await?);
    let view = |row: &VersionRow, previous: Option<&VersionRow>| {
        version_view(row, previous, &time, in_use, personas.ai_available)
    };
    let next_to_each_other = before.version + 1 == after.version;
    Ok(PersonaComparison {
        diff: PersonaDiff::between(&before.content, &after.content),
        after: view(&after, next_to_each_other.then_some(&before)),
        before: view(&before, earlier.as_ref()),
    })
}

/// One version as the page shows it; `previous` is the one before it, where it is known.
pub(super) fn version_view(
    row: &VersionRow,
    previous: Option<&VersionRow>,
    time: &TenantTime,
    in_use: Option<i64>,
    ai_available: bool,
) -> PersonaVersion {
    let summary = match (row.restored_from, previous) {
        (Some(version), _) => format!("version {version} again"),
        (None, Some(previous)) => PersonaDiff::between(&previous.content, &row.content).summary(),
        (None, None) if row.version == 1 => "first version".into(),
        (None, None) => format!("version {}", row.version),
    };
    PersonaVersion {
        version: row.version,
        saved: time.moment(row.created_at),
        by: row.email.clone(),
        status: row.status(time.now(), ai_available),
        in_use: in_use == Some(row.version),
        summary,
        restored_from: row.restored_from,
        override_note: row.override_note.clone(),
    }
}
