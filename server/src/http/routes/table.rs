//! The one table of routes: what answers where, and who may ask. The router is built from it, and tests walk through it.
//!
//! Roles are checked here, before a handler runs, and again by each server function; a route that is missing here does not exist.

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
/// Topics that changed.
pub const EVENTS: &str = "/api/events";

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
    route(&Method::GET, EVENTS, VIEWER, Kind::Events),
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
    page("/admin/messages", VIEWER),
    page("/admin/credits", VIEWER),
    page("/admin/settings", VIEWER),
    page("/admin/health", VIEWER),
    function("/api/session/state", ANYONE),
    function("/api/session/login", ANYONE),
    function("/api/session/logout", ANYONE),
    function("/api/session/setup", ANYONE),
    function("/api/session/theme", ANYONE),
    function("/api/public/privacy", ANYONE),
    function("/api/public/deletion", ANYONE),
    function("/api/frame/rail", VIEWER),
    function("/api/overview/load", VIEWER),
    function("/api/accounts/list", VIEWER),
    function("/api/accounts/load", VIEWER),
    function("/api/accounts/enable", EDITOR),
    function("/api/accounts/auto-reply", EDITOR),
    function("/api/accounts/default-reply", EDITOR),
    function("/api/accounts/check", EDITOR),
    function("/api/accounts/test", EDITOR),
    function("/api/accounts/test-state", VIEWER),
    function("/api/accounts/disconnect", OWNER),
    function("/api/connect/load", OWNER),
    function("/api/connect/choose", OWNER),
    function("/api/connect/look-again", OWNER),
    function("/api/health/load", VIEWER),
    function("/api/health/check", EDITOR),
    function("/api/accounts/quiet-hours", EDITOR),
    function("/api/accounts/resume", EDITOR),
    function("/api/rules/load", VIEWER),
    function("/api/rules/add", EDITOR),
    function("/api/rules/save", EDITOR),
    function("/api/rules/delete", EDITOR),
    function("/api/rules/restore", EDITOR),
    function("/api/rules/toggle", EDITOR),
    function("/api/rules/move", EDITOR),
    function("/api/rules/duplicate", EDITOR),
    function("/api/rules/add-starter", EDITOR),
    function("/api/rules/workshop", VIEWER),
    function("/api/rules/simulate", VIEWER),
    function("/api/rules/add-example", EDITOR),
    function("/api/rules/delete-example", EDITOR),
    function("/api/rules/history", VIEWER),
    function("/api/rules/preview-going-back", VIEWER),
    function("/api/rules/go-back", EDITOR),
    function("/api/rules/import", EDITOR),
    function("/api/rules/preview-copy", VIEWER),
    function("/api/rules/copy", EDITOR),
    function("/api/messages/load", VIEWER),
    function("/api/credits/load", VIEWER),
    function("/api/settings/load", VIEWER),
    function("/api/settings/password", VIEWER),
    function("/api/settings/tenant", OWNER),
    function("/api/settings/disclosure", OWNER),
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
