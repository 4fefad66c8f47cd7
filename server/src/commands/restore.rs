//! `concierge restore PATH`: puts a backup in the place of a database that is gone. What was open in it is ended, because it may have
//! been answered after the backup was made.

use std::path::Path;

use engine::clock::{Clock, SystemClock};
use engine::jobs;
use engine::replies::end_restored_replies;
use engine::storage::Database;

use super::backup::{Copied, check, flush, make_private};
use crate::cli::RestoreArgs;
use crate::config::{Config, Purpose, Sources};
use crate::data_lock::DataLock;
use crate::failure::Failure;

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
    put(&args.path, &target)?;
    let ended = end_open_replies(&target).await?;
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

/// Never over a database that is there: it may hold what the backup lacks.
fn put(backup: &Path, target: &Path) -> Result<(), Failure> {
    for ending in ["", "-wal", "-shm"] {
        let mut name = target.as_os_str().to_owned();
        name.push(ending);
        if Path::new(&name).exists() {
            return Err(Failure::Failed(format!(
                "{} is there. Move it away first; a restore never overwrites.",
                Path::new(&name).display()
            )));
        }
    }
    make_private(target)?;
    let copied = std::fs::copy(backup, target);
    copied.map_err(|error| Failure::because(&format!("{} cannot be written", target.display()), &error))?;
    flush(target)
}

async fn end_open_replies(target: &Path) -> Result<u64, Failure> {
    let failed = |error: &dyn std::error::Error| Failure::because("the restored database cannot be prepared", error);
    let database = Database::open(&format!("sqlite://{}", target.display())).await;
    let database = database.map_err(|error| failed(&error))?;
    jobs::migrate(&database).await.map_err(|error| failed(&error))?;
    let ended = end_restored_replies(&database, SystemClock.now()).await;
    database.close().await;
    ended.map_err(|error| failed(&error))
}
