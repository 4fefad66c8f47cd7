//! One folder per area; one file per part of a page.

mod accounts;
mod connect;
mod credits;
mod error;
mod frame;
mod gate;
mod health;
mod messages;
mod overview;
pub mod parts;
mod public;
mod reply_config;
mod rules;
mod settings;

pub use accounts::{AccountPage, AccountsPage};
pub use connect::ConnectPage;
pub use credits::CreditsPage;
pub use error::{error_page, missing_page};
pub use frame::Frame;
pub use gate::{SetUpPage, SignInPage};
pub use health::HealthPage;
pub use messages::MessagesPage;
pub use overview::OverviewPage;
pub use public::{DeletionPage, PrivacyPage};
pub use reply_config::{HistoryPage, TransferPage};
pub use rules::RulesPage;
pub use settings::SettingsPage;

/// Why AI cannot be chosen for a reply or a rule.
const AI_OFF: &str = "AI is not set up on this server.";
