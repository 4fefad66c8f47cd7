//! A copy of an SQLite database while it is in use, and whether a copy is whole.

use std::path::Path;

use sea_orm::DatabaseBackend;

use super::{Database, StorageError, sql};

impl Database {
    /// Writes the database as of one moment into `file`, which must be missing or empty. Readers and writers go on meanwhile.
    /// <https://www.sqlite.org/lang_vacuum.html#vacuuminto>
    ///
    /// # Errors
    /// [`StorageError::Setup`] on PostgreSQL or for a path that is no text; [`StorageError::Unavailable`] for a full disk.
    pub async fn copy_to(&self, file: &Path) -> Result<(), StorageError> {
        if self.backend() != DatabaseBackend::Sqlite {
            return Err(StorageError::Setup("only an SQLite database is one file".into()));
        }
        let path = file.to_str();
        let path = path.ok_or_else(|| StorageError::Setup("the path of the copy is no text".into()))?;
        sql::execute(self.writer(), "VACUUM INTO $1", [path.into()]).await?;
        Ok(())
    }

    /// What SQLite finds wrong with the file; nothing when it is whole.
    pub async fn damages(&self) -> Result<Vec<String>, StorageError> {
        let found: Vec<String> = sql::values(self.writer(), "PRAGMA integrity_check", []).await?;
        let orphans: Vec<String> =
            sql::values(self.writer(), "SELECT \"table\" FROM pragma_foreign_key_check", []).await?;
        let orphans = orphans
            .into_iter()
            .map(|table| format!("a row of {table} refers to nothing"));
        Ok(found.into_iter().filter(|line| line != "ok").chain(orphans).collect())
    }
}
