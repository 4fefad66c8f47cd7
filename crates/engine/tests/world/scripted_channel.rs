//! Instagram as a script: a story can hold Meta's answer back, or make a worker panic.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use async_trait::async_trait;
use domain::ids::AccountId;
use domain::time::Timestamp;
use engine::channels::event::Delivery;
use engine::channels::instagram::Instagram;
use engine::channels::refusal::SendError;
use engine::channels::{Channel, EventAccount, Profile, ReadBack, Sender, SendingIds, TokenCheck};
use engine::storage::{Database, StorageError, Transaction, sql};
use engine::vault::{Content, Vault};
use sea_orm::FromQueryResult;
use tokio::sync::Semaphore;

#[derive(FromQueryResult)]
struct Sealed {
    ciphertext: Vec<u8>,
}

#[derive(Debug)]
pub struct ScriptedChannel {
    instagram: Instagram,
    holding: AtomicBool,
    held: Semaphore,
    released: Semaphore,
    panics: AtomicU32,
    panics_while_preparing: AtomicU32,
    watched: Mutex<Option<Database>>,
    seen: Mutex<HashSet<Vec<u8>>>,
}

impl ScriptedChannel {
    pub fn new(instagram: Instagram) -> Self {
        Self {
            instagram,
            holding: AtomicBool::new(false),
            held: Semaphore::new(0),
            released: Semaphore::new(0),
            panics: AtomicU32::new(0),
            panics_while_preparing: AtomicU32::new(0),
            watched: Mutex::default(),
            seen: Mutex::default(),
        }
    }

    /// From now on Meta's answers to sends are held back.
    pub fn hold_answers(&self) {
        self.released.forget_permits(usize::MAX);
        self.holding.store(true, Ordering::SeqCst);
    }

    /// Returns when one more answer of Meta's is held back.
    pub async fn answer_held(&self) {
        self.held.acquire().await.unwrap().forget();
    }

    /// Lets the answers through, those held back and those to come.
    pub fn release_answers(&self) {
        self.holding.store(false, Ordering::SeqCst);
        self.released.add_permits(1_000);
    }

    /// The next `times` calls to send panic.
    pub fn panic_next(&self, times: u32) {
        self.panics.store(times, Ordering::SeqCst);
    }

    /// The next `times` preparations of a call panic, before their commit.
    pub fn panic_while_preparing(&self, times: u32) {
        self.panics_while_preparing.store(times, Ordering::SeqCst);
    }

    /// From now on remembers the sealed values that exist while something is sent.
    pub fn watch(&self, database: &Database) {
        *self.watched.lock().unwrap() = Some(database.clone());
    }

    /// The sealed values that [`Self::watch`] remembered.
    pub fn seen(&self) -> HashSet<Vec<u8>> {
        self.seen.lock().unwrap().clone()
    }

    async fn look(&self) {
        let Some(database) = self.watched.lock().unwrap().clone() else {
            return;
        };
        let rows = sql::all::<Sealed, _>(database.reader(), "SELECT ciphertext FROM sealed_values", []).await;
        let values = rows.unwrap().into_iter().map(|row| row.ciphertext);
        self.seen.lock().unwrap().extend(values);
    }
}

fn panic_if_asked(times: &AtomicU32) {
    let left = times.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
    assert!(left.is_err(), "a bug in the middle of the work");
}

#[async_trait]
impl Channel for ScriptedChannel {
    fn name(&self) -> &'static str {
        self.instagram.name()
    }

    fn parse(&self, body: &[u8], vault: &Vault, now: Timestamp) -> Delivery {
        self.instagram.parse(body, vault, now)
    }

    async fn route(&self, transaction: &Transaction, addresses: &[String]) -> Result<Vec<EventAccount>, StorageError> {
        self.instagram.route(transaction, addresses).await
    }

    async fn sending_ids(
        &self,
        transaction: &Transaction,
        accounts: &HashSet<AccountId>,
    ) -> Result<HashMap<AccountId, SendingIds>, StorageError> {
        panic_if_asked(&self.panics_while_preparing);
        self.instagram.sending_ids(transaction, accounts).await
    }

    async fn send(&self, sender: &Sender, recipient: &str, text: &Content) -> Result<String, SendError> {
        panic_if_asked(&self.panics);
        self.look().await;
        let answer = self.instagram.send(sender, recipient, text).await;
        if self.holding.load(Ordering::SeqCst) {
            self.held.add_permits(1);
            self.released.acquire().await.unwrap().forget();
        }
        answer
    }

    async fn sent_since(
        &self,
        sender: &Sender,
        recipient: &str,
        answered: Option<&str>,
        since: Timestamp,
    ) -> Result<ReadBack, SendError> {
        self.instagram.sent_since(sender, recipient, answered, since).await
    }

    async fn check_node(&self, sender: &Sender) -> Result<(), SendError> {
        self.instagram.check_node(sender).await
    }

    async fn check_token(&self, sender: &Sender) -> Result<TokenCheck, SendError> {
        self.instagram.check_token(sender).await
    }

    async fn profile(&self, sender: &Sender, customer: &str) -> Result<Profile, SendError> {
        self.instagram.profile(sender, customer).await
    }
}
