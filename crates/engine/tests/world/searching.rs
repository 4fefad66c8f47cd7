//! Looks for words in the database of a story.

use super::World;
use crate::support;

pub use crate::support::files_hold;

/// Tables in which the word stands, as text or as bytes.
pub async fn tables_with(world: &World, word: &str) -> Vec<String> {
    support::tables_with(&world.database, word).await
}
