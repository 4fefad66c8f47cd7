//! What the sandbox issued, in a file: Concierge keeps the tokens across a restart, so a sandbox that forgot them would refuse every
//! account that was connected through its login dialog.

use std::collections::{BTreeMap, HashMap};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::accounts::Token;
use super::facebook::Grant;
use super::world::World;

/// Ordered, so that the same world is the same text.
#[derive(Serialize, Deserialize, Default)]
struct Issued {
    tokens: BTreeMap<String, Token>,
    grants: BTreeMap<String, Grant>,
    pages: BTreeMap<String, IssuedPage>,
}

#[derive(Serialize, Deserialize)]
struct IssuedPage {
    token: String,
    token_generation: u32,
    subscribed: Vec<String>,
}

impl Issued {
    fn of(world: &World) -> Self {
        let pages = world.pages.iter().map(|page| {
            let issued = IssuedPage {
                token: page.token.clone(),
                token_generation: page.token_generation,
                subscribed: page.subscribed.clone(),
            };
            (page.page_id.clone(), issued)
        });
        Self {
            tokens: world.tokens.clone().into_iter().collect(),
            grants: world.facebook.grants.clone().into_iter().collect(),
            pages: pages.collect(),
        }
    }

    fn give_back(self, world: &mut World) {
        world.tokens.extend(self.tokens);
        world.facebook.grants = self.grants.into_iter().collect::<HashMap<_, _>>();
        for page in &mut world.pages {
            if let Some(issued) = self.pages.get(&page.page_id) {
                page.token.clone_from(&issued.token);
                page.token_generation = issued.token_generation;
                page.subscribed.clone_from(&issued.subscribed);
            }
        }
    }
}

/// The file, and what it holds.
pub(super) struct Kept {
    file: PathBuf,
    written: Mutex<String>,
}

impl Kept {
    /// Gives `world` back what an earlier sandbox issued. A file that cannot be read is none.
    pub(super) fn restore(file: &Path, world: &mut World) -> Self {
        let written = fs::read_to_string(file).unwrap_or_default();
        if let Ok(issued) = serde_json::from_str::<Issued>(&written) {
            issued.give_back(world);
        }
        Self {
            file: file.to_path_buf(),
            written: Mutex::new(written),
        }
    }

    /// Writes what changed before anybody hears of it. The file is replaced as a whole: a process that ends meanwhile leaves the old one.
    pub(super) fn keep(&self, world: &World) {
        let Ok(text) = serde_json::to_string(&Issued::of(world)) else {
            return;
        };
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if *written == text {
            return;
        }
        let new = self.file.with_extension("new");
        match write_for_owner(&new, &text).and_then(|()| fs::rename(&new, &self.file)) {
            Ok(()) => *written = text,
            Err(error) => tracing::warn!(%error, "what the sandbox issued cannot be kept"),
        }
    }
}

/// Tokens, even pretended ones, are for nobody else's eyes.
fn write_for_owner(file: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?.write_all(text.as_bytes())
}
