//! Whether anything a tenant's pages show has changed: one cheap question, so that open pages may ask it every second, whichever
//! server did the change.

use domain::ids::TenantId;
use domain::named_enum;
use domain::time::Timestamp;

use super::sql::PULSE;
pub use super::sql::Pulse;
use crate::replies::WORTH_TELLING;
use crate::storage::{Database, StorageError, sql};

/// The pulse of `tenant`. A reply that opens and settles between two pulses shows by its message.
pub async fn pulse(database: &Database, tenant: TenantId, now: Timestamp) -> Result<Pulse, StorageError> {
    let values = [tenant.into(), (now - WORTH_TELLING).into()];
    let pulse = sql::optional(database.reader(), PULSE, values).await?;
    Ok(pulse.unwrap_or_default())
}

named_enum! {
    /// What a change is about.
    pub enum Topic {
        /// The message log, and what waits.
        Messages = "messages",
        /// Balance and ledger.
        Credits = "credits",
        /// Status and switches of accounts.
        Accounts = "accounts",
        /// Rules and default replies.
        Rules = "rules",
        /// The persona and the checks of texts.
        Persona = "persona",
    }
}

impl Pulse {
    /// What changed since an earlier pulse.
    #[must_use]
    pub fn topics_since(&self, earlier: &Self) -> Vec<Topic> {
        let differs = [
            (
                Topic::Messages,
                (self.newest_message, self.open_replies) != (earlier.newest_message, earlier.open_replies),
            ),
            (Topic::Credits, self.newest_entry != earlier.newest_entry),
            (Topic::Accounts, self.accounts != earlier.accounts),
            (Topic::Rules, self.rules != earlier.rules),
            (
                Topic::Persona,
                (self.persona_versions, self.safety_checks) != (earlier.persona_versions, earlier.safety_checks),
            ),
        ];
        differs
            .into_iter()
            .filter_map(|(topic, differs)| differs.then_some(topic))
            .collect()
    }

    fn numbers(&self) -> [i64; 7] {
        [
            self.newest_message.as_millis(),
            self.newest_entry.as_millis(),
            self.open_replies,
            self.accounts,
            self.rules,
            self.persona_versions,
            self.safety_checks,
        ]
    }
}

/// As a program gives it back, to hear what changed while it was away: on another server, or after a restart.
impl std::fmt::Display for Pulse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let numbers: Vec<String> = self.numbers().iter().map(ToString::to_string).collect();
        f.write_str(&numbers.join("."))
    }
}

/// The text is no pulse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no pulse")]
pub struct NoPulse;

impl std::str::FromStr for Pulse {
    type Err = NoPulse;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers: Result<Vec<i64>, _> = text.split('.').map(str::parse).collect();
        let numbers: [i64; 7] = numbers.map_err(|_| NoPulse)?.try_into().map_err(|_| NoPulse)?;
        let [
            newest_message,
            newest_entry,
            open_replies,
            accounts,
            rules,
            persona_versions,
            safety_checks,
        ] = numbers;
        Ok(Self {
            newest_message: Timestamp::from_millis(newest_message),
            newest_entry: Timestamp::from_millis(newest_entry),
            open_replies,
            accounts,
            rules,
            persona_versions,
            safety_checks,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pulse_that_comes_back_says_what_changed_since() {
        let before = Pulse::default();
        let after = Pulse {
            open_replies: 2,
            rules: 7,
            ..before
        };
        let remembered: Pulse = before.to_string().parse().expect("it was just written");
        assert_eq!(after.topics_since(&remembered), [Topic::Messages, Topic::Rules]);
        assert_eq!(after.topics_since(&after), []);
        for text in [
            "",
            "1.2",
            "1.2.3.4.5.6.x",
            "1.2.3.4.5.6.7.8",
            "99999999999999999999.0.0.0.0.0.0",
        ] {
            assert_eq!(text.parse::<Pulse>(), Err(NoPulse), "{text}");
        }
    }
}
