//! Meta's two callbacks about the person who connected: the app was removed, and "delete my data".
//!
//! Source: Meta, "Data Deletion Request Callback"; Platform Terms 3.d. The person is the one who signed in at Facebook, never a
//! customer who wrote a DM.

use std::time::Duration;

use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use domain::views::DeletionPage;
use sea_orm::FromQueryResult;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::disconnect::{end_connection, lock_conversations, restore_credits};
use super::login_attempts::delete_login_attempts_of;
use super::{Connections, SignedRequest};
use crate::accounts::{AccountCause, state};
use crate::identity::{self, Actor, Entry, TenantTime};
use crate::storage::{StorageError, Transaction, sql};
use crate::vault::store;

/// A confirmation code: letters and digits that are not mistaken for each other.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const CODE_LENGTH: usize = 16;
/// Facebook's clock may be behind ours, and its moments are whole seconds.
const CLOCK_DIFFERENCE: Duration = Duration::from_secs(5);

/// What a request for deletion is answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletionReceipt {
    /// Leads to the status page.
    pub code: String,
}

/// What the status page tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeletionStatus {
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// When it was done.
    pub done_at: Timestamp,
    /// How many connected accounts it concerned; 0 when nothing was stored about the person.
    pub accounts: i64,
}

#[derive(FromQueryResult)]
struct OwnedRow {
    account_id: Uuid,
    tenant_id: Uuid,
    username: String,
}

#[derive(FromQueryResult)]
struct CodeRow {
    code: String,
}

#[derive(FromQueryResult)]
struct StatusRow {
    accounts: i64,
    requested_at: i64,
    done_at: i64,
}

impl Connections {
    /// A person removed the app at Facebook: their tokens are dead and destroyed, their accounts need a new connection. Returns
    /// how many accounts that were; a second call finds none to change, nor does a late one after the person connected again.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn deauthorize(&self, request: &SignedRequest) -> Result<usize, StorageError> {
        let now = self.clock.now();
        let removed_at = request.issued_at.map_or(now, |issued_at| issued_at + CLOCK_DIFFERENCE);
        let tx = self.database.begin().await?;
        let owned = owned(&tx, &request.person, Some(removed_at)).await?;
        for row in &owned {
            let account = AccountId::from_uuid(row.account_id);
            state::mark_needs_reconnect(&tx, account, AccountCause::AppRemoved, now).await?;
            store::destroy(&tx, row.account_id).await?;
            note(
                &tx,
                row,
                "account.deauthorized",
                "The app was removed at Facebook.",
                now,
            )
            .await?;
        }
        tx.commit().await?;
        Ok(owned.len())
    }

    /// A person asks for the deletion of their data: accounts they connected are disconnected, and everything that came from Meta
    /// through them is deleted, with sign-ins that they did not finish. What the workspace wrote itself (rules, replies) stays for 30 days, as after every disconnect.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn delete_data_of(&self, person: &str) -> Result<DeletionReceipt, StorageError> {
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        let owned = owned(&tx, person, None).await?;
        for row in &owned {
            let account = AccountId::from_uuid(row.account_id);
            lock_conversations(&tx, account).await?;
            end_connection(&tx, account, Some(AccountCause::DataDeleted), now).await?;
            restore_credits(&tx, account, now).await?;
            delete_platform_data(&tx, account).await?;
            let detail = format!(
                "The data of {} was deleted at a person’s request to Meta.",
                row.username
            );
            note(&tx, row, "account.data_deleted", &detail, now).await?;
        }
        delete_login_attempts_of(&tx, person).await?;
        // Asked again: the same code; the count stays what it was unless there was something to delete once more.
        let text = "INSERT INTO deletion_requests (code, person_hash, accounts, requested_at, done_at)
            VALUES ($1, $2, $3, $4, $4)
            ON CONFLICT (person_hash) DO UPDATE SET
                accounts = deletion_requests.accounts + excluded.accounts, done_at = excluded.done_at
            RETURNING code";
        let values = [
            new_code().into(),
            hash(person).into(),
            i64::try_from(owned.len()).unwrap_or(i64::MAX).into(),
            now.as_millis().into(),
        ];
        let row = sql::optional::<CodeRow, _>(&tx, text, values).await?;
        tx.commit().await?;
        let code = row.ok_or(StorageError::Corrupt("code of a deletion"))?.code;
        Ok(DeletionReceipt { code })
    }

    /// What became of a request; none for a code that we never gave out.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn deletion_status(&self, code: &str) -> Result<Option<DeletionStatus>, StorageError> {
        let text = "SELECT accounts, requested_at, done_at FROM deletion_requests WHERE code = $1";
        let code = code.to_ascii_uppercase();
        let row = sql::optional::<StatusRow, _>(self.database.reader(), text, [code.into()]).await?;
        Ok(row.map(|row| DeletionStatus {
            requested_at: Timestamp::from_millis(row.requested_at),
            done_at: Timestamp::from_millis(row.done_at),
            accounts: row.accounts,
        }))
    }
}

impl Connections {
    /// [`Self::deletion_status`] in words, for the public status page.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn deletion_page(&self, code: &str) -> Result<DeletionPage, StorageError> {
        Ok(match self.deletion_status(code).await? {
            None => DeletionPage {
                found: false,
                lead: "There is no such request".into(),
                sentences: vec!["Compare the code with the one Facebook showed you.".into()],
            },
            Some(status) => words(status, self.clock.now()),
        })
    }
}

fn words(status: DeletionStatus, now: Timestamp) -> DeletionPage {
    let time = TenantTime::new("UTC", now);
    let date = |at| time.date(at).strftime("%-d %b %Y");
    let what = match status.accounts {
        0 => {
            "No account that you had connected was stored. If a sign-in was not finished, it was deleted with everything it held."
        }
        1 => {
            "Your Facebook id and the access you gave were deleted, with the log of messages, conversations and names of the Instagram account you had connected."
        }
        _ => {
            "Your Facebook id and the access you gave were deleted, with the logs of messages, conversations and names of the Instagram accounts you had connected."
        }
    };
    let mut sentences = vec![
        format!(
            "You asked on {}; it was done on {} (UTC).",
            date(status.requested_at),
            date(status.done_at)
        ),
        what.into(),
    ];
    if status.accounts > 0 {
        sentences.push("The rules and replies that the business wrote itself are deleted 30 days after the account was disconnected. Records of payment that the law asks for hold nothing that names you.".into());
    }
    DeletionPage {
        found: true,
        lead: match status.accounts {
            0 => "Nothing is stored about you".into(),
            _ => "Your data is deleted".into(),
        },
        sentences,
    }
}

/// Cross-tenant by nature: a person may have connected accounts of several workspaces. With `tokens_until`, only those that have
/// a token, and none newer than that.
async fn owned(tx: &Transaction, person: &str, tokens_until: Option<Timestamp>) -> Result<Vec<OwnedRow>, StorageError> {
    let text = "SELECT i.account_id AS account_id, a.tenant_id AS tenant_id, i.username AS username
        FROM instagram_accounts i JOIN accounts a ON a.id = i.account_id
        LEFT JOIN sealed_values s ON s.owner_id = a.id AND s.purpose = 'page_token'
        WHERE i.connected_by = $1 AND (CAST($2 AS BIGINT) IS NULL OR (i.connected AND s.created_at <= $2))
        ORDER BY i.account_id";
    let values = [person.into(), tokens_until.map(Timestamp::as_millis).into()];
    sql::all(tx, text, values).await
}

/// Conversations take their messages' replies along; names and ids of the person and the Page are blanked.
async fn delete_platform_data(tx: &Transaction, account: AccountId) -> Result<(), StorageError> {
    store::destroy_content_of(tx, account).await?;
    for text in [
        "DELETE FROM messages WHERE account_id = $1",
        "DELETE FROM conversations WHERE account_id = $1",
        "DELETE FROM inbound_events WHERE account_id = $1",
        "UPDATE instagram_accounts SET connected_by = NULL, page_name = '', name = username WHERE account_id = $1",
    ] {
        sql::execute(tx, text, [account.as_uuid().into()]).await?;
    }
    Ok(())
}

async fn note(
    tx: &Transaction,
    row: &OwnedRow,
    action: &'static str,
    detail: &str,
    now: Timestamp,
) -> Result<(), StorageError> {
    let entry = Entry {
        tenant: TenantId::from_uuid(row.tenant_id),
        actor: Actor::Command,
        action,
        subject: row.account_id,
        detail,
    };
    identity::record(tx, entry, now).await.map(drop)
}

fn hash(person: &str) -> Vec<u8> {
    Sha256::digest(format!("deletion|{person}")).to_vec()
}

fn new_code() -> String {
    let mut random = [0u8; CODE_LENGTH];
    rand::fill(&mut random);
    random
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
        .collect()
}
