//! The engine's errors as problems: a conflict becomes the present version.

use app::error::AppError;
use domain::views::PersonaConflict;
use engine::accounts::AccountsError;
use engine::connect::CheckError;
use engine::messages::MessagesError;
use engine::persona::PersonasError;
use engine::rules::RulesError;
use engine::storage::StorageError;

use super::problem::Problem;

impl From<RulesError> for Problem {
    fn from(error: RulesError) -> Self {
        match error {
            RulesError::RuleChanged(conflict) => {
                Self::version_changed(conflict.theirs.version, conflict.changed_by.as_deref())
            }
            RulesError::ListChanged(conflict) => {
                Self::version_changed(conflict.current.revision, conflict.changed_by.as_deref())
            }
            RulesError::NotFound => Self::not_found(),
            RulesError::Invalid(fields) => fields.into(),
            RulesError::Storage(error) => error.into(),
        }
    }
}

impl From<AccountsError> for Problem {
    fn from(error: AccountsError) -> Self {
        match error {
            AccountsError::DefaultReplyChanged(conflict) => {
                Self::version_changed(conflict.current_version, conflict.changed_by.as_deref())
            }
            AccountsError::NotFound => Self::not_found(),
            AccountsError::Invalid(fields) => fields.into(),
            AccountsError::Storage(error) => error.into(),
        }
    }
}

impl From<PersonasError> for Problem {
    fn from(error: PersonasError) -> Self {
        match error {
            PersonasError::Changed(conflict) => {
                let PersonaConflict {
                    version, changed_by, ..
                } = *conflict;
                Self::version_changed(version, changed_by.as_deref())
            }
            other => AppError::from(other).into(),
        }
    }
}

impl From<MessagesError> for Problem {
    fn from(error: MessagesError) -> Self {
        AppError::from(error).into()
    }
}

impl From<CheckError> for Problem {
    fn from(error: CheckError) -> Self {
        let before_writing = matches!(
            error,
            CheckError::Unreachable | CheckError::Refused { .. } | CheckError::RateLimited { .. }
        );
        let problem = Self::from(AppError::from(error));
        match before_writing {
            true => problem.nothing_done(),
            false => problem,
        }
    }
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        AppError::from(error).into()
    }
}
