//! Everything about accounts that is asked of Meta besides messages: signing in, Pages, tokens, subscriptions.

use secrecy::SecretString;
use tokio::time::Instant;
use url::Url;

use super::client::GraphClient;
use super::debug_token::{self, Inspected};
use super::login::{self, Ask, UserToken};
use super::meta_clock::MetaClock;
use super::pages::{self, LinkedInstagram, Page};
use super::settings::InstagramSettings;
use super::subscription::{self, Subscription};
use crate::channels::refusal::SendError;
use crate::clock::SharedClock;

/// Meta's side of connected accounts.
#[derive(Debug)]
pub struct MetaAccounts {
    graph: GraphClient,
}

impl MetaAccounts {
    /// Talks to the configured Graph API.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(settings: InstagramSettings, clock: SharedClock) -> Result<Self, reqwest::Error> {
        Ok(Self {
            graph: GraphClient::new(settings, clock)?,
        })
    }

    /// Who we are to Meta.
    #[must_use]
    pub fn settings(&self) -> &InstagramSettings {
        self.graph.settings()
    }

    /// The address of the login dialog; none when the configured one cannot be read.
    #[must_use]
    pub fn dialog(&self, scopes: &[&str], state: &str, ask: Ask) -> Option<Url> {
        login::dialog(self.settings(), scopes, state, ask)
    }

    /// A code for a short-lived token of the person.
    ///
    /// # Errors
    /// Code 100: the code was used, has expired, or belongs to another address.
    pub async fn exchange_code(&self, code: &SecretString) -> Result<UserToken, SendError> {
        login::exchange_code(&self.graph, code).await
    }

    /// A living token of a person for one of about sixty days.
    ///
    /// # Errors
    /// A dead token cannot be exchanged.
    pub async fn extend_token(&self, user: &SecretString) -> Result<UserToken, SendError> {
        login::extend_token(&self.graph, user).await
    }

    /// What Meta thinks of a token.
    ///
    /// # Errors
    /// Meta did not answer, or does not know the app.
    pub async fn inspect(&self, token: &SecretString) -> Result<Inspected, SendError> {
        debug_token::inspect(&self.graph, token).await
    }

    /// Whether app id and one of the secrets belong together; which one it is is remembered.
    ///
    /// # Errors
    /// Meta did not answer.
    pub async fn knows_the_app(&self) -> Result<bool, SendError> {
        let working = self.graph.working_secret(Instant::now()).await?;
        Ok(working.is_some())
    }

    /// How far our clock is from Meta's.
    #[must_use]
    pub fn clock(&self) -> &MetaClock {
        self.graph.meta_clock()
    }

    /// All Pages of a person.
    ///
    /// # Errors
    /// What Meta answers.
    pub async fn pages(&self, user: &SecretString) -> Result<Vec<Page>, SendError> {
        pages::all(&self.graph, user).await
    }

    /// One Page of a person, with its token.
    ///
    /// # Errors
    /// What Meta answers; a Page that was not ticked is a missing permission.
    pub async fn page(&self, user: &SecretString, page: &str) -> Result<Page, SendError> {
        pages::one(&self.graph, user, page).await
    }

    /// The Page's name and the Instagram account it is linked to.
    ///
    /// # Errors
    /// What Meta answers.
    pub async fn link(
        &self,
        page_token: &SecretString,
        page: &str,
    ) -> Result<(String, Option<LinkedInstagram>), SendError> {
        pages::link(&self.graph, page_token, page).await
    }

    /// Subscribes to as much of the Page as Meta allows, and reads back what that is.
    ///
    /// # Errors
    /// What Meta answers, besides refused names.
    pub async fn subscribe(&self, page_token: &SecretString, page: &str) -> Result<Subscription, SendError> {
        subscription::subscribe(&self.graph, page_token, page).await
    }

    /// What the Page sends us.
    ///
    /// # Errors
    /// What Meta answers.
    pub async fn subscription(&self, page_token: &SecretString, page: &str) -> Result<Subscription, SendError> {
        subscription::read(&self.graph, page_token, page).await
    }

    /// Ends the subscription.
    ///
    /// # Errors
    /// What Meta answers; a dead token cannot end it.
    pub async fn unsubscribe(&self, page_token: &SecretString, page: &str) -> Result<(), SendError> {
        subscription::unsubscribe(&self.graph, page_token, page).await
    }
}
