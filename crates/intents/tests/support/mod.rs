//! The model for tests. Without its file a test is skipped with a line that says so; under `CI=true` it fails.

use std::path::PathBuf;
use std::sync::OnceLock;

use intents::{Encoder, LoadError, MODEL_FILE};

/// Where `scripts/intent-model.sh` puts the model.
pub fn model_file() -> PathBuf {
    std::env::var_os("CONCIERGE_INTENT_MODEL").map_or_else(in_cache, PathBuf::from)
}

fn in_cache() -> PathBuf {
    let cache = std::env::var_os("CONCIERGE_CACHE").map(PathBuf::from).or_else(|| {
        let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
        let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
        cache.or_else(home).map(|cache| cache.join("concierge"))
    });
    cache.unwrap_or_default().join("intent-model").join(MODEL_FILE)
}

/// The encoder, loaded once per test binary; `None` where the test is skipped.
pub fn encoder() -> Option<&'static Encoder> {
    static ENCODER: OnceLock<Option<Encoder>> = OnceLock::new();
    ENCODER.get_or_init(load).as_ref()
}

fn load() -> Option<Encoder> {
    match Encoder::load(&model_file()) {
        Ok(encoder) => Some(encoder),
        Err(LoadError::Missing { path }) if std::env::var("CI").as_deref() != Ok("true") => {
            eprintln!(
                "skipped: no intent model at {}; scripts/intent-model.sh fetches it",
                path.display()
            );
            None
        }
        Err(error) => panic!("the intent model cannot be loaded: {error}"),
    }
}
