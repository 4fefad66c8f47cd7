//! Pages, the Instagram accounts linked to them, and the tokens that open them.

use serde::Serialize;

use super::facebook::USER_ID;
use super::{World, ids};

#[derive(Clone, Debug)]
pub struct Page {
    pub page_id: String,
    pub name: String,
    pub ig: Option<IgAccount>,
    /// Newest token of the Page.
    pub token: String,
    pub token_generation: u32,
    /// Page-level webhook fields; empty means nothing is delivered.
    pub subscribed: Vec<String>,
    /// What the person may do on the Page.
    pub tasks: Vec<String>,
    /// Readable by its id only, as Pages of an asset picker can be: missing in `/me/accounts`.
    pub unlisted: bool,
}

pub const TASKS: [&str; 6] = [
    "ADVERTISE",
    "ANALYZE",
    "CREATE_CONTENT",
    "MESSAGING",
    "MODERATE",
    "MANAGE",
];

#[derive(Clone, Debug, Serialize)]
pub struct IgAccount {
    pub ig_id: String,
    pub username: String,
}

/// Whom a token stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Page,
    /// A person for about an hour: what a code is exchanged for.
    ShortUser,
    /// A person for about sixty days.
    LongUser,
}

#[derive(Clone, Debug)]
pub struct Token {
    pub kind: TokenKind,
    /// The person behind it.
    pub user_id: String,
    /// Empty for a person's token.
    pub page_id: String,
    pub scopes: Vec<String>,
    /// The 190 subcode once the token is dead; 0 stands for "no subcode".
    pub dead: Option<u32>,
    pub issued_at: i64,
    /// Seconds; 0 never expires.
    pub expires_at: i64,
    pub data_access_expires_at: i64,
}

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

impl World {
    /// By Page id, Instagram id or user name.
    pub fn page(&self, name: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.answers_to(name))
    }

    pub fn page_mut(&mut self, name: &str) -> Option<&mut Page> {
        self.pages.iter_mut().find(|page| page.answers_to(name))
    }

    pub fn page_by_ig(&self, ig_id: &str) -> Option<&Page> {
        self.pages
            .iter()
            .find(|page| page.ig.as_ref().is_some_and(|ig| ig.ig_id == ig_id))
    }

    /// A new token for the Page, as a reconnect would bring; the old one keeps its state.
    pub fn rotate_token(&mut self, app_id: &str, name: &str) -> Option<String> {
        let page = self.page_mut(name)?;
        page.token_generation += 1;
        let value = ids::page_token(app_id, &page.page_id, page.token_generation);
        page.token.clone_from(&value);
        let page_id = page.page_id.clone();
        let token = Token::new(&page_id, self.now_ms() / 1000);
        self.tokens.insert(value.clone(), token);
        Some(value)
    }

    /// The Page token that a person's token reads: it ends with a short-lived one and has no end with a long-lived one.
    pub fn page_token_for(&mut self, user_token: &str, page_id: &str) -> Option<String> {
        let user = self.tokens.get(user_token)?.clone();
        let value = ids::derived_token(user_token, page_id);
        if !self.tokens.contains_key(&value) {
            let now = self.now_ms() / 1000;
            let expires_at = if user.kind == TokenKind::LongUser {
                0
            } else {
                user.expires_at
            };
            let token = Token {
                user_id: user.user_id,
                scopes: user.scopes,
                expires_at,
                data_access_expires_at: user.data_access_expires_at,
                ..Token::new(page_id, now)
            };
            self.tokens.insert(value.clone(), token);
        }
        if let Some(page) = self.page_mut(page_id) {
            page.token.clone_from(&value);
        }
        Some(value)
    }
}

impl Page {
    fn answers_to(&self, name: &str) -> bool {
        let ig = self.ig.as_ref();
        self.page_id == name || ig.is_some_and(|ig| ig.ig_id == name || ig.username == name)
    }
}
