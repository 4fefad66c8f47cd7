//! The one table of routes: what answers where, and who may ask. The router is built from it, and tests walk through it.
//!
//! Roles are checked here, before a handler runs, and again by each server function; a route that is missing here does not exist.

use app::endpoints;
use domain::api_keys::Scope;
use domain::roles::Role;
use http::Method;

/// What answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Meta; proven by a signature or a token.
    Meta,
    /// Probes of a supervisor or load balancer.
    Health,
    /// A page of the admin UI.
    Page,
    /// A server function.
    Function,
    /// Server-sent events.
    Events,
    /// A file to keep.
    File,
    /// To Facebook and back.
    Login,
    /// A resource of the API for programs.
    Api,
}

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// No session needed.
    Anyone,
    /// A signed-in person with at least this role.
    Role(Role),
    /// A program whose key has this scope.
    Key(Scope),
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// GET also answers HEAD.
    pub method: &'static Method,
    /// As axum writes it: `/admin/instagram/{id}`.
    pub path: &'static str,
    /// Who may ask.
    pub access: Access,
    /// What answers.
    pub kind: Kind,
    /// Which arguments, of the path or the form, are ids of a tenant's things.
    pub ids: &'static [(&'static str, IdOf)],
}

/// What an argument is the id of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdOf {
    /// A connected account.
    Account,
    /// A rule of an account.
    Rule,
    /// An example of an account.
    Example,
    /// A change of an account's reply config.
    Change,
    /// A conversation with a customer.
    Conversation,
    /// An attempt to connect accounts.
    LoginAttempt,
    /// A receiver of outgoing webhooks.
    WebhookEndpoint,
}

impl Route {
    /// The same, with these arguments.
    const fn with(mut self, ids: &'static [(&'static str, IdOf)]) -> Self {
        self.ids = ids;
        self
    }
}

const fn route(method: &'static Method, path: &'static str, access: Access, kind: Kind) -> Route {
    Route {
        method,
        path,
        access,
        kind,
        ids: &[],
    }
}

const fn page(path: &'static str, access: Access) -> Route {
    route(&Method::GET, path, access, Kind::Page)
}

const fn function(path: &'static str, access: Access) -> Route {
    route(&Method::POST, path, access, Kind::Function)
}

const fn api(method: &'static Method, path: &'static str, scope: Scope) -> Route {
    route(method, path, Access::Key(scope), Kind::Api)
}

const ANYONE: Access = Access::Anyone;
const VIEWER: Access = Access::Role(Role::Viewer);
const EDITOR: Access = Access::Role(Role::Editor);
const OWNER: Access = Access::Role(Role::Owner);

/// The id of the path.
const PATH: &[(&str, IdOf)] = &[("id", IdOf::Account)];
const ACCOUNT: &[(&str, IdOf)] = &[("account", IdOf::Account)];
const RULE: &[(&str, IdOf)] = &[("account", IdOf::Account), ("rule", IdOf::Rule)];
const CHOSEN: &[(&str, IdOf)] = &[("account", IdOf::Account), ("chosen[0]", IdOf::Rule)];
const CHOSEN_INTO: &[(&str, IdOf)] = &[
    ("account", IdOf::Account),
    ("chosen[0]", IdOf::Rule),
    ("into", IdOf::Account),
];
const CHANGE: &[(&str, IdOf)] = &[("account", IdOf::Account), ("change", IdOf::Change)];
const EXAMPLE: &[(&str, IdOf)] = &[("account", IdOf::Account), ("example", IdOf::Example)];
const BOTH: &[(&str, IdOf)] = &[("from", IdOf::Account), ("account", IdOf::Account)];
const CONVERSATION: &[(&str, IdOf)] = &[("conversation", IdOf::Conversation)];
const ENDPOINT: &[(&str, IdOf)] = &[("endpoint", IdOf::WebhookEndpoint)];
const ATTEMPT: &[(&str, IdOf)] = &[("visit", IdOf::LoginAttempt)];

/// Meta's deliveries.
pub const WEBHOOK: &str = "/webhook/instagram";

/// The message log as a file.
pub const EXPORT: &str = "/admin/messages.csv";

/// To Facebook.
pub const CONNECT: &str = "/instagram/connect";
/// Back from Facebook. The Meta app's settings list this address.
pub const CALLBACK: &str = "/instagram/callback";
/// A person removed the app.
pub const DEAUTHORIZE: &str = "/meta/deauthorize";
/// A person wants their data deleted; with a code behind it, the page that tells how far that is.
pub const DATA_DELETION: &str = "/meta/data-deletion";
/// The rules of an account as a file.
pub const RULES_EXPORT: &str = "/admin/rules/instagram/{id}/rules.json";

/// Everything for programs begins with it.
pub const API: &str = "/api/v1/";
/// The API's OpenAPI document.
pub const API_DOCUMENT: &str = "/api/v1/openapi.json";
/// The same as a page.
pub const API_DOCS: &str = "/api/v1/docs";
/// A whole reply config comes in here.
pub const API_IMPORT: &str = "/api/v1/accounts/{account}/import";

/// Every route.
pub const ROUTES: &[Route] = &[
    route(&Method::GET, WEBHOOK, ANYONE, Kind::Meta),
    route(&Method::POST, WEBHOOK, ANYONE, Kind::Meta),
    route(&Method::POST, DEAUTHORIZE, ANYONE, Kind::Meta),
    route(&Method::POST, DATA_DELETION, ANYONE, Kind::Meta),
    route(&Method::GET, CONNECT, OWNER, Kind::Login),
    // A session that ended meanwhile gets a page that says so; nothing is connected.
    route(&Method::GET, CALLBACK, ANYONE, Kind::Login),
    route(&Method::GET, "/healthz", ANYONE, Kind::Health),
    route(&Method::GET, "/readyz", ANYONE, Kind::Health),
    route(&Method::GET, endpoints::EVENTS, VIEWER, Kind::Events),
    route(&Method::GET, EXPORT, VIEWER, Kind::File),
    route(&Method::GET, RULES_EXPORT, VIEWER, Kind::File).with(PATH),
    route(&Method::GET, API_DOCUMENT, ANYONE, Kind::Api),
    route(&Method::GET, API_DOCS, ANYONE, Kind::Api),
    api(&Method::GET, "/api/v1/accounts", Scope::Read),
    api(&Method::GET, "/api/v1/accounts/{account}", Scope::Read),
    api(&Method::PUT, "/api/v1/accounts/{account}/enabled", Scope::Switch),
    api(&Method::PUT, "/api/v1/accounts/{account}/auto-reply", Scope::Switch),
    api(&Method::POST, "/api/v1/accounts/{account}/check", Scope::Switch),
    api(&Method::GET, "/api/v1/accounts/{account}/reply-config", Scope::Read),
    api(&Method::GET, "/api/v1/accounts/{account}/default-reply", Scope::Read),
    api(
        &Method::PUT,
        "/api/v1/accounts/{account}/default-reply",
        Scope::WriteRules,
    ),
    api(&Method::GET, "/api/v1/accounts/{account}/rules", Scope::Read),
    api(&Method::POST, "/api/v1/accounts/{account}/rules", Scope::WriteRules),
    api(&Method::GET, "/api/v1/accounts/{account}/rules/{rule}", Scope::Read),
    api(
        &Method::PUT,
        "/api/v1/accounts/{account}/rules/{rule}",
        Scope::WriteRules,
    ),
    api(
        &Method::DELETE,
        "/api/v1/accounts/{account}/rules/{rule}",
        Scope::WriteRules,
    ),
    api(
        &Method::POST,
        "/api/v1/accounts/{account}/rules/{rule}/move",
        Scope::WriteRules,
    ),
    api(
        &Method::PUT,
        "/api/v1/accounts/{account}/rules/{rule}/enabled",
        Scope::WriteRules,
    ),
    api(
        &Method::POST,
        "/api/v1/accounts/{account}/rules/{rule}/duplicate",
        Scope::WriteRules,
    ),
    api(
        &Method::POST,
        "/api/v1/accounts/{account}/rules/{rule}/restore",
        Scope::WriteRules,
    ),
    api(&Method::GET, "/api/v1/accounts/{account}/deleted-rules", Scope::Read),
    api(&Method::POST, "/api/v1/accounts/{account}/simulate", Scope::Read),
    api(&Method::GET, "/api/v1/accounts/{account}/examples", Scope::Read),
    api(&Method::POST, "/api/v1/accounts/{account}/examples", Scope::WriteRules),
    api(
        &Method::DELETE,
        "/api/v1/accounts/{account}/examples/{example}",
        Scope::WriteRules,
    ),
    api(&Method::GET, "/api/v1/accounts/{account}/export", Scope::Read),
    api(&Method::POST, API_IMPORT, Scope::WriteRules),
    api(&Method::GET, "/api/v1/accounts/{account}/history", Scope::Read),
    api(&Method::GET, "/api/v1/persona", Scope::Read),
    api(&Method::GET, "/api/v1/messages", Scope::Read),
    api(&Method::GET, "/api/v1/credits", Scope::Credits),
    api(&Method::GET, "/api/v1/credits/ledger", Scope::Credits),
    api(&Method::GET, "/api/v1/health", Scope::Read),
    api(&Method::GET, "/api/v1/notices", Scope::Read),
    api(&Method::GET, "/api/v1/events", Scope::Read),
    page("/", ANYONE),
    page("/login", ANYONE),
    page("/setup", ANYONE),
    page("/privacy", ANYONE),
    page("/meta/data-deletion/{code}", ANYONE),
    page("/admin", VIEWER),
    page("/admin/instagram", VIEWER),
    page("/admin/instagram/connect", VIEWER),
    page("/admin/instagram/{id}", VIEWER).with(PATH),
    page("/admin/rules/instagram/{id}", VIEWER).with(PATH),
    page("/admin/rules/instagram/{id}/history", VIEWER).with(PATH),
    page("/admin/rules/instagram/{id}/transfer", VIEWER).with(PATH),
    page("/admin/persona", VIEWER),
    page("/admin/messages", VIEWER),
    page("/admin/credits", VIEWER),
    page("/admin/settings", VIEWER),
    page("/admin/settings/webhooks", VIEWER),
    page("/admin/health", VIEWER),
    function(endpoints::LOAD_AUTH_STATE, ANYONE),
    function(endpoints::SIGN_IN, ANYONE),
    function(endpoints::SIGN_OUT, ANYONE),
    function(endpoints::SET_UP, ANYONE),
    function(endpoints::CHOOSE_THEME, ANYONE),
    function(endpoints::LOAD_PRIVACY, ANYONE),
    function(endpoints::LOAD_DELETION, ANYONE),
    function(endpoints::LOAD_RAIL, VIEWER),
    function(endpoints::LOAD_NAMES, VIEWER),
    function(endpoints::LOAD_OVERVIEW, VIEWER),
    function(endpoints::LOAD_ACCOUNTS, VIEWER),
    function(endpoints::LOAD_ACCOUNT, VIEWER).with(ACCOUNT),
    function(endpoints::ENABLE_ACCOUNT, EDITOR).with(ACCOUNT),
    function(endpoints::SWITCH_AUTO_REPLY, EDITOR).with(ACCOUNT),
    function(endpoints::SAVE_DEFAULT_REPLY, EDITOR).with(ACCOUNT),
    function(endpoints::SAVE_DEFAULT_REPLY_FREQUENCY, EDITOR).with(ACCOUNT),
    function(endpoints::CHECK_ACCOUNT, EDITOR).with(ACCOUNT),
    function(endpoints::START_LIVE_TEST, EDITOR).with(ACCOUNT),
    function(endpoints::LOAD_LIVE_TEST, VIEWER).with(ACCOUNT),
    function(endpoints::DISCONNECT_ACCOUNT, OWNER).with(ACCOUNT),
    function(endpoints::LOAD_CONNECT, OWNER),
    function(endpoints::CHOOSE_PAGES, OWNER).with(ATTEMPT),
    function(endpoints::LOOK_AGAIN, OWNER).with(ATTEMPT),
    function(endpoints::LOAD_HEALTH, VIEWER),
    function(endpoints::CHECK_ALL_ACCOUNTS, EDITOR),
    function(endpoints::SAVE_QUIET_HOURS, EDITOR).with(ACCOUNT),
    function(endpoints::LOAD_CUSTOMER_NAMES, VIEWER).with(ACCOUNT),
    function(endpoints::RESUME_CONVERSATION, EDITOR).with(CONVERSATION),
    function(endpoints::LOAD_RULES, VIEWER).with(ACCOUNT),
    function(endpoints::ADD_RULE, EDITOR).with(ACCOUNT),
    function(endpoints::SAVE_RULE, EDITOR).with(RULE),
    function(endpoints::DELETE_RULE, EDITOR).with(RULE),
    function(endpoints::RESTORE_RULE, EDITOR).with(RULE),
    function(endpoints::TOGGLE_RULE, EDITOR).with(RULE),
    function(endpoints::MOVE_RULE, EDITOR).with(RULE),
    function(endpoints::DUPLICATE_RULE, EDITOR).with(RULE),
    function(endpoints::SWITCH_CHOSEN, EDITOR).with(CHOSEN),
    function(endpoints::MOVE_CHOSEN, EDITOR).with(CHOSEN),
    function(endpoints::DELETE_CHOSEN, EDITOR).with(CHOSEN),
    function(endpoints::RESTORE_CHOSEN, EDITOR).with(CHOSEN),
    function(endpoints::COPY_CHOSEN, EDITOR).with(CHOSEN_INTO),
    function(endpoints::ADD_STARTER, EDITOR).with(ACCOUNT),
    function(endpoints::LOAD_SIMULATOR, VIEWER).with(ACCOUNT),
    function(endpoints::SIMULATE_MESSAGE, VIEWER).with(ACCOUNT),
    function(endpoints::WRITE_ANSWER, EDITOR).with(RULE),
    function(endpoints::ADD_EXAMPLE, EDITOR).with(ACCOUNT),
    function(endpoints::DELETE_EXAMPLE, EDITOR).with(EXAMPLE),
    function(endpoints::LOAD_HISTORY, VIEWER).with(ACCOUNT),
    function(endpoints::PREVIEW_GOING_BACK, VIEWER).with(CHANGE),
    function(endpoints::GO_BACK, EDITOR).with(CHANGE),
    function(endpoints::IMPORT_RULES, EDITOR).with(ACCOUNT),
    function(endpoints::PREVIEW_COPY, VIEWER).with(BOTH),
    function(endpoints::COPY_RULES, EDITOR).with(BOTH),
    function(endpoints::SAVE_AI_FALLBACK, EDITOR).with(ACCOUNT),
    function(endpoints::SWITCH_AI_MEMORY, EDITOR).with(ACCOUNT),
    function(endpoints::LOAD_READY_MADE_INTENTS, VIEWER),
    function(endpoints::CHECK_PROMPT_AGAIN, EDITOR).with(RULE),
    function(endpoints::LOAD_PERSONA, VIEWER),
    function(endpoints::SAVE_PERSONA, EDITOR),
    function(endpoints::RESTORE_PERSONA, EDITOR),
    function(endpoints::CHECK_PERSONA_AGAIN, EDITOR),
    function(endpoints::COMPARE_PERSONAS, VIEWER),
    function(endpoints::TRY_PERSONA, EDITOR),
    function(endpoints::LOAD_MESSAGES, VIEWER),
    function(endpoints::LOAD_CREDITS, VIEWER),
    function(endpoints::LOAD_SETTINGS, VIEWER),
    function(endpoints::CHANGE_PASSWORD, VIEWER),
    function(endpoints::SAVE_TENANT, OWNER),
    function(endpoints::SAVE_DISCLOSURE, OWNER),
    function(endpoints::LOAD_WEBHOOKS, OWNER),
    function(endpoints::ADD_WEBHOOK, OWNER),
    function(endpoints::SAVE_WEBHOOK, OWNER).with(ENDPOINT),
    function(endpoints::SWITCH_WEBHOOK, OWNER).with(ENDPOINT),
    function(endpoints::ROTATE_WEBHOOK_SECRET, OWNER).with(ENDPOINT),
    function(endpoints::HIDE_WEBHOOK_SECRET, OWNER).with(ENDPOINT),
    function(endpoints::TEST_WEBHOOK, OWNER).with(ENDPOINT),
    function(endpoints::DELETE_WEBHOOK, OWNER).with(ENDPOINT),
    function(endpoints::CREATE_API_KEY, OWNER),
    function(endpoints::REVOKE_API_KEY, OWNER),
];

/// The line for a matched path.
#[must_use]
pub fn find(method: &Method, path: &str) -> Option<&'static Route> {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    ROUTES.iter().find(|route| route.method == method && route.path == path)
}

/// The methods of a matched path.
pub fn methods(path: &str) -> impl Iterator<Item = &'static Method> {
    ROUTES
        .iter()
        .filter(move |route| route.path == path)
        .map(|route| route.method)
}

/// Whether requests to `path` carry a proof of their own (Meta's signature, a program's key), so that their origin does not matter.
#[must_use]
pub fn has_own_proof(path: &str) -> bool {
    path == WEBHOOK || path.starts_with("/meta/") || path.starts_with(API)
}
