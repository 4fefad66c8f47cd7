//! Maps the engine's errors to `AppError`: an invalid field, a conflict with both texts, or an error id.

use engine::accounts::AccountsError;
use engine::api_keys::ApiKeysError;
use engine::connect::{CheckError, ConnectError, DisconnectError};
use engine::identity::TenantsError;
use engine::messages::MessagesError;
use engine::outgoing_webhooks::WebhookEndpointsError;
use engine::persona::{PersonasError, PromptChecksError};
use engine::pipeline::TryError;
use engine::rules::RulesError;
use serde::Serialize;

use crate::error::AppError;

impl From<AccountsError> for AppError {
    fn from(error: AccountsError) -> Self {
        match error {
            AccountsError::NotFound => Self::NotFound,
            AccountsError::Invalid(fields) => Self::Invalid { fields },
            AccountsError::DefaultReplyChanged(conflict) => {
                let what = "changed the default reply meanwhile. Nothing is saved yet.";
                changed_meanwhile(conflict.changed_by.as_deref(), what, &conflict)
            }
            AccountsError::Storage(error) => error.into(),
        }
    }
}

impl From<ApiKeysError> for AppError {
    fn from(error: ApiKeysError) -> Self {
        match error {
            ApiKeysError::NotFound => Self::NotFound,
            ApiKeysError::Invalid(fields) => Self::Invalid { fields },
            ApiKeysError::Storage(error) => error.into(),
        }
    }
}

impl From<RulesError> for AppError {
    fn from(error: RulesError) -> Self {
        match error {
            RulesError::NotFound => Self::NotFound,
            RulesError::Invalid(fields) => Self::Invalid { fields },
            RulesError::RuleChanged(conflict) => {
                let what = "changed this rule meanwhile. Nothing is saved yet.";
                changed_meanwhile(conflict.changed_by.as_deref(), what, &conflict)
            }
            RulesError::ListChanged(conflict) => {
                let what = "changed the list meanwhile. Look at it and move the rule again.";
                changed_meanwhile(conflict.changed_by.as_deref(), what, &conflict)
            }
            RulesError::Storage(error) => error.into(),
        }
    }
}

impl From<TryError> for AppError {
    fn from(error: TryError) -> Self {
        match error {
            TryError::Storage(error) => error.into(),
            TryError::NotFound => Self::NotFound,
            nothing_to_try => Self::unavailable(nothing_to_try.to_string()),
        }
    }
}

impl From<MessagesError> for AppError {
    fn from(error: MessagesError) -> Self {
        match error {
            MessagesError::Invalid(fields) => Self::Invalid { fields },
            MessagesError::Storage(error) => error.into(),
        }
    }
}

impl From<PersonasError> for AppError {
    fn from(error: PersonasError) -> Self {
        match error {
            PersonasError::NotFound => Self::NotFound,
            PersonasError::Invalid(fields) => Self::Invalid { fields },
            PersonasError::Changed(conflict) => {
                let what = "changed the persona meanwhile. Nothing is saved yet.";
                changed_meanwhile(conflict.changed_by.as_deref(), what, &conflict)
            }
            PersonasError::Storage(error) => error.into(),
        }
    }
}

impl From<PromptChecksError> for AppError {
    fn from(error: PromptChecksError) -> Self {
        match error {
            PromptChecksError::NotFound => Self::NotFound,
            PromptChecksError::Canned => {
                Self::conflict("This reply is canned by now, so there is nothing to check. Reload the page.")
            }
            PromptChecksError::Storage(error) => error.into(),
        }
    }
}

impl From<TenantsError> for AppError {
    fn from(error: TenantsError) -> Self {
        match error {
            TenantsError::Invalid(fields) => Self::Invalid { fields },
            TenantsError::NotFound => Self::NotFound,
            TenantsError::SlugTaken => {
                Self::conflict("There is a workspace of that short name already. Choose another.")
            }
            TenantsError::Storage(error) => error.into(),
        }
    }
}

impl From<WebhookEndpointsError> for AppError {
    fn from(error: WebhookEndpointsError) -> Self {
        match error {
            WebhookEndpointsError::NotFound => Self::NotFound,
            WebhookEndpointsError::Invalid(fields) => Self::Invalid { fields },
            WebhookEndpointsError::TooMany => {
                Self::conflict("There are 10 receivers already. Delete one that is no longer needed.")
            }
            WebhookEndpointsError::Storage(error) => error.into(),
        }
    }
}

impl From<CheckError> for AppError {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::NotFound => Self::NotFound,
            CheckError::Unreachable => {
                Self::unavailable("Meta did not answer. Nothing changed; try again in a few minutes.")
            }
            CheckError::Refused { code } => Self::unavailable(format!(
                "Meta refused the check (code {code}). Nothing changed; your operator can see why in the log."
            )),
            CheckError::RateLimited { .. } => {
                Self::unavailable("Meta asks us to slow down. Nothing changed; try again in an hour.")
            }
            CheckError::Changed => {
                Self::conflict("The connection changed while it was checked. Look at the page again.")
            }
            CheckError::Storage(error) => error.into(),
        }
    }
}

impl From<ConnectError> for AppError {
    fn from(error: ConnectError) -> Self {
        match error {
            ConnectError::NotFound => Self::NotFound,
            ConnectError::TooMany(most) => Self::invalid(
                "pages",
                format!("Choose at most {most} accounts at once; connect the others afterwards."),
            ),
            ConnectError::Misconfigured => Self::unavailable(
                "The address of Facebook Login cannot be read. Your operator has to correct CONCIERGE_META_DIALOG_URL.",
            ),
            ConnectError::Storage(error) => error.into(),
            error @ ConnectError::Vault(_) => Self::internal(&error),
        }
    }
}

impl From<DisconnectError> for AppError {
    fn from(error: DisconnectError) -> Self {
        match error {
            DisconnectError::NotFound => Self::NotFound,
            DisconnectError::Storage(error) => error.into(),
        }
    }
}

/// A conflict that carries the present state, so that the page can show both texts.
fn changed_meanwhile(by: Option<&str>, what: &str, conflict: &impl Serialize) -> AppError {
    AppError::Conflict {
        message: format!("{} {what}", by.unwrap_or("Somebody")),
        current: serde_json::to_string(conflict).ok(),
    }
}
