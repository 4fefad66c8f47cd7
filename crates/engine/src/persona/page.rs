//! The persona page: what is written, how far its check is, what answers, every version.

use domain::persona::{PersonaContent, SafetyStatus, SystemPrompt};
use domain::views::{PersonaPage, VersionInUse};

use super::compare::{self, version_view};
use super::in_use::row_in_use;
use super::status_text::{Standing, finding_lines, status};
use super::{Personas, sql::VersionRow};
use crate::identity::TenantTime;
use crate::storage::StorageError;

/// Versions on the page.
const SHOWN: usize = 50;

pub(super) async fn page(personas: &Personas) -> Result<PersonaPage, StorageError> {
    let reader = personas.database.reader();
    let (tenant, now) = (personas.tenant, personas.clock.now());
    let time = TenantTime::of(reader, tenant, now).await?;
    // One more than is shown, to say how the oldest of them differs.
    let limit = i64::try_from(SHOWN + 1).unwrap_or(i64::MAX);
    let rows = compare::newest(reader, tenant, limit).await?;
    let used = row_in_use(reader, tenant, now).await?;
    let in_use = used.map(|row| VersionInUse {
        version: row.version,
        saved: time.moment(row.created_at),
        approved: row.checked_at.map(|at| time.moment(at)),
    });
    let newest = rows.first();
    let standing = Standing {
        newest,
        in_use: in_use.as_ref(),
        ai_available: personas.ai_available,
    };
    let banner = status(&standing, &time);
    let content = newest.map_or_else(PersonaContent::default, |row| row.content.clone());
    let number = in_use.as_ref().map(|used| used.version);
    let versions = rows.iter().enumerate().take(SHOWN);
    Ok(PersonaPage {
        can_check_again: newest.is_some() && banner.status == SafetyStatus::Unchecked,
        ai_available: personas.ai_available,
        version: newest.map_or(0, |row| row.version),
        parts: SystemPrompt::new(&content.render(), "").parts_for_preview(),
        findings: newest.map(findings_of).unwrap_or_default(),
        versions: versions
            .map(|(index, row)| version_view(row, rows.get(index + 1), &time, number, personas.ai_available))
            .collect(),
        status: banner,
        content,
        in_use,
    })
}

fn findings_of(row: &VersionRow) -> Vec<domain::views::FindingLine> {
    let findings = row.findings.clone().unwrap_or_default();
    finding_lines(domain::persona::CheckedText::Persona, &findings)
}
