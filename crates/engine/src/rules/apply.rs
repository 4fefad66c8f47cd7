//! Makes a reply config say what a snapshot says: what import, copy and restore have in common.

use std::collections::BTreeSet;

use domain::ids::RuleId;
use domain::reply_config::{KnownRule, Snapshot};
use sea_orm::Value;

use super::change::Change;
use super::store;
use crate::storage::{StorageError, sql};

impl Change {
    /// Writes everything that differs. Rules that the snapshot does not know are deleted and can be brought back.
    pub(super) async fn make(&self, wanted: &Snapshot) -> Result<(), StorageError> {
        self.delete_others(wanted).await?;
        // Parked on negative numbers, so that places can be given in any order.
        let park = "UPDATE rules SET position = -position WHERE account_id = $1 AND deleted_at IS NULL";
        sql::execute(&self.tx, park, [self.account.as_uuid().into()]).await?;
        for (known, position) in wanted.rules.iter().zip(1..) {
            self.place(known, position).await?;
        }
        if wanted.default_reply != self.before.default_reply {
            let text = "UPDATE reply_configs SET default_response = $2, default_version = default_version + 1
                WHERE account_id = $1";
            let reply = store::to_json(&wanted.default_reply)?;
            sql::execute(&self.tx, text, [self.account.as_uuid().into(), reply.into()]).await?;
        }
        Ok(())
    }

    async fn delete_others(&self, wanted: &Snapshot) -> Result<(), StorageError> {
        let kept: BTreeSet<RuleId> = wanted.rules.iter().map(|known| known.id).collect();
        let text = "UPDATE rules SET deleted_at = $2 WHERE id = $1";
        for known in self.before.rules.iter().filter(|known| !kept.contains(&known.id)) {
            let values = [known.id.as_uuid().into(), self.now.as_millis().into()];
            sql::execute(&self.tx, text, values).await?;
        }
        Ok(())
    }

    async fn place(&self, known: &KnownRule, position: i64) -> Result<(), StorageError> {
        let KnownRule { id, rule } = known;
        let present = self.before.rules.iter().find(|there| there.id == *id);
        if present.is_some_and(|present| present.rule == *rule) {
            let text = "UPDATE rules SET position = $2 WHERE id = $1";
            sql::execute(&self.tx, text, [id.as_uuid().into(), position.into()]).await?;
            return Ok(());
        }
        let text = "UPDATE rules SET position = $3, label = $4, matcher = $5, response = $6, enabled = $7,
                leave_to_person = $8, version = version + 1, updated_at = $9, deleted_at = NULL
            WHERE id = $1 AND account_id = $2";
        let values: [Value; 9] = [
            id.as_uuid().into(),
            self.account.as_uuid().into(),
            position.into(),
            rule.label.as_str().into(),
            store::to_json(&rule.matcher)?.into(),
            store::to_json(&rule.response)?.into(),
            rule.enabled.into(),
            rule.leave_to_person.into(),
            self.now.as_millis().into(),
        ];
        // A rule that was deleted long ago is gone for good and written anew, under its old id.
        if sql::execute(&self.tx, text, values).await? == 0 {
            self.write_new(*id, rule, position).await?;
        }
        Ok(())
    }
}
