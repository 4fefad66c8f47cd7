//! Makes a reply config say what a snapshot says: what import, copy and restore have in common.

use std::collections::BTreeSet;

use domain::ids::RuleId;
use domain::reply_config::{KnownRule, Snapshot};

use super::change::Change;
use super::{positions, store};
use crate::storage::StorageError;

impl Change {
    /// Writes everything that differs. Rules that the snapshot does not know are deleted and can be restored.
    pub(super) async fn make(&self, wanted: &Snapshot) -> Result<(), StorageError> {
        self.delete_others(wanted).await?;
        positions::park_all(&self.tx, self.account).await?;
        for (known, position) in wanted.rules.iter().zip(1..) {
            self.place(known, position).await?;
        }
        if wanted.default_reply != self.before.default_reply {
            store::set_default_reply(&self.tx, self.account, &wanted.default_reply).await?;
        }
        Ok(())
    }

    async fn delete_others(&self, wanted: &Snapshot) -> Result<(), StorageError> {
        let kept: BTreeSet<RuleId> = wanted.rules.iter().map(|known| known.id).collect();
        for known in self.before.rules.iter().filter(|known| !kept.contains(&known.id)) {
            store::delete_rule(&self.tx, known.id, self.now).await?;
        }
        Ok(())
    }

    async fn place(&self, known: &KnownRule, position: i64) -> Result<(), StorageError> {
        let KnownRule { id, rule } = known;
        let present = self.before.rules.iter().find(|there| there.id == *id);
        if present.is_some_and(|present| present.rule == *rule) {
            return store::set_position(&self.tx, *id, position).await;
        }
        // A rule that was deleted long ago is purged, and inserted under its old id.
        match store::save_rule(&self.tx, self.account, *id, rule, position, self.now).await? {
            true => Ok(()),
            false => self.insert(*id, rule, position).await,
        }
    }
}
