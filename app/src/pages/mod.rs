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
mod rules;
mod settings;

pub use accounts::{AccountPage, AccountsPage};
pub use connect::ConnectPage;
pub use credits::CreditsPage;
pub use error::{error_page, missing_page};
pub use frame::{Frame, SavedNotice};
pub use gate::{SetUpPage, SignInPage};
pub use health::HealthPage;
pub use messages::MessagesPage;
pub use overview::OverviewPage;
pub use rules::RulesPage;
pub use settings::SettingsPage;
