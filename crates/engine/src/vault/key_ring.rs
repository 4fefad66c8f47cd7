//! The keys of the deployment: `id:base64(32 bytes)`, comma separated; the first seals, all of them open.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::KeyRingError;

const KEY_BYTES: usize = 32;
const LONGEST_ID: usize = 32;

/// One key with its id.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) id: String,
    pub(super) bytes: Zeroizing<[u8; KEY_BYTES]>,
}

/// All keys a server knows; never empty.
#[derive(Clone)]
pub struct KeyRing {
    keys: Vec<Key>,
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_list().entries(self.ids()).finish()
    }
}

impl KeyRing {
    /// Reads the configured list.
    ///
    /// # Errors
    /// The first entry that cannot be used.
    pub fn parse(list: &SecretString) -> Result<Self, KeyRingError> {
        let mut keys: Vec<Key> = Vec::new();
        let entries = list
            .expose_secret()
            .split(',')
            .map(str::trim)
            .filter(|entry| !entry.is_empty());
        for (index, entry) in entries.enumerate() {
            let key = parse_key(entry, index + 1)?;
            if keys.iter().any(|known| known.id == key.id) {
                return Err(KeyRingError::Duplicate { id: key.id });
            }
            keys.push(key);
        }
        if keys.is_empty() {
            Err(KeyRingError::Empty)
        } else {
            Ok(Self { keys })
        }
    }

    /// The ids, the active one first.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.id.as_str())
    }

    pub(super) fn active(&self) -> &Key {
        &self.keys[0]
    }

    pub(super) fn find(&self, id: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.id == id)
    }
}

fn parse_key(entry: &str, position: usize) -> Result<Key, KeyRingError> {
    let (id, encoded) = entry.split_once(':').ok_or(KeyRingError::Malformed { position })?;
    let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if id.is_empty() || id.len() > LONGEST_ID || !id.chars().all(allowed) {
        return Err(KeyRingError::BadId { position });
    }
    let bad_key = || KeyRingError::BadKey { id: id.to_owned() };
    let decoded = Zeroizing::new(STANDARD.decode(encoded).map_err(|_| bad_key())?);
    let bytes: [u8; KEY_BYTES] = decoded.as_slice().try_into().map_err(|_| bad_key())?;
    Ok(Key {
        id: id.to_owned(),
        bytes: Zeroizing::new(bytes),
    })
}

/// A new random entry for the list: `id:base64`.
#[must_use]
pub fn generate_key(id: &str) -> SecretString {
    let mut bytes = Zeroizing::new([0u8; KEY_BYTES]);
    rand::fill(bytes.as_mut_slice());
    format!("{id}:{}", STANDARD.encode(bytes.as_slice())).into()
}
