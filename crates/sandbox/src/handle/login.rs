//! Signing in with Facebook in a test's place, and the callbacks that Meta makes about a person.

use serde::Serialize;
use serde_json::json;
use url::Url;

use super::error::ControlError;
use super::sandbox_handle::SandboxHandle;
use crate::graph::login_dialog::Dialog;
use crate::state::facebook::LoginDecision;
use crate::webhooks::sign;

/// What a callback was answered with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallbackAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The answer's text.
    pub body: String,
}

impl SandboxHandle {
    /// Decides all further dialogs without a click, or asks again.
    pub fn decide_logins(&self, decision: Option<LoginDecision>) {
        self.app.change(|world| world.facebook.decision = decision);
    }

    /// How dialogs are decided; `None` when they ask.
    pub fn login_decision(&self) -> Option<LoginDecision> {
        self.app.world().facebook.decision.clone()
    }

    /// Goes through the dialog at `address`; returns where the browser is sent back to.
    ///
    /// # Errors
    /// The address is no dialog of this app.
    pub fn log_in(&self, address: &str, decision: &LoginDecision) -> Result<String, ControlError> {
        let address = Url::parse(address).map_err(|_| ControlError::BadDialog("no address"))?;
        let dialog = Dialog::read(&self.app.config.app_id, address.query().unwrap_or_default())
            .map_err(ControlError::BadDialog)?;
        Ok(self.app.change(|world| dialog.decide(world, decision)))
    }

    /// The most Pages in one answer of `/me/accounts`; `empty_first` puts an empty page before them.
    pub fn page_accounts(&self, per_page: usize, empty_first: bool) {
        self.app.change(|world| {
            world.facebook.accounts_per_page = per_page.max(1);
            world.facebook.empty_first_page = empty_first;
        });
    }

    /// The value of `signed_request` for a callback about a person.
    pub fn signed_request(&self, user_id: &str) -> String {
        let payload = json!({
            "user_id": user_id,
            "algorithm": "HMAC-SHA256",
            "issued_at": self.now_ms() / 1000,
        });
        sign::signed_request(&self.app.world().app_secret, payload.to_string().as_bytes())
    }

    /// Tells Concierge that a person removed the app. `None` when it cannot be reached.
    pub async fn deauthorize(&self, user_id: &str) -> Option<CallbackAnswer> {
        self.call_back("/meta/deauthorize", user_id).await
    }

    /// Asks Concierge to delete a person's data.
    pub async fn request_data_deletion(&self, user_id: &str) -> Option<CallbackAnswer> {
        self.call_back("/meta/data-deletion", user_id).await
    }

    /// The callbacks live on the webhook's server.
    async fn call_back(&self, path: &str, user_id: &str) -> Option<CallbackAnswer> {
        let mut address = Url::parse(&self.app.world().webhook_url).ok()?;
        address.set_path(path);
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("signed_request", &self.signed_request(user_id))
            .finish();
        let request = self
            .app
            .http
            .post(address)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        let answer = request.send().await.ok()?;
        Some(CallbackAnswer {
            status: answer.status().as_u16(),
            body: answer.text().await.unwrap_or_default(),
        })
    }
}
