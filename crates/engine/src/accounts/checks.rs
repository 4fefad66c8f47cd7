//! The connection in live facts: can it receive, can it send, is the token good, are the permissions given?

use domain::accounts::AccountStatus;
use domain::time::Timestamp;
use domain::views::{CheckLine, ConnectionCheck, Tone};

use super::{AccountFacts, token_words};
use crate::settings::TenantTime;

impl AccountFacts {
    /// All facts about the connection.
    #[must_use]
    pub fn connection(&self, time: &TenantTime) -> ConnectionCheck {
        let (tone, token) = token_words::token(self, time);
        let mut lines = vec![
            self.can_receive(time),
            self.can_send(time),
            line("Token", tone, format!("{token}.")),
            self.permissions(),
        ];
        lines.extend(token_words::data_access(self, time).map(|warning| line("Data access", Tone::Warn, warning)));
        let checked_at = self
            .row
            .token_checked_at
            .map(|at| time.moment(Timestamp::from_millis(at)));
        ConnectionCheck { checked_at, lines }
    }

    /// A DM arrived, or none yet.
    #[must_use]
    pub fn can_receive(&self, time: &TenantTime) -> CheckLine {
        match self.last_dm_at() {
            Some(at) => line("Can receive", Tone::Ok, format!("Last DM {}.", time.moment(at).short)),
            None => {
                let sentence = format!(
                    "Send “hello” to {} from another Instagram account. This line updates by itself.",
                    self.row.username
                );
                line("Can receive", Tone::Info, sentence)
            }
        }
    }

    /// A reply was delivered, none yet, or what is in the way.
    #[must_use]
    pub fn can_send(&self, time: &TenantTime) -> CheckLine {
        let (tone, sentence) = match (self.status, self.last_reply_at()) {
            (AccountStatus::NeedsReconnect, _) => (Tone::Bad, self.reconnect_sentence(time)),
            (AccountStatus::NeedsAttention, _) => (
                Tone::Warn,
                self.cause("A permission or setting in Instagram is missing."),
            ),
            (AccountStatus::Paused { until }, _) => {
                (Tone::Warn, format!("Paused until about {}.", time.moment(until).short))
            }
            (AccountStatus::Disconnected, _) => (Tone::Idle, "The account is disconnected.".into()),
            (AccountStatus::Connected, Some(at)) => {
                (Tone::Ok, format!("Last reply delivered {}.", time.moment(at).short))
            }
            (AccountStatus::Connected, None) => (Tone::Idle, "Checked with the first reply.".into()),
        };
        line("Can send", tone, sentence)
    }

    fn permissions(&self) -> CheckLine {
        let (tone, sentence) = match (self.status, self.row.token_checked_at) {
            (AccountStatus::NeedsAttention, _) => (
                Tone::Warn,
                self.cause("A permission or setting in Instagram is missing."),
            ),
            (AccountStatus::NeedsReconnect | AccountStatus::Disconnected, _) => {
                (Tone::Idle, "Not known while the connection is down.".into())
            }
            (_, Some(_)) => (Tone::Ok, "Nothing was missing at the last check.".into()),
            (_, None) => (Tone::Idle, "Not checked yet.".into()),
        };
        line("Permissions", tone, sentence)
    }
}

/// A line without a next step.
pub(crate) fn line(label: &str, state: Tone, sentence: String) -> CheckLine {
    CheckLine {
        label: label.into(),
        state,
        sentence,
        next_step: None,
        fix: None,
    }
}
