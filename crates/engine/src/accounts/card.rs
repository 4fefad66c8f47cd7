//! An account in one line, as a card, and all cards together.

use domain::standing::accounts_summary;
use domain::views::{AccountBrief, AccountCard, AccountsPage};

use super::{AccountFacts, token_text};
use crate::identity::TenantTime;

impl AccountFacts {
    /// In one line.
    #[must_use]
    pub fn brief(&self, time: &TenantTime) -> AccountBrief {
        AccountBrief {
            id: self.id(),
            username: self.row.username.clone(),
            name: self.row.name.clone(),
            monogram: monogram(&self.row.username),
            pill: self.seen(time).standing().pill(),
            last_reply: self.last_reply_at().map(|at| time.moment(at)),
        }
    }

    /// As a card.
    #[must_use]
    pub fn card(&self, time: &TenantTime) -> AccountCard {
        AccountCard {
            brief: self.brief(time),
            status: self.status,
            problem: self.problem(time),
            enabled: self.row.enabled,
            auto_reply: self.row.auto_reply,
            token: token_text::token(self, time).1,
            last_dm: self.last_dm_at().map(|at| time.moment(at)),
            last_reply_took_ms: self.row.last_latency_ms,
            rules: u32::try_from(self.row.rules).unwrap_or(u32::MAX),
            rules_on: u32::try_from(self.row.rules_on).unwrap_or(u32::MAX),
            waiting: u32::try_from(self.row.waiting).unwrap_or(u32::MAX),
        }
    }
}

/// All cards under one sentence.
pub(super) fn page(all: &[AccountFacts], time: &TenantTime) -> AccountsPage {
    AccountsPage {
        summary: accounts_summary(&all.iter().map(|facts| facts.seen(time)).collect::<Vec<_>>()),
        accounts: all.iter().map(|facts| facts.card(time)).collect(),
    }
}

/// Two letters: `bloomandstem` → `BL`, `salon.aurelie.paris` → `SA`.
pub(crate) fn monogram(username: &str) -> String {
    let words: Vec<&str> = username
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let letters: String = match words.as_slice() {
        [] => "?".into(),
        [only] => only.chars().take(2).collect(),
        [first, second, ..] => first.chars().take(1).chain(second.chars().take(1)).collect(),
    };
    letters.to_uppercase()
}

#[cfg(test)]
mod tests;
