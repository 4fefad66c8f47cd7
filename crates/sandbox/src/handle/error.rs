//! Why an order to the sandbox was refused.

use thiserror::Error;

/// Why an order to the sandbox made no sense.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ControlError {
    #[error("there is no Page or account {0:?} here")]
    UnknownAccount(String),
    #[error("the Page {0:?} has no Instagram account")]
    NoInstagram(String),
    #[error("there is no message {0:?} here")]
    UnknownMessage(String),
    #[error("{0} is missing")]
    Missing(&'static str),
    #[error("this is no login dialog: {0}")]
    BadDialog(&'static str),
    #[error("an account cannot write to itself as a customer")]
    OwnCustomer,
}
