//! How a command ends when it does not end well: a sentence for people and an exit code for scripts.

use std::error::Error;
use std::process::ExitCode;

use crate::config::ConfigError;

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It failed: exit code 1.
    #[error("{0}")]
    Failed(String),
    /// It was called wrongly: exit code 2.
    #[error("{0}")]
    Usage(String),
    /// The configuration cannot be used: exit code 2.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

impl Failure {
    /// `what` failed because of `cause`, which is told with all its sources.
    pub fn because(what: &str, cause: &dyn Error) -> Self {
        let mut text = format!("{what}: {cause}");
        let mut source = cause.source();
        while let Some(error) = source {
            text.push_str(": ");
            text.push_str(&error.to_string());
            source = error.source();
        }
        Self::Failed(text)
    }

    /// 1 for a failure, 2 for wrong usage or configuration.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Failed(_) => ExitCode::from(1),
            Self::Usage(_) | Self::Config(_) => ExitCode::from(2),
        }
    }
}
