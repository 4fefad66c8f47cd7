//! The permissions: what replies cannot do without, and what else is asked for (docs/meta-app.md says why each).

use domain::views::PermissionLine;

/// Without any of these nothing works.
pub const REQUIRED: [&str; 4] = [
    "instagram_basic",
    "instagram_manage_messages",
    "pages_manage_metadata",
    "pages_messaging",
];

/// Everything that the dialog asks for.
pub const WANTED: [&str; 7] = [
    REQUIRED[0],
    REQUIRED[1],
    REQUIRED[2],
    REQUIRED[3],
    "pages_show_list",
    "pages_read_engagement",
    "business_management",
];

/// Required and not among `given`.
pub(crate) fn missing(given: &[String]) -> Vec<&'static str> {
    let is_missing = |scope: &&&'static str| !given.iter().any(|given| given == **scope);
    REQUIRED.iter().filter(is_missing).copied().collect()
}

/// The required ones in Facebook's words, each given or not.
pub(crate) fn lines(given: &[String]) -> Vec<PermissionLine> {
    let line = |scope: &&'static str| PermissionLine {
        name: (*scope).to_owned(),
        label: label(scope).to_owned(),
        given: given.iter().any(|given| given == scope),
    };
    REQUIRED.iter().map(line).collect()
}

/// As Facebook's dialog names it.
pub(crate) fn label(scope: &str) -> &str {
    match scope {
        "instagram_basic" => "See your Instagram profile",
        "instagram_manage_messages" => "Manage Instagram messages",
        "pages_manage_metadata" => "Receive events for the Page",
        "pages_messaging" => "Message as the Page",
        "pages_show_list" => "See your Pages",
        "pages_read_engagement" => "Read what is on the Page",
        "business_management" => "See Pages of a business portfolio",
        other => other,
    }
}
