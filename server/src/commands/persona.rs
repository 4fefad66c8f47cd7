//! `concierge persona`: how a tenant's persona stands, and the operator's approval against its safety check.

use std::sync::Arc;

use engine::clock::{Clock, SystemClock};
use engine::identity::{Actor, TenantTime, Tenants};
use engine::safety::{PersonaStanding, SafetyOverrides};
use engine::storage::Database;

use super::{account, database};
use crate::cli::{PersonaApproveArgs, PersonaStatusArgs};
use crate::config::{Config, Purpose, Sources};
use crate::failure::Failure;

pub(super) async fn status(args: &PersonaStatusArgs, sources: &Sources) -> Result<(), Failure> {
    let (database, overrides) = open(sources, &args.tenant).await?;
    let standing = overrides.standing().await;
    database.close().await;
    let standing = standing.map_err(|error| Failure::because("the persona cannot be read", &error))?;
    for line in lines(&args.tenant, &standing) {
        println!("{line}");
    }
    Ok(())
}

pub(super) async fn approve(args: &PersonaApproveArgs, sources: &Sources) -> Result<(), Failure> {
    let (database, overrides) = open(sources, &args.tenant).await?;
    let approved = overrides
        .override_with_note(args.version, &args.note, Actor::Command)
        .await;
    database.close().await;
    approved.map_err(|error| Failure::because("the version was not approved", &error))?;
    println!("Version {} of {} is approved.", args.version, args.tenant);
    Ok(())
}

async fn open(sources: &Sources, slug: &str) -> Result<(Database, SafetyOverrides), Failure> {
    let config = Config::load(sources, Purpose::Tables)?;
    let database = database::open_migrated(&config.storage).await?;
    let clock = Arc::new(SystemClock);
    let tenant = account::tenant(&Tenants::new(&database, clock.clone()), slug).await?;
    let overrides = SafetyOverrides::for_tenant(&database, clock, tenant.id);
    Ok((database, overrides))
}

fn lines(slug: &str, standing: &PersonaStanding) -> Vec<String> {
    if standing.newest == 0 {
        return vec![format!("{slug} has no persona yet.")];
    }
    let mut lines = vec![format!(
        "Version {} of {slug}: {}.",
        standing.newest,
        standing.status.label()
    )];
    for finding in &standing.findings.0 {
        let quote = match finding.quote.as_str() {
            "" => String::new(),
            quote => format!(": \u{201c}{quote}\u{201d}"),
        };
        lines.push(format!(
            "  {}: it {}{quote}",
            finding.severity,
            finding.category.headline()
        ));
    }
    lines.extend(standing.judge_model.as_ref().map(|model| format!("Judged by {model}.")));
    lines.extend(standing.next_try.map(|at| {
        let utc = TenantTime::new("UTC", SystemClock.now());
        format!("Tried again at {} UTC.", utc.moment(at).short)
    }));
    lines.extend(
        standing
            .override_note
            .as_ref()
            .map(|note| format!("Approved by an operator: {note}")),
    );
    lines.push(match standing.in_use {
        Some(version) => format!("Version {version} answers."),
        None => "No version answers: AI replies are not sent.".into(),
    });
    lines
}
