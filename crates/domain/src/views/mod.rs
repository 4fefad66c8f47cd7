//! What the pages show: the engine fills these shapes, the app renders them, and they travel as JSON between the two.
//!
//! Every sentence and every date is finished on the server, in the tenant's time zone; the browser only lets relative
//! times tick. Nothing here holds what a customer wrote; what an admin typed to try it may be there.

mod accounts;
mod api_keys;
mod checks;
mod connect;
mod conversations;
mod credits;
mod health;
mod intents;
mod messages;
mod moment;
mod overview;
mod paging;
mod persona;
mod rules;
mod rules_history;
mod settings;
mod simulator;
mod viewer;
mod warnings;
mod webhooks;

pub use accounts::{AccountBrief, AccountCard, AccountPage, AccountsPage, DefaultReplyConflict, Identity, Problem};
pub use api_keys::ApiKeyRow;
pub use checks::{CheckLine, ConnectionCheck, Fix, NextStep, Pill, Place, StatusSentence, Tone};
pub use connect::{
    AccountData, CandidateStanding, ConnectCandidate, ConnectNext, ConnectPage, ConnectProblem, ConnectProblemKind,
    ConnectStep, ConnectedAccount, DeletionPage, LiveTest, PermissionLine, TokenRunView,
};
pub use conversations::{CustomerName, QuietConversation};
pub use credits::{
    CreditsPage, DayBalance, DayUse, Forecast, LedgerFilter, LedgerRow, LedgerSelection, Outlook, Unanswered,
};
pub use health::{AccountHealth, Checking, HealthFact, HealthPage};
pub use intents::{
    IntentConfidence, IntentsView, ReadyMadeIntent, ShadowingIntents, SuggestedThreshold, shown_confidence,
};
pub use messages::{Author, Direction, MessageFilter, MessageRow, MessagesPage, NamedDays, OutcomeFilter, RuleRef};
pub use moment::Moment;
pub use overview::{Attention, Checklist, Overview, Rail};
pub use paging::{Count, Cursor};
pub use persona::{
    AnswerCheckLine, FindingLine, PersonaComparison, PersonaConflict, PersonaPage, PersonaSaved, PersonaStatus,
    PersonaVersion, PromptCheck, TryAnswer, VersionInUse,
};
pub use rules::{
    AccountName, DefaultShare, DeletedRule, ListConflict, Names, RuleChange, RuleConflict, RuleName, RuleRow,
    RulesChange, RulesPage,
};
pub use rules_history::{ChangeSide, ConfigChange, ConfigPreview};
pub use settings::SettingsPage;
pub use simulator::{ExampleRow, SimulatorData};
pub use viewer::Viewer;
pub use warnings::{RuleWarning, WarningFix};
pub use webhooks::{OutgoingWebhookRow, WebhookEndpointCard, WebhookEventChoice, WebhooksPage};

#[cfg(test)]
mod tests;
