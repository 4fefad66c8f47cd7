//! What a message means: how well it fits the Prompt rules of an account.
//!
//! Rules are embedded when they are saved and stored with encoder and recipe version (`intent_vectors`); the message is embedded
//! once, only when a Prompt rule is reached, and never inside a transaction.

use domain::decide::IntentScores;
use domain::ids::{AccountId, TenantId};
use domain::rules::ReplyConfig;

use crate::storage::StorageError;
use crate::vault::Content;

/// Scores messages against the intents of accounts. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Intents {}

impl Intents {
    /// How well `message` fits each enabled Prompt rule of `config`: [`IntentScores::Off`] without an encoder, `Unavailable` when the
    /// provider does not answer; a rule whose vectors are not there yet is missing.
    pub async fn scores(
        &self,
        _tenant: TenantId,
        _account: AccountId,
        _config: &ReplyConfig,
        _message: &Content,
    ) -> Result<IntentScores, StorageError> {
        Ok(IntentScores::Off)
    }
}
