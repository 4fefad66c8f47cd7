//! One process per SQLite file: a second one would take the first one's claims for abandoned and answer customers twice.

use std::fs::{DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Read and write for the owner, nothing for others.
const OWNER_ONLY: u32 = 0o600;

/// Held while this process works on the file; the operating system releases it when the process ends, however it ends.
#[derive(Debug)]
pub struct DataLock {
    _file: File,
}

impl DataLock {
    /// Creates the folder of `database` if need be, and locks a file next to it.
    ///
    /// # Errors
    /// Another process holds it, or the folder cannot be written.
    pub fn take(database: &Path) -> Result<Self, Failure> {
        make_folder_of(database)?;
        let path = lock_path(database);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(OWNER_ONLY)
            .open(&path);
        let file = file.map_err(|error| Failure::because(&format!("{} cannot be opened", path.display()), &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Failure::Failed(format!(
                "another concierge process works on {}. Stop it first, or use PostgreSQL for several servers.",
                database.display()
            ))),
            Err(TryLockError::Error(error)) => Err(Failure::because(
                &format!("{} cannot be locked", path.display()),
                &error,
            )),
        }
    }
}

/// Makes the folder of a database file.
///
/// # Errors
/// It cannot be made.
pub fn make_folder_of(database: &Path) -> Result<(), Failure> {
    let Some(folder) = database.parent().filter(|folder| !folder.as_os_str().is_empty()) else {
        return Ok(());
    };
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| Failure::because(&format!("the folder {} cannot be made", folder.display()), &error))
}

/// Makes sure that only its owner can read a database file: it holds password hashes and customers' ids. SQLite gives the files beside it
/// the same rights. <https://www.sqlite.org/wal.html>
///
/// # Errors
/// It cannot be made or changed.
pub fn make_private(file: &Path) -> Result<(), Failure> {
    let failed =
        |error: &dyn std::error::Error| Failure::because(&format!("{} cannot be made private", file.display()), error);
    let options = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(OWNER_ONLY)
        .open(file);
    let opened = options.map_err(|error| failed(&error))?;
    let rights = opened.metadata().map_err(|error| failed(&error))?.permissions().mode();
    if rights & 0o077 != 0 {
        let private = Permissions::from_mode(OWNER_ONLY);
        opened.set_permissions(private).map_err(|error| failed(&error))?;
    }
    Ok(())
}

fn lock_path(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}
