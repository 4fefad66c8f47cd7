//! Pages, the Instagram accounts linked to them, and the tokens that open them.

use serde::{Deserialize, Serialize};

use super::facebook::USER_ID;

/// A Facebook Page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its id.
    pub page_id: String,
    /// Its name.
    pub name: String,
    /// The linked Instagram account.
    pub ig: Option<IgAccount>,
    /// Newest token of the Page.
    pub token: String,
    /// How often its token was replaced.
    pub token_generation: u32,
    /// Page-level webhook fields; empty means nothing is delivered.
    pub subscribed: Vec<String>,
    /// What the person may do on the Page.
    pub tasks: Vec<String>,
    /// Readable by its id only, as Pages of an asset picker can be: missing in `/me/accounts`.
    pub unlisted: bool,
}

/// Everything a person can be allowed on a Page.
pub const TASKS: [&str; 6] = [
    "ADVERTISE",
    "ANALYZE",
    "CREATE_CONTENT",
    "MESSAGING",
    "MODERATE",
    "MANAGE",
];

/// An Instagram business account.
#[derive(Clone, Debug, Serialize)]
pub struct IgAccount {
    /// Its id, as in `entry.id`.
    pub ig_id: String,
    /// Its user name.
    pub username: String,
}

/// Whom a token stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenKind {
    Page,
    /// A person for about an hour: what a code is exchanged for.
    ShortUser,
    /// A person for about sixty days.
    LongUser,
}

/// What an access token stands for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Token {
    /// Of a Page or of a user.
    pub kind: TokenKind,
    /// The person behind it.
    pub user_id: String,
    /// Empty for a person's token.
    pub page_id: String,
    /// Granted permissions.
    pub scopes: Vec<String>,
    /// The 190 subcode once the token is dead; 0 stands for "no subcode".
    pub dead: Option<u32>,
    /// Seconds since 1970.
    pub issued_at: i64,
    /// Seconds; 0 never expires.
    pub expires_at: i64,
    /// Seconds since 1970.
    pub data_access_expires_at: i64,
}

/// Every permission of the app.
pub const SCOPES: [&str; 7] = [
    "pages_show_list",
    "pages_read_engagement",
    "business_management",
    "instagram_basic",
    "instagram_manage_messages",
    "pages_manage_metadata",
    "pages_messaging",
];

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

impl Token {
    /// A Page token without an end, `now` in seconds.
    pub fn new(page_id: &str, now: i64) -> Self {
        Self {
            kind: TokenKind::Page,
            user_id: USER_ID.to_owned(),
            page_id: page_id.to_owned(),
            scopes: SCOPES.map(str::to_owned).to_vec(),
            dead: None,
            issued_at: now,
            expires_at: 0,
            data_access_expires_at: now + 90 * DAY,
        }
    }

    /// The token of a person who granted `scopes`.
    pub fn of_person(user_id: &str, scopes: &[String], kind: TokenKind, now: i64) -> Self {
        let life = if kind == TokenKind::LongUser { 60 * DAY } else { HOUR };
        Self {
            kind,
            user_id: user_id.to_owned(),
            scopes: scopes.to_vec(),
            expires_at: now + life,
            ..Self::new("", now)
        }
    }

    /// The 190 subcode of a token that is dead at `now`, in seconds.
    pub fn dead_at(&self, now: i64) -> Option<u32> {
        self.dead
            .or((self.expires_at != 0 && self.expires_at <= now).then_some(463))
    }
}

impl Page {
    /// Whether `name` is its Page id, Instagram id or user name.
    pub(super) fn answers_to(&self, name: &str) -> bool {
        let ig = self.ig.as_ref();
        self.page_id == name || ig.is_some_and(|ig| ig.ig_id == name || ig.username == name)
    }
}
