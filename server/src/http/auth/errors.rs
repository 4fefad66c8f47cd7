//! What people read when signing in, setting up or a new password fails.

use app::error::AppError;
use domain::limits::FieldError;
use domain::time::Timestamp;
use engine::identity::{SetUpError, SignInError, UsersError};
use engine::storage::StorageError;
use tower_sessions::session;

use crate::http::auth::backend::AuthBackend;

const DATABASE_UNAVAILABLE: &str = "The database does not answer right now. Try again in a minute.";

/// A database that is away is worth another try; anything else is a mistake of this program.
#[must_use]
pub fn storage_error(error: StorageError) -> AppError {
    match error {
        StorageError::Unavailable(_) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "the database is away");
            AppError::unavailable(DATABASE_UNAVAILABLE)
        }
        other => AppError::internal(&other),
    }
}

pub(super) fn session_error(error: &session::Error) -> AppError {
    tracing::warn!(%error, "a session could not be written");
    AppError::unavailable(DATABASE_UNAVAILABLE)
}

pub(super) fn login_error(error: axum_login::Error<AuthBackend>) -> AppError {
    match error {
        axum_login::Error::Session(error) => session_error(&error),
        axum_login::Error::Backend(error) => storage_error(error),
    }
}

pub(super) fn sign_in_error(error: SignInError, now: Timestamp) -> AppError {
    match error {
        SignInError::Wrong => AppError::invalid(
            "password",
            "This e-mail address and password do not belong together. Try again.",
        ),
        SignInError::Wait { until } => wait(until, now),
        SignInError::Storage(error) => storage_error(error),
        SignInError::Hashing(error) => AppError::internal(&error),
    }
}

fn wait(until: Timestamp, now: Timestamp) -> AppError {
    let milliseconds = until.as_millis() - now.as_millis();
    let seconds = u64::try_from(milliseconds).unwrap_or_default().div_ceil(1_000).max(1);
    let message = format!("Too many attempts. Try again in {}.", spoken(seconds));
    AppError::TooMany {
        retry_after_seconds: seconds,
        message,
    }
}

fn spoken(seconds: u64) -> String {
    match seconds {
        1 => "1 second".into(),
        ..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

pub(super) fn set_up_error(error: SetUpError) -> AppError {
    match error {
        SetUpError::AlreadyDone => AppError::conflict("Concierge is set up already. Sign in instead."),
        SetUpError::WrongCode => AppError::invalid(
            "code",
            "This code cannot be used: it is mistyped, used, or older than an hour. A new start of the server prints a new one.",
        ),
        SetUpError::Invalid(fields) => AppError::Invalid { fields },
        SetUpError::Failed(error) => users_error(error),
    }
}

/// The form calls the new password `new`.
pub(super) fn password_error(error: UsersError) -> AppError {
    match error {
        UsersError::WrongPassword => AppError::invalid("current", "This is not your present password."),
        UsersError::Invalid(fields) => {
            let renamed = |it: FieldError| {
                if it.field == "password" {
                    FieldError {
                        field: "new".into(),
                        ..it
                    }
                } else {
                    it
                }
            };
            AppError::Invalid {
                fields: fields.into_iter().map(renamed).collect(),
            }
        }
        other => users_error(other),
    }
}

fn users_error(error: UsersError) -> AppError {
    match error {
        UsersError::Invalid(fields) => AppError::Invalid { fields },
        UsersError::EmailTaken => AppError::invalid("email", "There is a user with this e-mail address already."),
        UsersError::NotFound => AppError::NotFound,
        UsersError::WrongPassword => AppError::invalid("password", "This is not the right password."),
        UsersError::Storage(error) => storage_error(error),
        UsersError::Hashing(error) => AppError::internal(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_told_in_words_and_in_seconds() {
        let error = wait(Timestamp::from_millis(90_500), Timestamp::from_millis(61_000));
        let expected = AppError::TooMany {
            retry_after_seconds: 30,
            message: "Too many attempts. Try again in 30 seconds.".into(),
        };
        assert_eq!(error, expected);
        assert_eq!(spoken(900), "15 minutes");
    }
}
