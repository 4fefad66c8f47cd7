//! The simulator: simulating a message, and the saved examples.

use domain::ids::{ExampleId, RuleId};
use domain::rules::ResponseKind;
use domain::simulate::{Simulation, TriedMessage};
use domain::views::{SimulatorData, TryAnswer};
use leptos::prelude::*;

use super::rules::{redirect_to_rules, rules};
use crate::error::AppError;

/// A message as a form has it; empty numbers mean "just now" and "never".
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct TriedMessageForm {
    /// `text` (also when empty), `story_reply`, `attachment`, …
    pub kind: String,
    /// Its text.
    pub text: String,
    /// How many minutes ago it was sent.
    pub minutes_ago: String,
    /// How many minutes ago the last automatic reply was sent; empty for a new customer.
    pub last_reply_minutes_ago: String,
    /// How many minutes ago a person wrote; empty for never.
    pub person_minutes_ago: String,
}

/// What the browser needs to warn and to simulate by itself, with the examples.
#[server(prefix = "/api", endpoint = "rules/workshop")]
pub async fn load_simulator(account: String) -> Result<SimulatorData, AppError> {
    let viewer = crate::context::signed_in()?;
    let account = super::accounts::parse_account_id(&account)?;
    let engine = crate::context::engine()?;
    let rules = rules(&viewer)?;
    let data = engine.pipeline().simulator_data(&rules, viewer.tenant_id, account);
    Ok(SimulatorData {
        prompts: prompt_checks(&viewer)?.of_account(account).await?,
        ..data.await?
    })
}

/// Simulates a message on the server, which alone knows scores. Nothing is stored, sent or charged.
#[server(prefix = "/api", endpoint = "rules/simulate")]
pub async fn simulate_message(
    account: String,
    #[server(flatten)] message: TriedMessageForm,
) -> Result<Simulation, AppError> {
    let viewer = crate::context::signed_in()?;
    let account = super::accounts::parse_account_id(&account)?;
    let message = message.message()?;
    let engine = crate::context::engine()?;
    let simulation = engine.pipeline().simulate(viewer.tenant_id, account, &message).await?;
    let simulation = simulation.ok_or(AppError::NotFound)?;
    crate::flash::notify_and_keep(told(&message, &simulation));
    redirect_to_rules(&account.to_string(), "main");
    Ok(simulation)
}

/// What the AI would answer to a message that the admin made up, by the prompt of `rule`, or of the default reply when it is empty.
/// Nothing is sent, stored or charged.
#[server(prefix = "/api", endpoint = "rules/write-answer")]
pub async fn write_answer(
    account: String,
    #[server(default)] rule: String,
    #[server(flatten)] message: TriedMessageForm,
) -> Result<TryAnswer, AppError> {
    let viewer = crate::context::editor()?;
    let account = super::accounts::parse_account_id(&account)?;
    let rule = rule_or_default(&rule)?;
    let message = message.message()?;
    message
        .check()
        .map_err(|error| AppError::invalid("text", error.message))?;
    let engine = crate::context::engine()?;
    let pipeline = engine.pipeline();
    Ok(pipeline.try_answer(viewer.tenant_id, account, rule, &message).await?)
}

/// What a page without WebAssembly says about the message.
fn told(message: &TriedMessage, simulation: &Simulation) -> String {
    let mut told = match message.kind.carries_text() {
        true => format!("“{}”: ", message.text.trim()),
        false => String::new(),
    };
    told += &format!("{} {}", simulation.sentence(), simulation.cost_sentence());
    if let Some(reply) = &simulation.reply {
        let verb = match (reply.kind, simulation.obstacles.is_empty()) {
            (ResponseKind::Canned, true) => "It says",
            (ResponseKind::Canned, false) => "It would say",
            (ResponseKind::AiPrompt, _) => "The AI writes it by this prompt",
        };
        told += &format!(" {verb}: “{}”", reply.text);
    }
    told
}

/// Has an unchecked AI prompt checked now: that of `rule`, or of the default reply when it is empty.
#[server(prefix = "/api", endpoint = "rules/check-prompt-again")]
pub async fn check_prompt_again(account: String, #[server(default)] rule: String) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let account_id = super::accounts::parse_account_id(&account)?;
    let rule = rule_or_default(&rule)?;
    let owner = engine::persona::PromptOwner::of(account_id, rule);
    prompt_checks(&viewer)?
        .check_again(account_id, owner, (&viewer).into())
        .await?;
    crate::flash::notify("The check was asked for.");
    match rule {
        Some(rule) => redirect_to_rules(&account, &format!("rule-{rule}")),
        None => leptos_axum::redirect(&format!("/admin/instagram/{account_id}#default")),
    }
    Ok(())
}

/// The rule that a form names; none is the default reply.
fn rule_or_default(rule: &str) -> Result<Option<RuleId>, AppError> {
    match rule {
        "" => Ok(None),
        rule => rule.parse().map(Some).map_err(|_| AppError::NotFound),
    }
}

fn prompt_checks(viewer: &domain::views::Viewer) -> Result<engine::persona::PromptChecks, AppError> {
    let engine = crate::context::engine()?;
    Ok(engine::persona::PromptChecks::for_tenant(
        engine.database(),
        engine.clock().clone(),
        viewer.tenant_id,
        crate::context::ai_available(&engine),
    ))
}

/// Saves a message as an example.
#[server(prefix = "/api", endpoint = "rules/add-example")]
pub async fn add_example(account: String, #[server(flatten)] message: TriedMessageForm) -> Result<ExampleId, AppError> {
    let viewer = crate::context::editor()?;
    let account_id = super::accounts::parse_account_id(&account)?;
    let id = rules(&viewer)?
        .add_example(account_id, &message.message()?, (&viewer).into())
        .await?;
    crate::flash::notify("The example is kept. It is tried after every change.");
    redirect_to_rules(&account, "examples");
    Ok(id)
}

/// Deletes an example.
#[server(prefix = "/api", endpoint = "rules/delete-example")]
pub async fn delete_example(account: String, example: String) -> Result<(), AppError> {
    let viewer = crate::context::editor()?;
    let example = example.parse().map_err(|_| AppError::NotFound)?;
    rules(&viewer)?.delete_example(example, (&viewer).into()).await?;
    crate::flash::notify("The example is deleted.");
    redirect_to_rules(&account, "examples");
    Ok(())
}

impl TriedMessageForm {
    fn message(self) -> Result<domain::simulate::TriedMessage, AppError> {
        use domain::messages::MessageKind;
        use domain::simulate::TriedMessage;

        Ok(TriedMessage {
            kind: super::choice("kind", &self.kind, MessageKind::Text)?,
            minutes_ago: super::optional_number("minutes_ago", &self.minutes_ago)?.unwrap_or(0),
            last_reply_minutes_ago: super::optional_number("last_reply_minutes_ago", &self.last_reply_minutes_ago)?,
            person_minutes_ago: super::optional_number("person_minutes_ago", &self.person_minutes_ago)?,
            text: super::plain_lines(&self.text),
        })
    }
}
