//! One folder per area; one file per part of a page.

mod accounts;
mod credits;
mod error;
mod frame;
mod gate;
mod messages;
mod overview;
mod rules;
mod settings;

pub use accounts::{AccountPage, AccountsPage};
pub use credits::CreditsPage;
pub use error::{error_page, missing_page};
pub use frame::{Frame, SavedNotice};
pub use gate::{SetUpPage, SignInPage};
pub use messages::MessagesPage;
pub use overview::OverviewPage;
pub use rules::RulesPage;
pub use settings::SettingsPage;
