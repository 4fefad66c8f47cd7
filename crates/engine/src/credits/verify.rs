//! Proves that balances, batches, ledger and replies agree: `concierge credits verify`, the tests and the drill.

use domain::credits::LedgerKind;
use domain::ids::{ReplyId, TenantId};
use domain::replies::ReplyState;

use super::sql::{WRONG_REPLIES, WRONG_TENANTS};
use crate::storage::{Database, StorageError, sql};

/// Two places that should agree and do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Discrepancy {
    /// The balance differs from the ledger's sum or the batches' sum.
    Tenant {
        /// Whose.
        tenant: TenantId,
        /// As guarded.
        balance: i64,
        /// As explained.
        ledger: i64,
        /// As left in batches.
        batches: i64,
    },
    /// A reply was charged or refunded in a way its state does not allow.
    Reply {
        /// Which.
        reply: ReplyId,
        /// Its state.
        state: ReplyState,
        /// Deductions found.
        deducted: i64,
        /// Restorations found.
        restored: i64,
    },
}

impl std::fmt::Display for Discrepancy {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tenant {
                tenant,
                balance,
                ledger,
                batches,
            } => {
                write!(
                    formatter,
                    "tenant {tenant}: balance {balance}, ledger {ledger}, batches {batches}"
                )
            }
            Self::Reply {
                reply,
                state,
                deducted,
                restored,
            } => {
                write!(
                    formatter,
                    "reply {reply} is {state} with {deducted} deducted and {restored} restored"
                )
            }
        }
    }
}

/// Everything that does not add up; empty when all is well.
pub async fn verify(database: &Database) -> Result<Vec<Discrepancy>, StorageError> {
    let tenants = sql::values(database.reader(), WRONG_TENANTS, []).await?;
    let tenants = tenants
        .into_iter()
        .map(|(tenant, balance, ledger, batches)| Discrepancy::Tenant {
            tenant,
            balance,
            ledger,
            batches,
        });
    let kinds = [LedgerKind::Deduct, LedgerKind::Restore].map(Into::into);
    let states = ReplyState::all().iter().map(|state| (*state).into());
    let replies = sql::values(database.reader(), WRONG_REPLIES, kinds.into_iter().chain(states)).await?;
    let replies = replies
        .into_iter()
        .map(|(reply, state, deducted, restored)| Discrepancy::Reply {
            reply,
            state,
            deducted,
            restored,
        });
    Ok(tenants.chain(replies).collect())
}
