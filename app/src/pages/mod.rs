//! One folder per area; one file per part of a page.

mod accounts;
mod ai_answer;
mod auth;
mod connect;
mod credits;
mod error;
mod frame;
mod health;
mod messages;
mod overview;
pub mod parts;
mod persona;
mod prompt_status;
mod public;
mod rules;
mod rules_history;
mod settings;
mod webhooks;

pub use accounts::{AccountPage, AccountsPage};
pub use auth::{SetUpPage, SignInPage};
pub use connect::ConnectPage;
pub use credits::CreditsPage;
pub use error::error_page;
pub use frame::{Frame, missing_page};
pub use health::HealthPage;
pub use messages::MessagesPage;
pub use overview::OverviewPage;
pub use persona::PersonaPage;
pub use public::{DeletionPage, PrivacyPage};
pub use rules::RulesPage;
pub use rules_history::{HistoryPage, TransferPage};
pub use settings::SettingsPage;
pub use webhooks::WebhooksPage;

/// Why AI cannot be chosen for a reply or a rule.
const AI_OFF: &str = "AI is not set up on this server.";
