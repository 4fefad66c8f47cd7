//! One process per SQLite file: a second one would take the first one's claims for abandoned and answer customers twice.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

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
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
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
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::because(&format!("the folder {} cannot be made", folder.display()), &error))
}

fn lock_path(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}
