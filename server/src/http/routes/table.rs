//! The one table of routes: what answers where, and who may ask. The router is built from it, and tests walk through it.
//!
//! Roles are checked here, before a handler runs, and again by each server function; a route that is missing here does not exist.

use app::endpoints;
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
}

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// No session needed.
    Anyone,
    /// A signed-in person with at least this role.
    Role(Role),
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
}

const fn route(method: &'static Method, path: &'static str, access: Access, kind: Kind) -> Route {
    Route {
        method,
        path,
        access,
        kind,
    }
}

const fn page(path: &'static str, access: Access) -> Route {
    route(&Method::GET, path, access, Kind::Page)
}

const fn function(path: &'static str, access: Access) -> Route {
    route(&Method::POST, path, access, Kind::Function)
}

const ANYONE: Access = Access::Anyone;
const VIEWER: Access = Access::Role(Role::Viewer);
const EDITOR: Access = Access::Role(Role::Editor);
const OWNER: Access = Access::Role(Role::Owner);

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
    route(&Method::GET, RULES_EXPORT, VIEWER, Kind::File),
    page("/", ANYONE),
    page("/login", ANYONE),
    page("/setup", ANYONE),
    page("/privacy", ANYONE),
    page("/meta/data-deletion/{code}", ANYONE),
    page("/admin", VIEWER),
    page("/admin/instagram", VIEWER),
    page("/admin/instagram/connect", VIEWER),
    page("/admin/instagram/{id}", VIEWER),
    page("/admin/rules/instagram/{id}", VIEWER),
    page("/admin/rules/instagram/{id}/history", VIEWER),
    page("/admin/rules/instagram/{id}/transfer", VIEWER),
    page("/admin/persona", VIEWER),
    page("/admin/messages", VIEWER),
    page("/admin/credits", VIEWER),
    page("/admin/settings", VIEWER),
    page("/admin/health", VIEWER),
    function(endpoints::LOAD_AUTH_STATE, ANYONE),
    function(endpoints::SIGN_IN, ANYONE),
    function(endpoints::SIGN_OUT, ANYONE),
    function(endpoints::SET_UP, ANYONE),
    function(endpoints::CHOOSE_THEME, ANYONE),
    function(endpoints::LOAD_PRIVACY, ANYONE),
    function(endpoints::LOAD_DELETION, ANYONE),
    function(endpoints::LOAD_RAIL, VIEWER),
    function(endpoints::LOAD_OVERVIEW, VIEWER),
    function(endpoints::LOAD_ACCOUNTS, VIEWER),
    function(endpoints::LOAD_ACCOUNT, VIEWER),
    function(endpoints::ENABLE_ACCOUNT, EDITOR),
    function(endpoints::SWITCH_AUTO_REPLY, EDITOR),
    function(endpoints::SAVE_DEFAULT_REPLY, EDITOR),
    function(endpoints::CHECK_ACCOUNT, EDITOR),
    function(endpoints::START_LIVE_TEST, EDITOR),
    function(endpoints::LOAD_LIVE_TEST, VIEWER),
    function(endpoints::DISCONNECT_ACCOUNT, OWNER),
    function(endpoints::LOAD_CONNECT, OWNER),
    function(endpoints::CHOOSE_PAGES, OWNER),
    function(endpoints::LOOK_AGAIN, OWNER),
    function(endpoints::LOAD_HEALTH, VIEWER),
    function(endpoints::CHECK_ALL_ACCOUNTS, EDITOR),
    function(endpoints::SAVE_QUIET_HOURS, EDITOR),
    function(endpoints::SAVE_AI_FALLBACK, EDITOR),
    function(endpoints::SWITCH_AI_MEMORY, EDITOR),
    function(endpoints::RESUME_CONVERSATION, EDITOR),
    function(endpoints::LOAD_RULES, VIEWER),
    function(endpoints::LOAD_READY_MADE_INTENTS, VIEWER),
    function(endpoints::ADD_RULE, EDITOR),
    function(endpoints::SAVE_RULE, EDITOR),
    function(endpoints::DELETE_RULE, EDITOR),
    function(endpoints::RESTORE_RULE, EDITOR),
    function(endpoints::TOGGLE_RULE, EDITOR),
    function(endpoints::MOVE_RULE, EDITOR),
    function(endpoints::DUPLICATE_RULE, EDITOR),
    function(endpoints::ADD_STARTER, EDITOR),
    function(endpoints::LOAD_SIMULATOR, VIEWER),
    function(endpoints::SIMULATE_MESSAGE, VIEWER),
    function(endpoints::ADD_EXAMPLE, EDITOR),
    function(endpoints::DELETE_EXAMPLE, EDITOR),
    function(endpoints::LOAD_HISTORY, VIEWER),
    function(endpoints::PREVIEW_GOING_BACK, VIEWER),
    function(endpoints::GO_BACK, EDITOR),
    function(endpoints::IMPORT_RULES, EDITOR),
    function(endpoints::PREVIEW_COPY, VIEWER),
    function(endpoints::COPY_RULES, EDITOR),
    function(endpoints::CHECK_PROMPT_AGAIN, EDITOR),
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
];

/// The line for a matched path.
#[must_use]
pub fn find(method: &Method, path: &str) -> Option<&'static Route> {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    ROUTES.iter().find(|route| route.method == method && route.path == path)
}

/// Whether requests to `path` carry a proof of their own (Meta's signature), so that their origin does not matter.
#[must_use]
pub fn has_own_proof(path: &str) -> bool {
    path == WEBHOOK || path.starts_with("/meta/")
}
