//! Who changed what in a reply config, and the way back to any of its states.

use domain::ids::{AccountId, ChangeId};
use domain::reply_config::{ConfigDiff, Part, Snapshot};
use domain::time::Timestamp;
use domain::views::{ChangeSide, ConfigChange, ConfigPreview};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::change::{AuditNote, Change};
use super::store::{self, ListChange};
use super::{Rules, RulesError, conflict};
use crate::identity::{Actor, TenantTime};
use crate::storage::{StorageError, sql};

/// Changes on the page.
const SHOWN: i64 = 50;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    said_before: String,
    said_after: String,
    detail: String,
    created_at: i64,
    email: Option<String>,
}

const SELECT: &str = "SELECT c.id, c.said_before, c.said_after, l.detail, l.created_at, u.email
    FROM reply_config_changes c JOIN audit_log l ON l.id = c.id LEFT JOIN users u ON u.id = l.user_id
    WHERE c.tenant_id = $1 AND c.account_id = $2";

/// Keeps both sides of a change beside its audit row.
pub(super) async fn keep(change: &Change, entry: Uuid, old: &Part, new: &Part) -> Result<(), StorageError> {
    let text = "INSERT INTO reply_config_changes (id, tenant_id, account_id, revision, said_before, said_after)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        entry.into(),
        change.tenant.as_uuid().into(),
        change.account.as_uuid().into(),
        change.config.revision.into(),
        store::to_json(old)?.into(),
        store::to_json(new)?.into(),
    ];
    sql::execute(&change.tx, text, values).await?;
    Ok(())
}

impl Rules {
    /// The last changes of an account's reply config, the newest first.
    ///
    /// # Errors
    /// [`RulesError::NotFound`].
    pub async fn history(&self, account: AccountId) -> Result<Vec<ConfigChange>, RulesError> {
        let reader = self.database.reader();
        let mut state = self.snapshot(account).await?;
        let time = TenantTime::of(reader, self.tenant, self.clock.now()).await?;
        let text = format!("{SELECT} ORDER BY c.revision DESC LIMIT {SHOWN}");
        let values = [self.tenant.as_uuid().into(), account.as_uuid().into()];
        let mut changes = Vec::new();
        for row in sql::all::<Row, _>(reader, text, values).await? {
            // A change between the two reads is newer than this state; its rows lay their own side over it.
            let after = part(&row.said_after)?.over(&state);
            let before = part(&row.said_before)?.over(&after);
            changes.push(ConfigChange {
                id: ChangeId::from_uuid(row.id),
                when: time.moment(Timestamp::from_millis(row.created_at)),
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
            return Err(RulesError::ListChanged(Box::new(
                conflict::list_conflict(self, account).await?,
            )));
        }
        let diff = ConfigDiff::between(&open.before, wanted);
        if diff.is_empty() {
            return Ok(diff);
        }
        open.make(wanted).await?;
        let said = AuditNote {
            action,
            subject: account.as_uuid(),
            detail: format!("{what}: {}", lower_first(&diff.sentence())),
        };
        open.commit(actor, said).await?;
        Ok(diff)
    }

    async fn state_at<C: ConnectionTrait>(
        &self,
        connection: &C,
        present: &Snapshot,
        account: AccountId,
        change: ChangeId,
        side: ChangeSide,
    ) -> Result<Snapshot, RulesError> {
        let text = format!(
            "{SELECT} AND c.revision >= (SELECT t.revision FROM reply_config_changes t
                WHERE t.id = $3 AND t.account_id = $2) ORDER BY c.revision DESC"
        );
        let values = [
            self.tenant.as_uuid().into(),
            account.as_uuid().into(),
            change.as_uuid().into(),
        ];
        let rows = sql::all::<Row, C>(connection, text, values).await?;
        let mut state = present.clone();
        for row in &rows {
            if row.id == change.as_uuid() && side == ChangeSide::After {
                return Ok(part(&row.said_after)?.over(&state));
            }
            state = part(&row.said_before)?.over(&state);
        }
        if rows.is_empty() {
            Err(RulesError::NotFound)
        } else {
            Ok(state)
        }
    }
}

fn part(json: &str) -> Result<Part, StorageError> {
    serde_json::from_str(json).map_err(|_| StorageError::Corrupt("change of a reply config"))
}

pub(super) fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters
        .next()
        .map(|first| format!("{}{}", first.to_lowercase(), letters.as_str()))
        .unwrap_or_default()
}
