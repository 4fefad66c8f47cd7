//! `concierge restore PATH`: puts a backup in the place of a database that is gone. What was open in it is ended, because it may have
//! been answered after the backup was made.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use engine::clock::{Clock, SystemClock};
use engine::jobs;
use engine::replies::end_restored_replies;
use engine::storage::Database;

use super::backup::{Copied, check, flush, make_private};
use crate::cli::RestoreArgs;
use crate::config::{Config, Purpose, Sources};
use crate::data_lock::DataLock;
use crate::failure::Failure;

/// A database and what SQLite keeps beside it.
const ENDINGS: [&str; 3] = ["", "-wal", "-shm"];

pub(super) async fn run(args: &RestoreArgs, sources: &Sources) -> Result<(), Failure> {
    let config = Config::load(sources, Purpose::Tables)?;
    let Some(target) = config.storage.sqlite_file() else {
        return Err(Failure::Usage(
            "PostgreSQL has its own: pg_restore --clean --dbname=\"$CONCIERGE_DATABASE_URL\" FILE".into(),
        ));
    };
    let copied = check(&args.path).await?;
    tell(&args.path, &copied);
    if args.check {
        return Ok(());
    }
    let _lock = DataLock::take(&target)?;
    refuse_to_overwrite(&target)?;
    // In place only when nothing in it is open any more: a crash before that leaves no database that would answer again.
    let unfinished = beside(&target, ".restoring");
    put(&args.path, &unfinished)?;
    let ended = end_open_replies(&unfinished).await?;
    remove_log(&unfinished)?;
    std::fs::rename(&unfinished, &target)
        .map_err(|error| Failure::because(&format!("{} cannot be put in place", target.display()), &error))?;
    println!(
        "{} is restored. Ended replies that were open: {ended}. Start `concierge serve`.",
        target.display()
    );
    Ok(())
}

fn tell(path: &Path, copied: &Copied) {
    let keys = match copied.key_ids.as_slice() {
        [] => "none".to_owned(),
        ids => ids.join(", "),
    };
    println!(
        "{}: {} bytes, whole; open replies in it: {}; encryption keys it needs: {keys}.",
        path.display(),
        copied.bytes,
        copied.open_replies
    );
}

/// A database that is there may hold what the backup lacks.
fn refuse_to_overwrite(target: &Path) -> Result<(), Failure> {
    let files = ENDINGS.map(|ending| beside(target, ending));
    match files.iter().find(|file| file.exists()) {
        None => Ok(()),
        Some(file) => Err(Failure::Failed(format!(
            "{} is there. Move it away first; a restore never overwrites.",
            file.display()
        ))),
    }
}

/// Over what an earlier restore left that did not end.
fn put(backup: &Path, unfinished: &Path) -> Result<(), Failure> {
    let failed =
        |error: &dyn std::error::Error| Failure::because(&format!("{} cannot be written", unfinished.display()), error);
    remove_files(ENDINGS.map(|ending| beside(unfinished, ending)))?;
    make_private(unfinished)?;
    std::fs::copy(backup, unfinished).map_err(|error| failed(&error))?;
    flush(unfinished)
}

/// The name changes without the log beside the file. A reader that closed last leaves an empty one; one with pages in it is still needed.
fn remove_log(unfinished: &Path) -> Result<(), Failure> {
    let log = beside(unfinished, "-wal");
    if std::fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
        let words = format!("{} could not be finished. Try again.", unfinished.display());
        return Err(Failure::Failed(words));
    }
    remove_files([log, beside(unfinished, "-shm")])
}

fn remove_files(files: impl IntoIterator<Item = PathBuf>) -> Result<(), Failure> {
    for file in files {
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                let words = format!("{} cannot be removed", file.display());
                return Err(Failure::because(&words, &error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The file whose name goes on like this.
fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

async fn end_open_replies(file: &Path) -> Result<u64, Failure> {
    let failed = |error: &dyn std::error::Error| Failure::because("the restored database cannot be prepared", error);
    let database = Database::open(&format!("sqlite://{}", file.display())).await;
    let database = database.map_err(|error| failed(&error))?;
    jobs::migrate(&database).await.map_err(|error| failed(&error))?;
    let ended = end_restored_replies(&database, SystemClock.now()).await;
    database.close().await;
    ended.map_err(|error| failed(&error))
}
