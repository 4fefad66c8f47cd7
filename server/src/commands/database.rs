//! Opens the database, for a command or for the server.

use engine::jobs;
use engine::storage::{Database, StorageError};
use secrecy::ExposeSecret;

use crate::config::StorageConfig;
use crate::data_lock::{make_folder_of, make_private};
use crate::failure::Failure;

/// The database for a command, created if it is an SQLite file that is not there yet.
///
/// # Errors
/// It cannot be reached or made.
pub(crate) async fn open(config: &StorageConfig) -> Result<Database, Failure> {
    prepare_sqlite_file(config)?;
    let opened = Database::open_for_command(config.url.expose_secret()).await;
    opened.map_err(|error| cannot_open(&error))
}

/// The database for the server, whose callers do not wait as long as a command does.
///
/// # Errors
/// As [`open`].
pub(crate) async fn open_for_server(config: &StorageConfig) -> Result<Database, Failure> {
    prepare_sqlite_file(config)?;
    let opened = Database::open(config.url.expose_secret()).await;
    opened.map_err(|error| cannot_open(&error))
}

fn prepare_sqlite_file(config: &StorageConfig) -> Result<(), Failure> {
    if let Some(file) = config.sqlite_file() {
        make_folder_of(&file)?;
        make_private(&file)?;
    }
    Ok(())
}

fn cannot_open(error: &StorageError) -> Failure {
    Failure::because("the database cannot be opened (CONCIERGE_DATABASE_URL)", error)
}

/// The database, with the schema of this release.
///
/// # Errors
/// It cannot be reached, or its schema is older.
pub(crate) async fn open_migrated(config: &StorageConfig) -> Result<Database, Failure> {
    let database = open(config).await?;
    let pending = jobs::pending_migrations(&database).await;
    if pending.map_err(|error| Failure::because("the database cannot be read", &error))? {
        return Err(Failure::Failed(
            "the database is not up to date; run `concierge migrate` first".into(),
        ));
    }
    Ok(database)
}
