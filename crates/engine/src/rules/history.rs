//! Who changed what in a reply config, and the way back to any of its states.

use domain::ids::{AccountId, ChangeId};
use domain::reply_config::{ConfigDiff, Snapshot};
use domain::views::{ChangeSide, ConfigChange, ConfigPreview};

use super::change::Change;
use super::sql::{CHANGES_SINCE, ChangeRow, LAST_CHANGES};
use super::store::ListChange;
use super::{Rules, RulesError};
use crate::identity::{Actor, TenantTime};
use crate::storage::{Connection, sql};

/// Changes on the page.
const SHOWN: i64 = 50;

impl Rules {
    /// The last changes of an account's reply config, the newest first.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn history(&self, account: AccountId) -> Result<Vec<ConfigChange>, RulesError> {
        let reader = self.database.reader();
        let mut state = self.snapshot(account).await?;
        let time = TenantTime::of(reader, self.tenant, self.clock.now()).await?;
        let values = [self.tenant.into(), account.into(), SHOWN.into()];
        let mut changes = Vec::new();
        for row in sql::all::<ChangeRow, _>(reader, LAST_CHANGES, values).await? {
            // A change between the two reads is newer than this state; its rows lay their own side over it.
            let after = row.said_after.over(&state);
            let before = row.said_before.over(&after);
            changes.push(ConfigChange {
                id: row.id,
                when: time.moment(row.created_at),
                by: row.email,
                what: row.detail,
                diff: ConfigDiff::between(&before, &after),
            });
            state = before;
        }
        Ok(changes)
    }

    /// What going back would change.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn preview_going_back(
        &self,
        account: AccountId,
        change: ChangeId,
        side: ChangeSide,
    ) -> Result<ConfigPreview, RulesError> {
        let (config, present) = self.present(account).await?;
        let wanted = self
            .state_at(self.database.reader(), &present, account, change, side)
            .await?;
        self.preview(account, &config, &present, &wanted).await
    }

    /// Makes the reply config say what it said right before, or right after, a change. Going back is a change itself.
    ///
    /// # Errors
    /// [`RulesError::ListChanged`] when `revision` is not the present one; [`RulesError::NotFound`];
    /// [`RulesError::Invalid`] when a reply no longer fits behind the disclosure line.
    pub async fn go_back(
        &self,
        account: AccountId,
        change: ChangeId,
        side: ChangeSide,
        revision: i64,
        actor: Actor,
    ) -> Result<ConfigDiff, RulesError> {
        let open = self.begin(account, ListChange::Yes).await?;
        let wanted = self.state_at(&open.tx, &open.before, account, change, side).await?;
        self.make(
            open,
            &wanted,
            revision,
            actor,
            "rules.went_back",
            "Went back to an earlier state",
        )
        .await
    }

    /// Makes the open change say what is wanted; the one way in which whole configs change.
    pub(super) async fn make(
        &self,
        open: Change,
        wanted: &Snapshot,
        revision: i64,
        actor: Actor,
        action: &'static str,
        what: &str,
    ) -> Result<ConfigDiff, RulesError> {
        let account = open.account;
        if open.config.revision - 1 != revision {
            drop(open);
            return Err(self.list_changed(account).await?);
        }
        let diff = ConfigDiff::between(&open.before, wanted);
        if diff.is_empty() {
            return Ok(diff);
        }
        open.make(wanted).await?;
        let detail = format!("{what}: {}", lower_first(&diff.sentence()));
        open.commit(actor, action, account, &detail).await?;
        Ok(diff)
    }

    async fn state_at<C: Connection>(
        &self,
        connection: &C,
        present: &Snapshot,
        account: AccountId,
        change: ChangeId,
        side: ChangeSide,
    ) -> Result<Snapshot, RulesError> {
        let values = [self.tenant.into(), account.into(), change.into()];
        let rows = sql::all::<ChangeRow, C>(connection, CHANGES_SINCE, values).await?;
        let mut state = present.clone();
        for row in &rows {
            if row.id == change && side == ChangeSide::After {
                return Ok(row.said_after.over(&state));
            }
            state = row.said_before.over(&state);
        }
        if rows.is_empty() {
            Err(RulesError::NotFound)
        } else {
            Ok(state)
        }
    }
}

fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters
        .next()
        .map(|first| format!("{}{}", first.to_lowercase(), letters.as_str()))
        .unwrap_or_default()
}
