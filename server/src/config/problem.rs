//! What is wrong with the configuration: everything at once, so that one start shows all there is to fix.

use std::fmt;

use super::settings::Setting;

/// One setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The variable, or the file.
    pub name: String,
    /// What would be right, as a sentence. Never holds a secret.
    pub message: String,
}

impl Problem {
    pub(super) fn of(setting: Setting, message: impl Into<String>) -> Self {
        Self {
            name: setting.variable(),
            message: message.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.name, self.message)
    }
}

/// Everything that is wrong; never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    /// In the order of the settings.
    pub problems: Vec<Problem>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.problems.len();
        let things = if count == 1 { "one thing" } else { "these things" };
        write!(formatter, "The configuration cannot be used. Please correct {things}:")?;
        for problem in &self.problems {
            write!(formatter, "\n  - {problem}")?;
        }
        Ok(())
    }
}
