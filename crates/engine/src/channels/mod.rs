//! What a messaging channel must be able to do, so that inbox and pipeline never name one.
//!
//! Instagram is the first implementation. A second one is a folder next to it and a name in `ChannelKind`.

pub mod event;
pub mod instagram;
pub mod refusal;

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use domain::ids::{AccountId, TenantId};
use domain::time::Timestamp;
use secrecy::SecretString;

use crate::storage::{FromQueryResult, StorageError, Transaction};
use crate::vault::{Content, Vault};
use event::Delivery;
use refusal::{Refusal, SendError};

/// One messaging platform.
#[async_trait]
pub trait Channel: std::fmt::Debug + Send + Sync {
    /// The name in the database.
    fn name(&self) -> &'static str;

    /// Reads the bytes of a delivery whose signature was checked, event by event; one without a readable time happened `now`. Never
    /// fails: what cannot be read is an event that says so, or is counted when it belongs to nobody.
    fn parse(&self, body: &[u8], vault: &Vault, now: Timestamp) -> Delivery;

    /// The connected accounts that any of these addresses belongs to.
    async fn route(&self, transaction: &Transaction, addresses: &[String]) -> Result<Vec<EventAccount>, StorageError>;

    /// Where these accounts send from, those of this channel.
    async fn sending_ids(
        &self,
        transaction: &Transaction,
        accounts: &HashSet<AccountId>,
    ) -> Result<HashMap<AccountId, SendingIds>, StorageError>;

    /// Sends `text` to a customer; answers the platform's message id.
    async fn send(&self, sender: &Sender, recipient: &str, text: &Content) -> Result<String, SendError>;

    /// What the account wrote to a customer since a moment of our clock, and what cannot be told about it. `answered` is the id of
    /// the customer's message that was answered.
    async fn sent_since(
        &self,
        sender: &Sender,
        recipient: &str,
        answered: Option<&str>,
        since: Timestamp,
    ) -> Result<ReadBack, SendError>;

    /// Asks the platform whether the node that sends is there and open to the token.
    async fn check_node(&self, sender: &Sender) -> Result<(), SendError>;

    /// Asks the platform whether the token works.
    async fn check_token(&self, sender: &Sender) -> Result<TokenCheck, SendError>;

    /// Who a customer is. It is for people who look at this moment, and stored nowhere.
    async fn profile(&self, sender: &Sender, customer: &str) -> Result<Profile, SendError>;
}

/// An account that an address of an event belongs to.
#[derive(Debug, Clone, FromQueryResult)]
pub struct EventAccount {
    /// The account.
    pub id: AccountId,
    /// Whose it is.
    pub tenant: TenantId,
    /// The switch *Enabled*.
    pub enabled: bool,
    /// The address customers write to: the Instagram professional account id.
    pub primary: String,
    /// Another address of the same account: the Page id.
    pub secondary: String,
    /// It has a short memory of conversations.
    pub remembers: bool,
}

/// The addresses of an account on the sending side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendingIds {
    /// The node that sends: the Page id.
    pub node: String,
    /// The account's own address in conversations: the Instagram professional account id.
    pub own: String,
}

/// What is needed to act for an account.
#[derive(Clone)]
pub struct Sender {
    /// Its addresses.
    pub ids: SendingIds,
    /// The token.
    pub token: SecretString,
}

/// What the platform tells of a customer.
#[derive(Clone, Default)]
pub struct Profile {
    /// Letters, digits, dots and underscores.
    pub username: Option<String>,
    /// As they call themselves.
    pub name: Option<String>,
}

impl Profile {
    /// It tells nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.username.is_none() && self.name.is_none()
    }
}

/// What reading a conversation back has shown.
#[derive(Default)]
pub struct ReadBack {
    /// The account's own messages since then, newest first.
    pub messages: Vec<SentMessage>,
    /// Ids of messages since then of which the platform tells neither author nor words.
    pub withheld: Vec<String>,
    /// It was read back to that moment, or to the message that was answered: what is not among these is not there.
    pub is_complete: bool,
}

/// A message of the account as the platform remembers it.
#[derive(Clone)]
pub struct SentMessage {
    /// The platform's message id.
    pub mid: String,
    /// When the platform took it.
    pub created_at: Timestamp,
    /// Its words, when the platform gives them.
    pub text: Option<Content>,
}

/// What the platform says about a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenCheck {
    /// It works.
    Valid {
        /// When it expires; `None`: no date.
        expires_at: Option<Timestamp>,
        /// When data access ends; `None`: no date.
        data_access_expires_at: Option<Timestamp>,
    },
    /// It does not, and why.
    Invalid(Refusal),
}
