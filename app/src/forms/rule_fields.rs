//! The names of a rule's fields: of the inputs, of what was typed before a redirect, and of errors. The server function reads the
//! same, which its test compares.

pub const LABEL: &str = "label";
pub const MATCHER: &str = "matcher";
pub const KEYWORDS: &str = "keywords";
/// A stored keyword, one field for each; the server function reads the list `keyword_list`.
pub const KEYWORD_LIST: &str = "keyword_list[]";
pub const MODE: &str = "mode";
pub const DESCRIPTION: &str = "description";
pub const EXAMPLES: &str = "examples";
pub const READY_MADE: &str = "ready_made";
pub const THRESHOLD: &str = "threshold";
pub const RESPONSE: &str = "response";
pub const CANNED: &str = "canned";
pub const PROMPT: &str = "prompt";
pub const LEAVE_TO_PERSON: &str = "leave_to_person";
