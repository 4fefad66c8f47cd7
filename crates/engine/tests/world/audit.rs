//! What must hold at the end of every story.

use std::collections::HashMap;

use engine::credits;
use engine::storage::sql;
use sea_orm::FromQueryResult;

use super::World;

#[derive(FromQueryResult)]
struct Opened {
    customer_id: String,
    replies: i64,
}

impl World {
    /// The books balance, nothing final keeps its words, log and replies agree, and nobody got more replies than they wrote
    /// messages.
    pub async fn audit(&self) {
        assert_eq!(credits::verify(&self.database).await.unwrap(), []);
        let kept = "sealed_values s JOIN replies r ON r.id = s.owner_id
            WHERE r.tenant_id = $1 AND r.settled_at IS NOT NULL";
        assert_eq!(self.count(kept).await, 0, "final replies keep no words");
        let differing = "replies r JOIN messages m ON m.id = r.message_id
            WHERE r.tenant_id = $1 AND r.settled_at IS NOT NULL AND (m.outcome IS NULL OR m.outcome <> r.state
                OR COALESCE(m.reason, '') <> COALESCE(r.reason, ''))";
        let told = "the log tells what became of every reply";
        assert_eq!(self.count(differing).await, 0, "{told}");
        self.nobody_got_too_many().await;
    }

    async fn nobody_got_too_many(&self) {
        let text = "SELECT c.customer_id, COUNT(*) AS replies FROM replies r
            JOIN conversations c ON c.id = r.conversation_id GROUP BY c.customer_id";
        let opened: Vec<Opened> = sql::all(self.database.reader(), text, []).await.unwrap();
        let opened: HashMap<String, i64> = opened.into_iter().map(|row| (row.customer_id, row.replies)).collect();
        let mut sent: HashMap<String, i64> = HashMap::new();
        for message in self.meta().sent() {
            *sent.entry(message.recipient).or_default() += 1;
        }
        for (recipient, count) in sent {
            assert!(
                Some(&count) <= opened.get(&recipient),
                "{count} replies to {recipient} of {opened:?}"
            );
        }
    }
}
