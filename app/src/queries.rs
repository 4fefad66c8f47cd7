//! What pages load. The server calls its own functions; the browser calls them over the network, by one untyped path: the typed stubs
//! that come with server functions would read every shape a second time and weigh as much as the pages.

use domain::views::{
    AccountPage, AccountsPage, ConfigChange, ConfigPreview, ConnectPage, CreditsPage, CustomerName, DeletionPage,
    HealthPage, LiveTest, MessagesPage, Names, Overview, PersonaComparison, PersonaPage, Rail, ReadyMadeIntent,
    RulesPage, SettingsPage, SimulatorData, WebhooksPage,
};
use serde::{Deserialize, Serialize};

use crate::error::AppError;

mod connect;
mod messages;
mod simulate;

pub use connect::ConnectQuery;
pub use messages::MessageQuery;
pub use simulate::simulate_message;

/// What the pages of sign-in and set-up need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthState {
    /// There is no user yet.
    pub needs_set_up: bool,
    /// What the demo has filled in: e-mail and password.
    pub demo: Option<(String, String)>,
}

/// A heading of the privacy page and its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivacySection {
    /// Empty for the text before the first heading.
    pub heading: String,
    /// Lines of one paragraph are joined by line feeds.
    pub paragraphs: Vec<String>,
}

/// Which rows of the ledger, as the address has it. Empty: all, from the newest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LedgerQuery {
    /// `all`, `used`, `given_back` or `added`.
    pub show: String,
    /// `YYYY-MM-DD`.
    pub from: String,
    /// `YYYY-MM-DD`.
    pub to: String,
    /// A cursor.
    pub older: String,
    /// A cursor.
    pub newer: String,
}

macro_rules! queries {
    ($( $(#[$meta:meta])* $name:ident($($argument:ident: $Kind:ty),*) -> $Answer:ty = $ENDPOINT:ident, $fields:expr; )+) => { $(
        $(#[$meta])*
        pub async fn $name($($argument: $Kind),*) -> Result<$Answer, AppError> {
            #[cfg(feature = "ssr")]
            return crate::server_fns::$name($($argument),*).await;
            #[cfg(not(feature = "ssr"))]
            return crate::browser::call_server_fn(crate::endpoints::$ENDPOINT, &$fields).await;
        }
    )+ };
}

queries! {
    /// Whether the set-up is still to be done, and the sign-in of the demo.
    load_auth_state() -> AuthState = LOAD_AUTH_STATE, [];
    /// The operator's text about privacy.
    load_privacy() -> Vec<PrivacySection> = LOAD_PRIVACY, [];
    /// What became of a person's request to delete their data.
    load_deletion(code: String) -> DeletionPage = LOAD_DELETION, [("code", &*code)];
    /// Accounts and credits of the viewer's tenant.
    load_rail() -> Rail = LOAD_RAIL, [];
    /// Accounts and rules by their names.
    load_names() -> Names = LOAD_NAMES, [];
    /// The state of the whole tenant.
    load_overview() -> Overview = LOAD_OVERVIEW, [];
    /// All accounts.
    load_accounts() -> AccountsPage = LOAD_ACCOUNTS, [];
    /// One account.
    load_account(account: String) -> AccountPage = LOAD_ACCOUNT, [("account", &*account)];
    /// Who the customers are that are with a person, as far as Meta tells.
    load_customer_names(account: String) -> Vec<CustomerName> = LOAD_CUSTOMER_NAMES, [("account", &*account)];
    /// The current step of a Facebook Login attempt.
    load_connect(query: ConnectQuery) -> ConnectPage = LOAD_CONNECT,
        [("query[visit]", &*query.attempt), ("query[problem]", &*query.problem)];
    /// The state of the live test of one account.
    load_live_test(account: String) -> Option<LiveTest> = LOAD_LIVE_TEST, [("account", &*account)];
    /// The state of all connections.
    load_health() -> HealthPage = LOAD_HEALTH, [];
    /// The rules of one account.
    load_rules(account: String) -> RulesPage = LOAD_RULES, [("account", &*account)];
    /// Intents to start a rule from.
    load_ready_made_intents() -> Vec<ReadyMadeIntent> = LOAD_READY_MADE_INTENTS, [];
    /// What the simulator and the warnings need besides the rules.
    load_simulator(account: String) -> SimulatorData = LOAD_SIMULATOR, [("account", &*account)];
    /// The last changes of the rules.
    load_history(account: String) -> Vec<ConfigChange> = LOAD_HISTORY, [("account", &*account)];
    /// What going back to one side of a change would change.
    preview_going_back(account: String, change: String, side: String) -> ConfigPreview = PREVIEW_GOING_BACK,
        [("account", &*account), ("change", &*change), ("side", &*side)];
    /// What copying the rules of one account to another would change there.
    preview_copy(from: String, account: String) -> ConfigPreview = PREVIEW_COPY,
        [("from", &*from), ("account", &*account)];
    /// The persona, the state of its check and its versions.
    load_persona() -> PersonaPage = LOAD_PERSONA, [];
    /// Two versions of the persona side by side.
    compare_personas(one: i64, other: i64) -> PersonaComparison = COMPARE_PERSONAS,
        [("one", &*one.to_string()), ("other", &*other.to_string())];
    /// One page of the log.
    load_messages(query: MessageQuery) -> MessagesPage = LOAD_MESSAGES, query.fields();
    /// Balance, use and one page of the ledger.
    load_credits(query: LedgerQuery) -> CreditsPage = LOAD_CREDITS,
        [("query[show]", &*query.show), ("query[from]", &*query.from), ("query[to]", &*query.to), ("query[older]", &*query.older), ("query[newer]", &*query.newer)];
    /// What can be set.
    load_settings() -> SettingsPage = LOAD_SETTINGS, [];
    /// The receivers of outgoing webhooks.
    load_webhooks() -> WebhooksPage = LOAD_WEBHOOKS, [];
}
