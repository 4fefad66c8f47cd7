//! Pages, the Instagram accounts linked to them, and the tokens that open them.

use serde::Serialize;

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
}

#[derive(Clone, Debug, Serialize)]
pub struct IgAccount {
    pub ig_id: String,
    pub username: String,
}

#[derive(Clone, Debug)]
pub struct Token {
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

impl Token {
    pub fn new(page_id: &str) -> Self {
        let now = crate::clock::system_ms() / 1000;
        Self {
            page_id: page_id.to_owned(),
            scopes: SCOPES.map(str::to_owned).to_vec(),
            dead: None,
            issued_at: now,
            expires_at: 0,
            data_access_expires_at: now + 90 * 86_400,
        }
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
        let token = Token::new(&page.page_id);
        self.tokens.insert(value.clone(), token);
        Some(value)
    }
}

impl Page {
    fn answers_to(&self, name: &str) -> bool {
        let ig = self.ig.as_ref();
        self.page_id == name || ig.is_some_and(|ig| ig.ig_id == name || ig.username == name)
    }
}
