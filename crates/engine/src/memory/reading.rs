//! What a conversation remembers.

use domain::ids::{ConversationId, TenantId};
use domain::messages::Author;
use domain::time::Timestamp;

use super::sql::{TURNS, TurnRow};
use super::{IDLE, LONGEST, MOST_TURNS};
use crate::storage::{Connection, StorageError, sql};
use crate::vault::{Content, Sealed, Vault, store};

/// One turn of a conversation. It has no `Debug`: it holds words.
#[derive(Clone)]
pub struct Turn {
    /// Customer or Concierge.
    pub author: Author,
    /// What was written.
    pub text: Content,
}

/// The turns of a conversation, the oldest first; none when it was idle for too long. A turn that no key opens is left out.
pub async fn turns<C: Connection>(
    connection: &C,
    vault: &Vault,
    tenant: TenantId,
    conversation: ConversationId,
    now: Timestamp,
) -> Result<Vec<Turn>, StorageError> {
    let values = [
        conversation.into(),
        tenant.into(),
        (now - LONGEST).into(),
        i64::try_from(MOST_TURNS).unwrap_or(i64::MAX).into(),
    ];
    let rows: Vec<TurnRow> = sql::all(connection, TURNS, values).await?;
    if rows.first().is_none_or(|newest| newest.occurred_at <= now - IDLE) {
        return Ok(Vec::new());
    }
    let turns = rows.into_iter().rev();
    Ok(turns.filter_map(|row| open(vault, tenant, row)).collect())
}

fn open(vault: &Vault, tenant: TenantId, row: TurnRow) -> Option<Turn> {
    let sealed = Sealed {
        key_id: row.key_id,
        ciphertext: row.ciphertext,
    };
    match store::unseal(vault, row.purpose, tenant, row.id.as_uuid(), &sealed) {
        Ok(text) => Some(Turn {
            author: row.author,
            text,
        }),
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "a remembered turn cannot be opened");
            None
        }
    }
}
