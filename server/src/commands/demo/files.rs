//! What the demo keeps in its folder: database, encryption key, the password of its admin, the tokens that its sandbox issued.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use crate::commands::keys;
use crate::data_lock::DataLock;
use crate::failure::Failure;

const DATABASE: &str = "demo.db";
const KEYS: &str = "demo.keys";
const PASSWORD: &str = "demo.password";
/// Tokens of the pretend Meta, which open nothing else.
const ISSUED: &str = "demo.issued.json";

/// The demo's folder.
#[derive(Debug)]
pub(super) struct DemoFiles {
    folder: PathBuf,
}

impl DemoFiles {
    /// Makes the folder; `reset` empties it of what the demo keeps.
    pub(super) fn prepare(folder: &Path, reset: bool) -> Result<Self, Failure> {
        let files = Self {
            folder: folder.to_path_buf(),
        };
        let database = files.path(DATABASE);
        let lock = DataLock::take(&database)?;
        if reset {
            for name in [DATABASE, "demo.db-wal", "demo.db-shm", KEYS, PASSWORD, ISSUED] {
                files.remove(name)?;
            }
        }
        drop(lock);
        Ok(files)
    }

    pub(super) fn database_url(&self) -> String {
        format!("sqlite://{}", self.path(DATABASE).display())
    }

    /// Where the sandbox keeps what it issued.
    pub(super) fn issued_tokens(&self) -> PathBuf {
        self.path(ISSUED)
    }

    /// The encryption key: made on the first start.
    pub(super) fn keys(&self) -> Result<SecretString, Failure> {
        if let Some(keys) = self.read(KEYS)? {
            return Ok(keys);
        }
        let keys = keys::generate();
        self.write(KEYS, &keys)?;
        Ok(keys)
    }

    /// The admin's present password, if there is an admin.
    pub(super) fn password(&self) -> Result<Option<SecretString>, Failure> {
        self.read(PASSWORD)
    }

    pub(super) fn keep_password(&self, password: &SecretString) -> Result<(), Failure> {
        self.write(PASSWORD, password)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn remove(&self, name: &str) -> Result<(), Failure> {
        match std::fs::remove_file(self.path(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(self.failed(name, &error)),
            _ => Ok(()),
        }
    }

    fn read(&self, name: &str) -> Result<Option<SecretString>, Failure> {
        match std::fs::read_to_string(self.path(name)) {
            Ok(text) => Ok(Some(text.trim().to_owned().into())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.failed(name, &error)),
        }
    }

    /// Writes a file that only its owner can read.
    fn write(&self, name: &str, secret: &SecretString) -> Result<(), Failure> {
        self.remove(name)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options
            .open(self.path(name))
            .and_then(|mut file| writeln!(file, "{}", secret.expose_secret()));
        written.map_err(|error| self.failed(name, &error))
    }

    fn failed(&self, name: &str, error: &std::io::Error) -> Failure {
        Failure::because(&format!("{} cannot be used", self.path(name).display()), error)
    }
}
