//! The connection in live facts, each line with its cause, who can put it right, and where.

use domain::accounts::{AccountCause, AccountStatus};
use domain::views::{CheckLine, ConnectionCheck, Fix, NextStep, Place, Tone};

use super::{AccountFacts, token_text};
use crate::channels::instagram::scopes;
use crate::identity::TenantTime;

const INSTAGRAM_USER: &str = "Whoever uses the Instagram app of this account";
const PAGE_ADMIN: &str = "An admin of the Facebook Page";
const OPERATOR: &str = "The operator of this Concierge";
const DISCONNECTED: &str = "The account is disconnected.";
const NOT_KNOWN: &str = "Not known while the connection is down.";
const MESSAGE_ACCESS: &str = "Most likely “Allow access to messages” is off: Instagram app, Settings, Messages and story replies, Message controls, Connected tools. If it is on, the Meta app may not be published, or lack Advanced Access for people without a role in it.";

impl AccountFacts {
    /// All facts about the connection.
    #[must_use]
    pub fn connection(&self, time: &TenantTime) -> ConnectionCheck {
        let (tone, token) = token_text::token(self, time);
        let mut lines = vec![
            self.can_receive(time),
            self.can_send(time),
            self.reconnecting(line("Token", tone, format!("{token}."))),
            self.permissions(),
            self.link(),
            self.subscription(time),
        ];
        lines.extend(self.message_access());
        lines.extend(
            token_text::data_access(self, time)
                .map(|(tone, warning)| self.reconnecting(line("Data access", tone, warning))),
        );
        let checked_at = self.row.token_checked_at.map(|at| time.moment(at));
        ConnectionCheck { checked_at, lines }
    }

    /// A DM arrived, or none yet.
    #[must_use]
    pub fn can_receive(&self, time: &TenantTime) -> CheckLine {
        if !self.is_connected() {
            return line("Can receive", Tone::Idle, DISCONNECTED.into());
        }
        match self.last_dm_at() {
            Some(at) => line("Can receive", Tone::Ok, format!("Last DM {}.", time.moment(at).short)),
            None => {
                let sentence = format!(
                    "Send “hello” to {} as a customer would. This line updates by itself.",
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
            (AccountStatus::Disconnected, _) => (Tone::Idle, DISCONNECTED.into()),
            (AccountStatus::Connected, _) if self.unanswered() > 0 => {
                (Tone::Warn, meta_does_not_answer(self.unanswered()))
            }
            (AccountStatus::Connected, Some(at)) => {
                (Tone::Ok, format!("Last reply delivered {}.", time.moment(at).short))
            }
            (AccountStatus::Connected, None) => (Tone::Idle, "Checked with the first reply.".into()),
        };
        line("Can send", tone, sentence)
    }

    fn permissions(&self) -> CheckLine {
        let missing = names(&self.row.missing_scopes);
        let (tone, sentence) = match (self.status, self.row.token_checked_at) {
            (AccountStatus::NeedsReconnect | AccountStatus::Disconnected, _) => (Tone::Idle, NOT_KNOWN.into()),
            _ if !missing.is_empty() => {
                let missing: Vec<String> = missing
                    .iter()
                    .map(|scope| format!("“{}” ({scope})", scopes::label(scope)))
                    .collect();
                (
                    Tone::Bad,
                    format!(
                        "Missing: {}. Connect the account again and leave every permission ticked.",
                        missing.join(", ")
                    ),
                )
            }
            (AccountStatus::NeedsAttention, _) => (
                Tone::Warn,
                self.cause("A permission or setting in Instagram is missing."),
            ),
            (_, Some(_)) => (Tone::Ok, "Nothing was missing at the last check.".into()),
            (_, None) => (Tone::Idle, "Not checked yet.".into()),
        };
        self.reconnecting(line("Permissions", tone, sentence))
    }

    /// The Page and its Instagram account belong together.
    fn link(&self) -> CheckLine {
        let label = "Linked to its Page";
        match self.noted_cause() {
            Some(
                cause @ (AccountCause::PageGone
                | AccountCause::PageUnlinked
                | AccountCause::LinkChanged
                | AccountCause::LinkUnverified),
            ) => CheckLine {
                fix: Some(Fix {
                    who: PAGE_ADMIN.into(),
                    label: "The Page’s linked accounts".into(),
                    url: "https://www.facebook.com/settings/?tab=linked_instagram".into(),
                }),
                ..line(label, Tone::Bad, cause.sentence().into())
            },
            _ if self.is_down() => line(label, Tone::Idle, NOT_KNOWN.into()),
            _ if self.row.token_checked_at.is_none() => line(label, Tone::Idle, "Not checked yet.".into()),
            _ if self.row.page_name.is_empty() => line(label, Tone::Ok, "Linked at the last check.".into()),
            _ => line(label, Tone::Ok, format!("Linked to {}.", self.row.page_name)),
        }
    }

    /// What Meta sends us, as it was read back.
    fn subscription(&self, time: &TenantTime) -> CheckLine {
        let label = "Subscription";
        let fields = names(&self.row.subscribed_fields);
        if self.noted_cause() == Some(AccountCause::NotSubscribed) {
            return self.reconnecting(line(label, Tone::Bad, AccountCause::NotSubscribed.sentence().into()));
        }
        if self.is_down() {
            return line(label, Tone::Idle, NOT_KNOWN.into());
        }
        if fields.is_empty() {
            return line(label, Tone::Idle, "Not checked yet.".into());
        }
        if let Some(lost) = self.lost_subscription(time) {
            let sentence = format!(
                "Made again at {}: it had been lost. DMs before that may have been missed; look in Instagram.",
                time.moment(lost.until).short
            );
            return line(label, Tone::Ok, sentence);
        }
        let mut sentence = "Meta sends this account’s messages here, as of the last check.".to_owned();
        let refused = names(&self.row.refused_fields);
        if !refused.is_empty() {
            sentence.push_str(&format!(
                " Meta refused {} further kinds of notice; replies work without them.",
                refused.len()
            ));
        }
        line(label, Tone::Ok, sentence)
    }

    /// Meta says nothing about it now.
    const fn is_down(&self) -> bool {
        matches!(self.status, AccountStatus::NeedsReconnect | AccountStatus::Disconnected)
    }

    /// Cannot be read from Meta: only that nothing ever arrives, or that sending is refused, shows it.
    fn message_access(&self) -> Option<CheckLine> {
        let is_off = self.noted_cause() == Some(AccountCause::MessageAccessOff);
        let looks_off = self.last_dm_at().is_none() && self.is_connected();
        if !is_off && !looks_off {
            return None;
        }
        let (tone, sentence, who) = if is_off {
            (
                Tone::Bad,
                AccountCause::MessageAccessOff.sentence(),
                INSTAGRAM_USER.to_owned(),
            )
        } else {
            let who = format!("{INSTAGRAM_USER}; for the Meta app: {}", OPERATOR.to_lowercase());
            (Tone::Info, MESSAGE_ACCESS, who)
        };
        let no_link = String::new();
        Some(CheckLine {
            fix: Some(Fix {
                who,
                label: no_link.clone(),
                url: no_link,
            }),
            ..line("If no DM arrives", tone, sentence.into())
        })
    }

    /// A line that is mended by connecting again leads there, unless it is well.
    fn reconnecting(&self, line: CheckLine) -> CheckLine {
        if !matches!(line.state, Tone::Bad | Tone::Warn) {
            return line;
        }
        CheckLine {
            next_step: Some(NextStep {
                label: "Reconnect".into(),
                place: Place::Connect,
            }),
            ..line
        }
    }
}

fn names(list: &str) -> Vec<&str> {
    list.split(',').filter(|name| !name.is_empty()).collect()
}

/// How many replies wait for it, and what becomes of them.
pub(crate) fn meta_does_not_answer(waiting: u64) -> String {
    match waiting {
        1 => "Meta does not answer: 1 reply waits. It goes out by itself when Meta does.".into(),
        many => format!("Meta does not answer: {many} replies wait. They go out by themselves when Meta does."),
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
