//! Meta's two callbacks about the person who connected: the app was removed, and "delete my data".
//!
//! Source: Meta, "Data Deletion Request Callback"; Platform Terms 3.d. The person is the one who signed in at Facebook, never a
//! customer who wrote a DM.

use std::time::Duration;

use domain::time::Timestamp;
use domain::views::DeletionPage;
use secrecy::SecretString;

use super::disconnect::{end_connection, restore_credits};
use super::login_attempts::delete_login_attempts_of;
use super::signed_request::read_signed_request;
use super::sql::{NOTE_DELETION, OWNED, OWNED_AND_CONNECTED, OwnedRow, lock_conversations};
use super::store::{self, DeletionStatus};
use super::{Connections, SignedRequest, SignedRequestError};
use crate::accounts::{AccountCause, state};
use crate::identity::{self, Actor, Entry, TenantTime};
use crate::memory;
use crate::replies::lock_open_replies;
use crate::storage::{StorageError, Transaction, commit, sql};
use crate::vault::SealedPurpose;
use crate::vault::store::destroy;

/// A confirmation code: letters and digits that are not mistaken for each other.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const CODE_LENGTH: usize = 16;
/// Facebook's clock may be behind ours, and its moments are whole seconds.
const CLOCK_DIFFERENCE: Duration = Duration::from_secs(5);

/// How often a callback is carried out anew while others change the same rows.
const TRIES: usize = 5;

/// What a request for deletion is answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletionReceipt {
    /// Leads to the status page.
    pub code: String,
}

impl Connections {
    /// A person removed the app at Facebook: their tokens are dead and destroyed, their accounts need a new connection. Returns
    /// how many accounts that were; a second call finds none to change, nor does a late one after the person connected again.
    pub async fn deauthorize(&self, request: &SignedRequest) -> Result<usize, StorageError> {
        again_while_busy(|| self.deauthorize_once(request)).await
    }

    async fn deauthorize_once(&self, request: &SignedRequest) -> Result<usize, StorageError> {
        let now = self.clock.now();
        let tx = self.database.begin().await?;
        let owned = lock_owned(&tx, OWNED_AND_CONNECTED, request, self.asked_at(request)).await?;
        for row in &owned {
            state::mark_needs_reconnect(&tx, row.account_id, AccountCause::AppRemoved, now).await?;
            destroy(&tx, row.account_id.as_uuid()).await?;
            memory::forget_account(&tx, row.account_id).await?;
            note(
                &tx,
                row,
                "account.deauthorized",
                "The app was removed at Facebook.",
                now,
            )
            .await?;
        }
        commit(tx).await?;
        Ok(owned.len())
    }

    /// A person asks for the deletion of their data: accounts they connected are disconnected, and everything that came from Meta
    /// through them is deleted, with sign-ins that they did not finish. What the workspace wrote itself (rules, replies) stays for 30
    /// days, as after every disconnect. What the person connected after they asked is left alone: a request can be repeated.
    pub async fn delete_data_of(&self, request: &SignedRequest) -> Result<DeletionReceipt, StorageError> {
        again_while_busy(|| self.delete_data_once(request)).await
    }

    async fn delete_data_once(&self, request: &SignedRequest) -> Result<DeletionReceipt, StorageError> {
        let (now, asked_at) = (self.clock.now(), self.asked_at(request));
        let tx = self.database.begin().await?;
        let owned = lock_owned(&tx, OWNED, request, asked_at).await?;
        for row in &owned {
            lock_conversations(&tx, row.account_id).await?;
        }
        for row in &owned {
            lock_open_replies(&tx, row.account_id).await?;
        }
        for row in &owned {
            end_connection(&tx, row.account_id, Some(AccountCause::DataDeleted), now).await?;
            restore_credits(&tx, row.account_id, now).await?;
            store::delete_platform_data(&tx, row.account_id).await?;
            let detail = format!(
                "The data of {} was deleted at a person’s request to Meta.",
                row.username
            );
            note(&tx, row, "account.data_deleted", &detail, now).await?;
        }
        delete_login_attempts_of(&tx, &request.person, asked_at).await?;
        let values = [
            new_code().into(),
            self.person_digest(&request.person).into(),
            i64::try_from(owned.len()).unwrap_or(i64::MAX).into(),
            now.into(),
        ];
        let code = sql::value::<String, _>(&tx, NOTE_DELETION, values).await?;
        commit(tx).await?;
        let code = code.ok_or(StorageError::Corrupt("code of a deletion"))?;
        Ok(DeletionReceipt { code })
    }

    /// Reads a callback that is Meta's and of the last hour.
    ///
    /// # Errors
    /// See [`SignedRequestError`].
    pub fn read_signed_request(
        &self,
        signed: &str,
        secrets: &[SecretString],
    ) -> Result<SignedRequest, SignedRequestError> {
        read_signed_request(signed, secrets, self.now_at_meta())
    }

    /// When a request was made, by our clock and at the latest.
    fn asked_at(&self, request: &SignedRequest) -> Timestamp {
        let (now, at_meta) = (self.clock.now(), self.now_at_meta());
        let asked_at = request
            .issued_at
            .map(|issued_at| now - at_meta.since(issued_at) + CLOCK_DIFFERENCE);
        asked_at.unwrap_or(now)
    }

    /// Recognises a repeated request. Keyed, because ids are few enough to be searched through.
    fn person_digest(&self, person: &str) -> Vec<u8> {
        self.vault.digest("deletion", person.as_bytes()).into_bytes()
    }

    /// What became of a request; none for a code that we never gave out.
    pub async fn deletion_status(&self, code: &str) -> Result<Option<DeletionStatus>, StorageError> {
        let code = code.to_ascii_uppercase();
        match code.bytes().all(|byte| ALPHABET.contains(&byte)) {
            true => store::deletion_status(&self.database, code).await,
            false => Ok(None),
        }
    }

    /// [`Self::deletion_status`] in words, for the public status page.
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

/// Meta takes a callback that fails for our last word: what deadlocked is done again.
async fn again_while_busy<T, F>(attempt: impl Fn() -> F) -> Result<T, StorageError>
where
    F: Future<Output = Result<T, StorageError>>,
{
    for _ in 1..TRIES {
        match attempt().await {
            Err(StorageError::Busy(_)) => {}
            done => return done,
        }
    }
    attempt().await
}

/// Locks the accounts before anything of theirs, as everybody does who changes it: accounts by their ids, conversations, replies, and
/// balances last. Asked again then: somebody may have connected one anew meanwhile.
async fn lock_owned(
    tx: &Transaction,
    statement: &'static str,
    request: &SignedRequest,
    tokens_until: Timestamp,
) -> Result<Vec<OwnedRow>, StorageError> {
    let mut locked = Vec::new();
    for row in owned(tx, statement, request, tokens_until).await? {
        store::lock_account(tx, row.account_id).await?;
        locked.push(row.account_id);
    }
    let mut owned = owned(tx, statement, request, tokens_until).await?;
    owned.retain(|row| locked.contains(&row.account_id));
    Ok(owned)
}

/// Cross-tenant by nature: a person may have connected accounts of several workspaces.
async fn owned(
    tx: &Transaction,
    statement: &'static str,
    request: &SignedRequest,
    tokens_until: Timestamp,
) -> Result<Vec<OwnedRow>, StorageError> {
    let person = request.person.as_str();
    let values = [person.into(), tokens_until.into(), SealedPurpose::PageToken.into()];
    sql::all(tx, statement, values).await
}

async fn note(
    tx: &Transaction,
    row: &OwnedRow,
    action: &'static str,
    detail: &str,
    now: Timestamp,
) -> Result<(), StorageError> {
    let entry = Entry {
        tenant: row.tenant_id,
        actor: Actor::Command,
        action,
        subject: row.account_id.as_uuid(),
        detail,
    };
    identity::record(tx, entry, now).await.map(drop)
}

fn new_code() -> String {
    let mut random = [0u8; CODE_LENGTH];
    rand::fill(&mut random);
    random
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
        .collect()
}
