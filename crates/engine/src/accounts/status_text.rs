//! An account's state in words: pill, problem, status sentence.

use domain::accounts::{AccountCause, AccountStatus};
use domain::views::{NextStep, Pill, Place, Problem, StatusSentence, Tone};

use super::{AccountFacts, token_text};
use crate::identity::TenantTime;

impl AccountFacts {
    /// The account's state in one or two words.
    #[must_use]
    pub fn pill(&self) -> Pill {
        let (tone, label) = match self.status {
            AccountStatus::NeedsReconnect => (Tone::Bad, "Needs reconnecting"),
            AccountStatus::NeedsAttention => (Tone::Warn, "Needs attention"),
            AccountStatus::Paused { .. } => (Tone::Warn, "Paused"),
            AccountStatus::Disconnected => (Tone::Idle, "Disconnected"),
            AccountStatus::Connected if !self.row.enabled => (Tone::Idle, "Switched off"),
            AccountStatus::Connected if !self.row.auto_reply => (Tone::Idle, "Auto-reply off"),
            AccountStatus::Connected if self.row.balance == 0 => (Tone::Bad, "No credits"),
            AccountStatus::Connected => (Tone::Ok, "On"),
        };
        Pill {
            tone,
            label: label.into(),
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
                "Connect it again to answer new DMs. Rules and replies are kept.".into(),
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
        let pill = self.pill();
        let lead = if pill.label == "No credits" {
            "Off: no credits.".into()
        } else {
            format!("{}.", pill.label)
        };
        let credits = (self.row.balance > 0).then(|| credits(self.row.balance));
        let token = token_text::token_in_status(self, time);
        StatusSentence {
            tone: pill.tone,
            lead,
            rest: credits.into_iter().chain(token).collect::<Vec<_>>().join(" "),
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

/// `312 credits.`
pub(crate) fn credits(balance: i64) -> String {
    match balance {
        1 => "1 credit.".into(),
        many => format!("{} credits.", grouped(many)),
    }
}

/// 1040 → "1,040".
pub(crate) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "−" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
