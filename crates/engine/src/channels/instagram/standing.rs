//! Whether Meta takes our app id, secret and version: the app's own token is inspected with itself.
//!
//! "Invalid appsecret_proof" has the code of a wrong parameter and no subcode. Only this question tells a mistake of the
//! deployment, which the next reply would meet too, from a mistake of one reply.

use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::Value;
use tokio::time::Instant;

use super::client::{Caller, GraphClient};
use crate::channels::refusal::SendError;

/// What Meta said about the configured secrets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judged {
    /// When it was asked.
    at: Instant,
    /// The one that it takes, if any; or that it did not say so.
    working: Result<Option<usize>, Silence>,
}

/// Meta did not answer the question. Whatever was refused before was certainly not carried out.
#[derive(Debug, Clone, Copy)]
struct Silence;

impl From<Silence> for SendError {
    fn from(_: Silence) -> Self {
        Self::NotSent
    }
}

impl GraphClient {
    /// The secret that Meta takes, with our app id and version; none when it takes none. Refusals of calls that were on their way
    /// together ask once, also when there is no answer: each would wait for it as long as the first.
    ///
    /// # Errors
    /// What keeps Meta from saying so.
    pub(super) async fn working_secret(&self, called_at: Instant) -> Result<Option<usize>, SendError> {
        let mut judged = self.judged.lock().await;
        if let Some(judged) = judged.filter(|judged| judged.at > called_at) {
            return Ok(judged.working?);
        }
        let at = Instant::now();
        let working = self.ask_for_each_secret().await;
        *judged = Some(Judged { at, working });
        Ok(working?)
    }

    async fn ask_for_each_secret(&self) -> Result<Option<usize>, Silence> {
        let secrets = &self.settings().app_secrets;
        for index in secrets.all() {
            if self.is_taken(index).await? {
                secrets.remember(index);
                return Ok(Some(index));
            }
        }
        Ok(None)
    }

    async fn is_taken(&self, index: usize) -> Result<bool, Silence> {
        let app = self.app_token(self.settings().app_secrets.get(index));
        let request = self.request(Method::GET, "debug_token");
        let request = request.query(&[("input_token", app.expose_secret())]);
        match self.send("debug_token", self.signed(request, Caller::App, index)).await {
            Ok(answer) => Ok(answer.pointer("/data/is_valid").and_then(Value::as_bool) == Some(true)),
            Err(SendError::Refused(refusal)) if !refusal.is_of_the_moment() => Ok(false),
            Err(_) => Err(Silence),
        }
    }
}
