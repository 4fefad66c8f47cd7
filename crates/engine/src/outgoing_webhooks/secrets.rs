//! Signing secrets, which are stored nowhere: each is derived from a random salt with the database's digest key, so that it needs the
//! encryption keys as well as the row, survives their rotation, and is gone with its salt.

use std::time::Duration;

use domain::ids::{TenantId, WebhookEndpointId};

use super::signing::WebhookSecret;
use crate::vault::Vault;

/// How long an earlier secret signs beside the new one.
pub(super) const EARLIER_SECRET_SIGNS_FOR: Duration = Duration::from_secs(24 * 60 * 60);
/// How long the owner who made a secret may read it.
pub(super) const SECRET_IS_SHOWN_FOR: Duration = Duration::from_secs(10 * 60);

const SALT_BYTES: usize = 16;

pub(super) fn new_salt() -> Vec<u8> {
    let mut salt = [0u8; SALT_BYTES];
    rand::fill(&mut salt);
    salt.to_vec()
}

pub(super) fn derive(vault: &Vault, tenant: TenantId, endpoint: WebhookEndpointId, salt: &[u8]) -> WebhookSecret {
    let place = format!("{}|{}|{}", tenant.as_uuid(), endpoint.as_uuid(), hex::encode(salt));
    let digest = vault.digest("webhook_secret", place.as_bytes());
    WebhookSecret::from_bytes(hex::decode(digest).unwrap_or_else(|_| unreachable!("a digest is hex")))
}
