//! Server functions: each authorises, calls one use case of the engine, and maps its error. One file per area.
//!
//! They exist on the server only: pages call them through [`crate::queries`], forms post to their fixed addresses.

pub mod accounts;
mod config_preview;
pub mod connect;
pub mod credits;
mod errors;
pub mod frame;
pub mod health;
pub mod messages;
pub mod overview;
pub mod persona;
pub mod public;
pub mod rules;
pub mod rules_chosen;
pub mod rules_history;
pub mod rules_transfer;
pub mod session;
pub mod settings;
pub mod simulator;
pub mod webhooks;

pub(crate) use accounts::{load_account, load_accounts, load_customer_names};
pub(crate) use connect::{load_connect, load_live_test};
pub(crate) use credits::load_credits;
pub(crate) use frame::{load_names, load_rail};
pub(crate) use health::load_health;
pub(crate) use messages::load_messages;
pub(crate) use overview::load_overview;
pub(crate) use persona::{compare_personas, load_persona};
pub(crate) use public::{load_deletion, load_privacy};
pub(crate) use rules::{load_ready_made_intents, load_rules};
pub(crate) use rules_history::{load_history, preview_going_back};
pub(crate) use rules_transfer::preview_copy;
pub(crate) use session::load_auth_state;
pub(crate) use settings::load_settings;
pub(crate) use simulator::load_simulator;
pub(crate) use webhooks::load_webhooks;

use crate::error::AppError;
use crate::forms::rule_fields;

/// Where a page of a list begins, as the address has it: at most one of the two is set.
fn cursor(older: String, newer: String) -> domain::views::Cursor {
    use domain::views::Cursor;
    match (older.is_empty(), newer.is_empty()) {
        (false, _) => Cursor::Older(older),
        (true, false) => Cursor::Newer(newer),
        (true, true) => Cursor::Newest,
    }
}

/// Forms send line ends as two characters; a reply has one, as it was typed and counted.
fn plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// A choice of a form, or `usual` when the field is empty.
fn choice<T: std::str::FromStr>(field: &str, word: &str, usual: T) -> Result<T, AppError> {
    match word {
        "" => Ok(usual),
        word => word
            .parse()
            .map_err(|_| AppError::invalid(field, "Choose one from the list.")),
    }
}

/// A number of a form, or nothing.
fn optional_number(field: &str, typed: &str) -> Result<Option<u32>, AppError> {
    match typed.trim() {
        "" => Ok(None),
        number => number
            .parse()
            .map(Some)
            .map_err(|_| AppError::invalid(field, "Type a whole number.")),
    }
}

/// What a form says about a reply: `canned` (also when empty) or `ai_prompt`, and the text of either.
fn reply(kind: &str, canned: &str, prompt: &str) -> Result<domain::rules::Response, AppError> {
    use domain::rules::{Response, ResponseKind};

    Ok(match choice(rule_fields::RESPONSE, kind, ResponseKind::Canned)? {
        ResponseKind::Canned => Response::Canned(plain_lines(canned)),
        ResponseKind::AiPrompt => Response::AiPrompt(plain_lines(prompt)),
    })
}
