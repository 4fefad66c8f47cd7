//! `concierge tokens check`: every connection is looked at now, in this process, whatever the servers do.

use std::sync::Arc;

use engine::channels::instagram::MetaAccounts;
use engine::clock::SystemClock;
use engine::connect::Connections;
use engine::connect::daily_checks::ConnectionChecker;
use engine::jobs::WakeUps;
use engine::storage::Database;

use super::{database, keys};
use crate::config::{Config, Purpose, Sources};
use crate::failure::Failure;
use crate::launch;

pub(super) async fn check(sources: &Sources) -> Result<(), Failure> {
    let config = Config::load(sources, Purpose::Serve)?;
    let database = database::open_migrated(&config.storage).await?;
    let connections = connections(&config, &database).await?;
    let failed = |error: &dyn std::error::Error| Failure::because("the connections were not checked", error);
    let run = ConnectionChecker::new(connections.clone()).check_all_here().await;
    let run = run.map_err(|error| failed(&error))?;
    let summary = connections.run_summary(&run).await.map_err(|error| failed(&error))?;
    database.close().await;
    let later = summary.accounts - summary.checked;
    println!(
        "{} of {} connections checked, {} of them broken.",
        summary.checked, summary.accounts, summary.broken
    );
    if later > 0 {
        println!("Meta did not answer about {later}; a running server tries again in a few minutes.");
    }
    if summary.broken > 0 {
        return Err(Failure::Failed(
            "some accounts have to be connected again; their pages say why".into(),
        ));
    }
    Ok(())
}

/// Connections without an engine: nothing of a running server is touched.
pub(super) async fn connections(config: &Config, database: &Database) -> Result<Connections, Failure> {
    let key_ring = config.storage.keys.clone();
    let key_ring = key_ring.ok_or_else(|| Failure::Usage("CONCIERGE_ENCRYPTION_KEYS is required".into()))?;
    let meta = MetaAccounts::new(launch::instagram(config)?, Arc::new(SystemClock));
    let meta = meta.map_err(|error| Failure::because("the HTTP client cannot be set up", &error))?;
    Ok(Connections::new(
        database.clone(),
        keys::vault(database, key_ring).await?,
        Arc::new(SystemClock),
        Arc::new(meta),
        WakeUps::new(),
    ))
}
