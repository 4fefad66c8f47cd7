//! `concierge migrate`: brings the schema up to date. Several copies may run at once.

use engine::jobs;

use super::database;
use crate::config::{Config, Purpose, Sources};
use crate::failure::Failure;

pub(super) async fn run(sources: &Sources) -> Result<(), Failure> {
    let config = Config::load(sources, Purpose::Tables)?;
    let database = database::open(&config.storage).await?;
    jobs::migrate(&database)
        .await
        .map_err(|error| Failure::because("the schema cannot be brought up to date", &error))?;
    println!("The database is up to date.");
    database.close().await;
    Ok(())
}
