//! `concierge trace`: one DM's way, for an operator who was asked what became of it.

use engine::trace::trace;

use super::database;
use crate::cli::TraceArgs;
use crate::config::{Config, Purpose, Sources};
use crate::failure::Failure;

pub(super) async fn run(args: &TraceArgs, sources: &Sources) -> Result<(), Failure> {
    let config = Config::load(sources, Purpose::Tables)?;
    let database = database::open_migrated(&config.storage).await?;
    let found = trace(&database, args.id.trim()).await;
    database.close().await;
    let found = found.map_err(|error| Failure::because("the DM cannot be looked up", &error))?;
    if found.is_empty() {
        return Err(Failure::Failed(format!(
            "no reply and no message has the id '{}'; messages are deleted after CONCIERGE_RETENTION_DAYS",
            args.id
        )));
    }
    let traces: Vec<String> = found.iter().map(|trace| trace.lines().join("\n")).collect();
    println!("{}", traces.join("\n\n"));
    Ok(())
}
