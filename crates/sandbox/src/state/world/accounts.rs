//! Pages and tokens by name and id.

use super::World;
use crate::state::accounts::{Page, Token, TokenKind};
use crate::state::ids;

impl World {
    /// By Page id, Instagram id or user name.
    pub fn page(&self, name: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.answers_to(name))
    }

    /// By Page id, Instagram id or user name.
    pub fn page_mut(&mut self, name: &str) -> Option<&mut Page> {
        self.pages.iter_mut().find(|page| page.answers_to(name))
    }

    /// The Page behind an Instagram id.
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
