//! What a login dialog asks for, and where its decision sends the browser.

use url::{Url, form_urlencoded};

use crate::state::accounts::SCOPES;
use crate::state::facebook::{Code, LoginDecision};
use crate::state::ids;
use crate::state::world::World;

/// What the app asked for.
pub struct Dialog {
    /// Where the code goes.
    pub redirect_uri: Url,
    /// Returned unchanged.
    pub state: String,
    /// The permissions it asks for.
    pub scopes: Vec<String>,
    /// Asks for declined permissions too.
    pub rerequest: bool,
}

impl Dialog {
    /// # Errors
    /// What a dialog needs and the query does not have.
    pub fn read(app_id: &str, query: &str) -> Result<Self, &'static str> {
        let field = |name: &str| {
            form_urlencoded::parse(query.as_bytes())
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
        };
        if field("client_id").as_deref() != Some(app_id) {
            return Err("client_id is not the id of this app");
        }
        let redirect_uri = field("redirect_uri").and_then(|address| Url::parse(&address).ok());
        let redirect_uri = redirect_uri.filter(|address| matches!(address.scheme(), "http" | "https"));
        let asked = field("scope").unwrap_or_default();
        let scopes: Vec<String> = if field("config_id").is_some() {
            SCOPES.map(str::to_owned).to_vec()
        } else {
            asked
                .split([',', ' '])
                .filter(|scope| !scope.is_empty())
                .map(str::to_owned)
                .collect()
        };
        if scopes.is_empty() {
            return Err("it asks for no permission");
        }
        Ok(Self {
            redirect_uri: redirect_uri.ok_or("redirect_uri is missing")?,
            state: field("state").unwrap_or_default(),
            scopes,
            rerequest: field("auth_type").as_deref() == Some("rerequest"),
        })
    }

    /// Where the browser goes next.
    pub fn decide(&self, world: &mut World, decision: &LoginDecision) -> String {
        let mut back = self.redirect_uri.clone();
        if decision.deny {
            back.query_pairs_mut()
                .append_pair("error", "access_denied")
                .append_pair("error_code", "200")
                .append_pair("error_description", "Permissions error")
                .append_pair("error_reason", "user_denied")
                .append_pair("state", &self.state);
            return back.into();
        }
        world.grant(decision, &self.scopes, self.rerequest);
        let code = ids::code();
        let kept = Code {
            user_id: decision.user_id().to_owned(),
            redirect_uri: self.redirect_uri.to_string(),
            used: false,
            issued_at_ms: world.now_ms(),
        };
        world.facebook.codes.insert(code.clone(), kept);
        back.query_pairs_mut()
            .append_pair("code", &code)
            .append_pair("state", &self.state);
        // Facebook leaves this mark behind every redirect.
        back.set_fragment(Some("_=_"));
        back.into()
    }
}
