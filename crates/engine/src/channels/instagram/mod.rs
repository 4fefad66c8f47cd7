//! Instagram through Facebook Login: the only place that knows Meta's JSON.

mod app_secrets;
mod client;
mod conversations;
mod debug_token;
mod errors;
mod fields;
mod keys;
mod login;
mod messaging;
mod meta_accounts;
mod meta_clock;
#[cfg(test)]
mod mutated_tests;
mod pages;
mod parse;
#[cfg(test)]
mod parse_tests;
mod payload;
mod profile;
mod repair;
pub(crate) mod scopes;
mod settings;
pub(crate) mod sql;
mod standing;
mod subscription;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use domain::accounts::ChannelKind;
use domain::ids::AccountId;
use domain::time::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use super::event::Delivery;
use super::refusal::SendError;
use super::{Channel, EventAccount, Profile, ReadBack, Sender, SendingIds, TokenCheck};
use crate::clock::SharedClock;
use crate::storage::{StorageError, Transaction};
use crate::vault::{Content, Vault};
pub use app_secrets::AppSecrets;
use client::{Caller, GraphClient};
pub use debug_token::{Inspected, Inspection};
pub use errors::classify;
pub use login::{Ask, UserToken};
pub use meta_accounts::MetaAccounts;
pub use meta_clock::MetaClock;
pub(crate) use pages::is_id;
pub use pages::{LinkedInstagram, Page};
pub use settings::{InstagramSettings, LoginSettings};
pub use subscription::Subscription;

/// The Instagram channel.
#[derive(Debug)]
pub struct Instagram {
    graph: GraphClient,
}

impl Instagram {
    /// A channel that talks to the configured Graph API.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(settings: InstagramSettings, clock: SharedClock) -> Result<Self, reqwest::Error> {
        Ok(Self {
            graph: GraphClient::new(settings, clock)?,
        })
    }
}

#[async_trait]
impl Channel for Instagram {
    fn name(&self) -> &'static str {
        ChannelKind::Instagram.as_str()
    }

    fn parse(&self, body: &[u8], vault: &Vault, now: Timestamp) -> Delivery {
        parse::delivery(body, vault, now)
    }

    async fn route(&self, transaction: &Transaction, addresses: &[String]) -> Result<Vec<EventAccount>, StorageError> {
        sql::connected_accounts(transaction, addresses).await
    }

    async fn sending_ids(
        &self,
        transaction: &Transaction,
        accounts: &HashSet<AccountId>,
    ) -> Result<HashMap<AccountId, SendingIds>, StorageError> {
        sql::sending_ids(transaction, accounts).await
    }

    async fn send(&self, sender: &Sender, recipient: &str, text: &Content) -> Result<String, SendError> {
        let body = json!({
            "recipient": { "id": recipient },
            "messaging_type": "RESPONSE",
            "message": { "text": text.expose() },
        });
        let path = format!("{}/messages", sender.ids.node);
        let request = self.graph.request(Method::POST, &path).json(&body);
        let caller = Caller::Token(&sender.token);
        let answer = self.graph.call("send", caller, request).await?;
        // Accepted without an id: only the echo or the conversation can tell which message it became.
        let mid = answer.get("message_id").and_then(Value::as_str);
        mid.and_then(keys::mid).ok_or(SendError::Unknown)
    }

    async fn sent_since(
        &self,
        sender: &Sender,
        recipient: &str,
        answered: Option<&str>,
        since: Timestamp,
    ) -> Result<ReadBack, SendError> {
        conversations::sent_since(&self.graph, sender, recipient, answered, since).await
    }

    async fn check_node(&self, sender: &Sender) -> Result<(), SendError> {
        pages::link(&self.graph, &sender.token, &sender.ids.node)
            .await
            .map(drop)
    }

    async fn check_token(&self, sender: &Sender) -> Result<TokenCheck, SendError> {
        debug_token::check(&self.graph, sender).await
    }

    async fn profile(&self, sender: &Sender, customer: &str) -> Result<Profile, SendError> {
        profile::read(&self.graph, sender, customer).await
    }
}
