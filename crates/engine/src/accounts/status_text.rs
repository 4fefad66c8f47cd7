//! An account's state in words: problem and status sentence. What it amounts to is decided in [`domain::standing`].

use domain::accounts::{AccountCause, AccountStatus};
use domain::standing::{SeenAccount, credits_left};
use domain::views::{NextStep, Place, Problem, StatusSentence};

use super::{AccountFacts, token_text};
use crate::connect::KEPT_AFTER_DISCONNECT;
use crate::identity::TenantTime;

impl AccountFacts {
    /// What is known of it, for [`domain::standing`].
    #[must_use]
    pub fn seen(&self, time: &TenantTime) -> SeenAccount {
        SeenAccount {
            username: self.row.username.clone(),
            status: self.status,
            enabled: self.row.enabled,
            auto_reply: self.row.auto_reply,
            balance: self.row.balance,
            last_dm: self.last_dm_at(),
            last_reply: self.last_reply_at(),
            ends_soon: self.ends_soon(time).is_some(),
            is_unanswered: self.unanswered() > 0,
        }
    }

    /// What keeps it from sending, with cause and fix.
    #[must_use]
    pub fn problem(&self, time: &TenantTime) -> Option<Problem> {
        let (lead, sentence) = match self.status {
            AccountStatus::Connected => return self.ends_soon(time),
            AccountStatus::NeedsReconnect => ("Nothing can be sent.", self.reconnect_sentence(time)),
            AccountStatus::NeedsAttention => {
                let cause = self.cause("A permission or setting in Instagram is missing.");
                (
                    "Replies cannot be sent.",
                    format!("{cause} Put it right, then check the connection."),
                )
            }
            AccountStatus::Paused { until } => {
                let until = time.moment(until).short;
                let cause = self.cause("Instagram asked us to slow down.");
                let end = match self.noted_cause() {
                    Some(AccountCause::PolicyBlock) => {
                        format!("Put it right, then check the connection; else the pause ends at about {until}.")
                    }
                    _ => format!("The pause ends at about {until}."),
                };
                ("Sending is paused.", format!("{cause} {end}"))
            }
            AccountStatus::Disconnected => (
                "This account is disconnected.",
                format!(
                    "Connect it again to answer new DMs. Rules and replies are kept until {}.",
                    time.moment(self.row.status_since + KEPT_AFTER_DISCONNECT).short
                ),
            ),
        };
        let reconnect = matches!(self.status, AccountStatus::NeedsReconnect | AccountStatus::Disconnected);
        Some(Problem {
            lead: lead.into(),
            sentence,
            next_step: reconnect.then(|| NextStep {
                label: "Reconnect".into(),
                place: Place::Connect,
            }),
        })
    }

    /// It works, but not for long.
    fn ends_soon(&self, time: &TenantTime) -> Option<Problem> {
        let sentence = token_text::ends_soon(self, time).or_else(|| token_text::data_access_ends_soon(self, time))?;
        Some(Problem {
            lead: "The connection ends soon.".into(),
            sentence,
            next_step: Some(NextStep {
                label: "Reconnect".into(),
                place: Place::Connect,
            }),
        })
    }

    /// Opens the account's pages: "**On.** 312 credits. Token good for 41 days."
    #[must_use]
    pub fn status_sentence(&self, time: &TenantTime) -> StatusSentence {
        let standing = self.seen(time).standing();
        let credits = (self.row.balance > 0 && self.is_connected()).then(|| credits_left(self.row.balance));
        let token = token_text::token_in_status(self, time);
        let waits_for = standing.waits_for().map(str::to_owned);
        StatusSentence {
            tone: standing.pill().tone,
            lead: standing.lead(),
            rest: credits
                .into_iter()
                .chain(waits_for)
                .chain(token)
                .collect::<Vec<_>>()
                .join(" "),
            last_dm: self.last_dm_at().map(|at| time.moment(at)),
        }
    }

    /// The cause the pipeline noted, as a sentence.
    pub(super) fn cause(&self, otherwise: &str) -> String {
        self.noted_cause()
            .map_or_else(|| otherwise.to_owned(), |cause| cause.sentence().to_owned())
    }

    /// The cause the pipeline or a check noted.
    pub(super) const fn noted_cause(&self) -> Option<AccountCause> {
        self.row.status_cause
    }

    /// `3 replies wait; they go out if you reconnect before 18:20.`
    pub(super) fn waiting_sentence(&self, time: &TenantTime) -> Option<String> {
        let until = time.moment(self.row.waiting_until?).short;
        Some(match self.row.waiting {
            0 => return None,
            1 => format!("1 reply waits; it goes out if you reconnect before {until}."),
            many => format!("{many} replies wait; they go out if you reconnect before {until}."),
        })
    }

    /// Cause and consequence of a connection that ended.
    #[must_use]
    pub fn reconnect_sentence(&self, time: &TenantTime) -> String {
        let cause = self.cause("The connection to Instagram ended.");
        match self.waiting_sentence(time) {
            Some(waiting) => format!("{cause} {waiting}"),
            None => cause,
        }
    }
}
