//! Whether intents work, in words for pages and `concierge doctor`.

use std::path::{Path, PathBuf};

use ::intents::{Encoder, LoadError};

/// Whether intents work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntentsState {
    /// Switched off.
    Off,
    /// This process embeds; the model file is there.
    Embedded,
    /// This process should embed but cannot.
    ModelUnusable(ModelProblem),
    /// A provider embeds with this model.
    Provider {
        /// Its name.
        model: String,
    },
}

/// Why the intent model cannot be used: a sentence with a next step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelProblem {
    /// No file.
    #[error("The intent model is missing: there is no file {}. docs/ai.md says how to get it.", .0.display())]
    Missing(PathBuf),
    /// The system does not let us read it.
    #[error("The intent model {} cannot be read. Check the file's permissions.", .0.display())]
    Unreadable(PathBuf),
    /// Made for another version of this program.
    #[error("The intent model {} is of another version. Get it again as docs/ai.md says.", .0.display())]
    WrongVersion(PathBuf),
    /// Cut off or changed.
    #[error("The intent model {} is damaged. Get it again as docs/ai.md says.", .0.display())]
    Damaged(PathBuf),
}

/// Reads the whole model file and lets go of it: for `concierge doctor`.
///
/// # Errors
/// It cannot be used.
pub async fn verify_model(path: &Path) -> Result<(), ModelProblem> {
    load(path.to_owned()).await.map(drop)
}

/// Reads the model file on a thread that may block.
pub(super) async fn load(path: PathBuf) -> Result<Encoder, ModelProblem> {
    let unreadable = ModelProblem::Unreadable(path.clone());
    let loading = tokio::task::spawn_blocking(move || Encoder::load(&path).map_err(|error| problem(path, &error)));
    loading.await.unwrap_or(Err(unreadable))
}

fn problem(path: PathBuf, error: &LoadError) -> ModelProblem {
    match error {
        LoadError::Missing { .. } => ModelProblem::Missing(path),
        LoadError::Unreadable { .. } => ModelProblem::Unreadable(path),
        LoadError::WrongVersion => ModelProblem::WrongVersion(path),
        LoadError::Damaged => ModelProblem::Damaged(path),
    }
}
