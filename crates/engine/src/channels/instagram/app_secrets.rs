//! The app's secrets, and which of them Meta takes: several are configured while one replaces another.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use secrecy::SecretString;

/// The configured secrets, in the order of the configuration. Clones share what one of them learns.
#[derive(Debug, Clone)]
pub struct AppSecrets {
    secrets: Arc<[SecretString]>,
    taken: Arc<AtomicUsize>,
}

impl AppSecrets {
    /// The first one is used until Meta refuses it; `None` without any.
    #[must_use]
    pub fn new(secrets: Vec<SecretString>) -> Option<Self> {
        (!secrets.is_empty()).then(|| Self {
            secrets: secrets.into(),
            taken: Arc::default(),
        })
    }

    /// Which one Meta took last.
    pub(super) fn present(&self) -> usize {
        self.taken.load(Ordering::SeqCst)
    }

    pub(super) fn get(&self, index: usize) -> &SecretString {
        self.secrets.get(index).unwrap_or(&self.secrets[0])
    }

    /// All of them, the present one first.
    pub(super) fn all(&self) -> impl Iterator<Item = usize> {
        let present = self.present();
        let others = (0..self.secrets.len()).filter(move |index| *index != present);
        std::iter::once(present).chain(others)
    }

    /// Meta takes this one; said once when it is another than before.
    pub(super) fn remember(&self, index: usize) {
        if self.taken.swap(index, Ordering::SeqCst) != index {
            tracing::warn!(
                number = index + 1,
                "Meta takes another one of the app secrets now; remove the old one from CONCIERGE_META_APP_SECRET when the change is through"
            );
        }
    }
}

impl From<SecretString> for AppSecrets {
    fn from(secret: SecretString) -> Self {
        Self {
            secrets: Arc::new([secret]),
            taken: Arc::default(),
        }
    }
}
