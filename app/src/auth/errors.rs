//! What people read when signing in fails, and why a session could not be written.

use axum_login::tower_sessions::session;
use domain::time::Timestamp;
use engine::identity::{SetUpError, SignInError, UsersError};

use super::AuthBackend;
use crate::error::AppError;

impl From<session::Error> for AppError {
    fn from(error: session::Error) -> Self {
        Self::database_unavailable(error)
    }
}

impl From<axum_login::Error<AuthBackend>> for AppError {
    fn from(error: axum_login::Error<AuthBackend>) -> Self {
        match error {
            axum_login::Error::Session(error) => error.into(),
            axum_login::Error::Backend(error) => error.into(),
        }
    }
}

impl From<UsersError> for AppError {
    fn from(error: UsersError) -> Self {
        match error {
            UsersError::Invalid(fields) => Self::Invalid { fields },
            UsersError::EmailTaken => Self::invalid("email", "There is a user with this e-mail address already."),
            UsersError::NotFound => Self::NotFound,
            UsersError::WrongPassword => Self::invalid("current", "This is not your present password."),
            UsersError::Storage(error) => error.into(),
            UsersError::Hashing(error) => Self::internal(&error),
        }
    }
}

impl From<SetUpError> for AppError {
    fn from(error: SetUpError) -> Self {
        match error {
            SetUpError::AlreadyDone => Self::conflict("Concierge is set up already. Sign in instead."),
            SetUpError::WrongCode => Self::invalid(
                "code",
                "This code cannot be used: it is mistyped, used, or older than an hour. A new start of the server prints a new one.",
            ),
            SetUpError::Invalid(fields) => Self::Invalid { fields },
            SetUpError::Failed(error) => error.into(),
        }
    }
}

pub(super) fn sign_in_error(error: SignInError, now: Timestamp) -> AppError {
    match error {
        SignInError::Wrong => AppError::invalid(
            "password",
            "This e-mail address and password do not belong together. Try again.",
        ),
        SignInError::Wait { until } => wait(until, now),
        SignInError::Busy => AppError::TooMany {
            retry_after_seconds: 2,
            message: "Many people are signing in right now. Try again in 2 seconds.".into(),
        },
        SignInError::Storage(error) => error.into(),
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
