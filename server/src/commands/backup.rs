//! `concierge backup PATH`: a copy of the SQLite file as of one moment, written while the server runs, checked before it is called good.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use engine::credits;
use engine::replies::count_open_replies;
use engine::storage::Database;
use engine::vault::key_ids_in_use;

use super::database;
use crate::cli::BackupArgs;
use crate::config::{Config, Purpose, Sources};
use crate::failure::Failure;

/// What a copy holds.
pub(super) struct Copied {
    pub(super) bytes: u64,
    pub(super) key_ids: Vec<String>,
    pub(super) open_replies: i64,
}

pub(super) async fn run(args: &BackupArgs, sources: &Sources) -> Result<(), Failure> {
    let config = Config::load(sources, Purpose::Tables)?;
    if config.storage.sqlite_file().is_none() {
        return Err(Failure::Usage(format!(
            "PostgreSQL has its own: pg_dump --format=custom --file={} \"$CONCIERGE_DATABASE_URL\"",
            args.path.display()
        )));
    }
    let database = database::open_migrated(&config.storage).await?;
    make_private(&args.path)?;
    let copied = database.copy_to(&args.path).await;
    database.close().await;
    copied.map_err(|error| Failure::because("the database cannot be copied", &error))?;
    flush(&args.path)?;
    let copied = check(&args.path).await?;
    println!(
        "{}: {} bytes, whole; open replies in it: {}.",
        args.path.display(),
        copied.bytes,
        copied.open_replies
    );
    if !copied.key_ids.is_empty() {
        println!(
            "Keep the encryption keys {} elsewhere: without them its tokens cannot be opened.",
            copied.key_ids.join(", ")
        );
    }
    Ok(())
}

/// An empty file that only its owner can read.
pub(super) fn make_private(path: &Path) -> Result<(), Failure> {
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    made.map(drop)
        .map_err(|error| Failure::because(&format!("{} cannot be made", path.display()), &error))
}

pub(super) fn flush(path: &Path) -> Result<(), Failure> {
    let flushed = File::open(path).and_then(|file| file.sync_all());
    flushed.map_err(|error| Failure::because(&format!("{} cannot be written", path.display()), &error))
}

/// Reads the whole copy.
///
/// # Errors
/// It is damaged, of a later release, or its ledger does not agree.
pub(super) async fn check(path: &Path) -> Result<Copied, Failure> {
    let unreadable =
        |error: &dyn std::error::Error| Failure::because(&format!("{} cannot be read", path.display()), error);
    let bytes = std::fs::metadata(path).map_err(|error| unreadable(&error))?.len();
    let copy = Database::open(&format!("sqlite://{}", path.display())).await;
    let copy = copy.map_err(|error| unreadable(&error))?;
    let checked = inspect(&copy, bytes).await;
    copy.close().await;
    checked
}

async fn inspect(copy: &Database, bytes: u64) -> Result<Copied, Failure> {
    let failed = |error: &dyn std::error::Error| Failure::because("the backup cannot be used", error);
    let damages = copy.damages().await.map_err(|error| failed(&error))?;
    if let Some(damage) = damages.first() {
        return Err(Failure::Failed(format!("the backup is damaged: {damage}")));
    }
    copy.check_schema_version().await.map_err(|error| failed(&error))?;
    let differing = credits::verify(copy).await.map_err(|error| failed(&error))?;
    if let Some(first) = differing.first() {
        return Err(Failure::Failed(format!(
            "the ledger of the backup does not agree: {first}"
        )));
    }
    Ok(Copied {
        bytes,
        key_ids: key_ids_in_use(copy).await.map_err(|error| failed(&error))?,
        open_replies: count_open_replies(copy).await.map_err(|error| failed(&error))?,
    })
}
