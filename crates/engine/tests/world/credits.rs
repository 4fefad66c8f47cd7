//! Credits of a story.

use domain::credits::LedgerKind;
use domain::ids::{ReplyId, TenantId};
use domain::time::Timestamp;
use engine::credits::{self, Grant, Reservation};
use uuid::Uuid;

use super::World;

impl World {
    pub async fn grant_credits(&self, amount: i64) {
        self.grant_credits_until(amount, None).await;
    }

    pub async fn grant_credits_until(&self, amount: i64, expires_at: Option<Timestamp>) {
        self.grant(self.tenant, amount, expires_at, "story").await;
    }

    pub async fn grant(&self, tenant: TenantId, amount: i64, expires_at: Option<Timestamp>, note: &str) {
        let transaction = self.database.begin().await.unwrap();
        let grant = Grant {
            tenant,
            amount,
            expires_at,
            note: note.into(),
            reference: None,
        };
        credits::grant(&transaction, &grant, self.now()).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// Reserves `count` credits for replies that nobody writes.
    pub async fn use_up_credits(&self, count: usize) {
        for _ in 0..count {
            self.reserve_credit(ReplyId::from_uuid(Uuid::now_v7())).await;
        }
    }

    pub async fn reserve_credit(&self, reply: ReplyId) {
        let transaction = self.database.begin().await.unwrap();
        let reserved = credits::reserve(&transaction, self.tenant, reply, self.now()).await;
        assert_eq!(reserved.unwrap(), Reservation::Reserved);
        transaction.commit().await.unwrap();
    }

    pub async fn balance(&self) -> i64 {
        self.number("SELECT balance AS number FROM credit_balances WHERE tenant_id = $1")
            .await
    }

    /// How many rows of that kind the ledger has.
    pub async fn ledger(&self, kind: LedgerKind) -> i64 {
        let kind = kind.as_str();
        self.count(&format!("credit_ledger WHERE tenant_id = $1 AND kind = '{kind}'"))
            .await
    }
}
