//! Where the data is and which keys seal it.

use std::path::PathBuf;

use engine::vault::KeyRing;
use secrecy::{ExposeSecret, SecretString};

use super::reader::Reader;
use super::settings::{DATABASE_URL, ENCRYPTION_KEYS, MIGRATE};
use super::{Purpose, yes_or_no};

/// The database and its keys.
#[derive(Debug, Clone)]
pub struct StorageConfig {
    /// `sqlite://path` or `postgres://…`; may hold a password.
    pub url: SecretString,
    /// `serve` brings the schema up to date at start.
    pub migrate_at_start: bool,
    /// Present whenever the purpose needs it.
    pub keys: Option<KeyRing>,
}

impl StorageConfig {
    pub(super) fn read(reader: &mut Reader, purpose: Purpose) -> Self {
        let url = reader.text(DATABASE_URL);
        if !["sqlite://", "postgres://", "postgresql://"]
            .iter()
            .any(|scheme| url.starts_with(scheme))
        {
            reader.wrong(DATABASE_URL, "must start with sqlite:// or postgres://");
        }
        Self {
            url: url.into(),
            migrate_at_start: reader.parse(MIGRATE, "true or false", yes_or_no, true),
            keys: read_keys(reader, purpose),
        }
    }

    /// The file of an SQLite database.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let path = self.url.expose_secret().strip_prefix("sqlite://")?;
        let path = path.split('?').next().unwrap_or_default();
        (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(path))
    }
}

fn read_keys(reader: &mut Reader, purpose: Purpose) -> Option<KeyRing> {
    let Some(list) = reader.secret(ENCRYPTION_KEYS) else {
        if purpose != Purpose::Tables {
            reader.wrong(ENCRYPTION_KEYS, "is required: id:base64(32 bytes), comma separated, the first is active. `concierge keys new` prints one");
        }
        return None;
    };
    match KeyRing::parse(&list) {
        Ok(keys) => Some(keys),
        Err(error) => {
            reader.wrong(ENCRYPTION_KEYS, error.to_string());
            None
        }
    }
}
