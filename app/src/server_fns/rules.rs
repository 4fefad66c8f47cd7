//! The rules of an account. Every change answers with the rule's place and the versions to send with the next one.

use domain::views::{ReadyMadeIntent, RuleChange, RulesPage};
use leptos::prelude::*;

use crate::error::AppError;
use crate::forms::rule_fields;

/// The rules in order.
#[server(prefix = "/api", endpoint = "rules/load")]
pub async fn load_rules(account: String) -> Result<RulesPage, AppError> {
    let viewer = crate::context::signed_in()?;
    Ok(rules(&viewer)?
        .page(super::accounts::parse_account_id(&account)?)
        .await?)
}

/// Intents to start a rule from.
#[server(prefix = "/api", endpoint = "rules/intent-library")]
pub async fn load_ready_made_intents() -> Result<Vec<ReadyMadeIntent>, AppError> {
    crate::context::signed_in()?;
    Ok(engine::intents::ready_made_intents())
}

/// What a form says about a rule. Everything is text, as forms have it; what is left out is as in a new rule.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct RuleForm {
    /// Its name.
    pub label: String,
    /// `keywords` (also when empty) or `prompt`.
    pub matcher: String,
    /// Typed: separated by commas or line ends, in quotation marks where one holds a comma.
    pub keywords: String,
    /// Before those that are typed: one a field, as they are.
    pub keyword_list: Vec<String>,
    /// `whole_word` (also when empty), `contains`, `exact` or `starts_with`.
    pub mode: String,
    /// Of a Prompt matcher.
    pub description: String,
    /// Of a Prompt matcher: one a line.
    pub examples: String,
    /// Of a Prompt matcher: the ready-made intent that fills description and examples, where they are left empty.
    pub ready_made: String,
    /// Of a Prompt matcher: `0.72`; the usual one when empty.
    pub threshold: String,
    /// `canned` (also when empty) or `ai_prompt`.
    pub response: String,
    /// The canned text.
    pub canned: String,
    /// The prompt of an AI reply.
    pub prompt: String,
    /// A ticked box: `true` or `on`.
    pub leave_to_person: String,
}

/// Adds a rule: at the end, or at `position` (1 is first).
#[server(prefix = "/api", endpoint = "rules/add")]
pub async fn add_rule(
    account: String,
    #[server(default)] position: String,
    #[server(flatten)] rule: RuleForm,
) -> Result<RuleChange, AppError> {
    let viewer = crate::context::editor()?;
    let account_id = super::accounts::parse_account_id(&account)?;
    let position = super::optional_number("position", &position)?;
    let change = rules(&viewer)?
        .add(account_id, &rule.draft()?, position, (&viewer).into())
        .await?;
    announce(&account, &change, "added as", "");
    Ok(change)
}

/// Adds one of the rules to begin from, at the end: `hours`, `prices` or `person`.
#[server(prefix = "/api", endpoint = "rules/add-starter")]
pub async fn add_starter(account: String, key: String) -> Result<RuleChange, AppError> {
    let viewer = crate::context::editor()?;
    let account_id = super::accounts::parse_account_id(&account)?;
    let starter = domain::rules::Starter::named(&key).ok_or(AppError::NotFound)?;
    let change = rules(&viewer)?
        .add(account_id, &starter.draft(), None, (&viewer).into())
        .await?;
    announce(&account, &change, "added as", "");
    Ok(change)
}

/// Puts a copy below a rule, switched off.
#[server(prefix = "/api", endpoint = "rules/duplicate")]
pub async fn duplicate_rule(account: String, rule: String) -> Result<RuleChange, AppError> {
    let viewer = crate::context::editor()?;
    let change = rules(&viewer)?
        .duplicate(parse_rule_id(&rule)?, (&viewer).into())
        .await?;
    announce(&account, &change, "added as", " It is off until you switch it on.");
    Ok(change)
}

/// Saves a rule; `version` is the one that was being changed.
#[server(prefix = "/api", endpoint = "rules/save")]
pub async fn save_rule(
    account: String,
    rule: String,
    version: i64,
    #[server(flatten)] form: RuleForm,
) -> Result<RuleChange, AppError> {
    let viewer = crate::context::editor()?;
    let change = rules(&viewer)?
        .edit(parse_rule_id(&rule)?, version, &form.draft()?, (&viewer).into())
        .await?;
    crate::flash::notify(format!("{} is saved.", change.label));
    redirect_to_rule(&account, &change);
    Ok(change)
}

/// On or off.
#[server(prefix = "/api", endpoint = "rules/toggle")]
pub async fn toggle_rule(account: String, rule: String, enabled: bool) -> Result<RuleChange, AppError> {
    let viewer = crate::context::editor()?;
    let change = rules(&viewer)?
        .set_enabled(parse_rule_id(&rule)?, enabled, (&viewer).into())
        .await?;
    crate::flash::notify(format!("{} is {}.", change.label, if enabled { "on" } else { "off" }));
    redirect_to_rule(&account, &change);
    Ok(change)
}

/// Deletes; it can be restored for 30 days.
#[server(prefix = "/api", endpoint = "rules/delete")]
pub async fn delete_rule(account: String, rule: String) -> Result<RuleChange, AppError> {
    let viewer = crate::context::editor()?;
    let change = rules(&viewer)?.delete(parse_rule_id(&rule)?, (&viewer).into()).await?;
    crate::flash::notify(format!(
        "{} is deleted. It stays among the deleted rules for 30 days.",
        change.label
    ));
    redirect_to_rules(&account, "deleted");
    Ok(change)
}

/// Brings a deleted rule back.
#[server(prefix = "/api", endpoint = "rules/restore")]
pub async fn restore_rule(account: String, rule: String) -> Result<RuleChange, AppError> {
    let viewer = crate::context::editor()?;
    let change = rules(&viewer)?.restore(parse_rule_id(&rule)?, (&viewer).into()).await?;
    announce(&account, &change, "back as", "");
    Ok(change)
}

/// Moves a rule to a position, 1 is first; `list_version` is the order that was seen.
#[server(prefix = "/api", endpoint = "rules/move")]
pub async fn move_rule(account: String, rule: String, to: u32, list_version: i64) -> Result<RuleChange, AppError> {
    let viewer = crate::context::editor()?;
    let change = rules(&viewer)?
        .move_to(parse_rule_id(&rule)?, to, list_version, (&viewer).into())
        .await?;
    announce(&account, &change, "now", "");
    Ok(change)
}

impl RuleForm {
    /// What was typed, as a draft; the engine checks it.
    fn draft(self) -> Result<domain::rules::RuleDraft, AppError> {
        Ok(domain::rules::RuleDraft {
            matcher: self.listens_for()?,
            response: super::reply(&self.response, &self.canned, &self.prompt)?,
            leave_to_person: matches!(self.leave_to_person.as_str(), "true" | "on" | "1"),
            label: self.label,
            enabled: true,
        })
    }

    fn listens_for(&self) -> Result<domain::rules::Matcher, AppError> {
        use domain::rules::{IntentMatcher, KeywordMatcher, MatchMode, Matcher, Threshold, split_keywords};

        match self.matcher.as_str() {
            "" | "keywords" => Ok(Matcher::Keywords(KeywordMatcher {
                keywords: self
                    .keyword_list
                    .iter()
                    .cloned()
                    .chain(split_keywords(&self.keywords))
                    .collect(),
                mode: super::choice(rule_fields::MODE, &self.mode, MatchMode::default())?,
            })),
            "prompt" => Ok(Matcher::Prompt(IntentMatcher {
                threshold: match self.threshold.trim() {
                    "" => Threshold::default(),
                    // Text that is no number fails as out of range, at its field.
                    typed => Threshold::new(typed.parse().unwrap_or(f64::NAN)),
                },
                ..self.intent()
            })),
            _ => Err(AppError::invalid(rule_fields::MATCHER, "Choose keywords or intent.")),
        }
    }

    /// The description and the examples, or those of the ready-made intent.
    fn intent(&self) -> domain::rules::IntentMatcher {
        let mut intent = domain::rules::IntentMatcher {
            description: super::plain_lines(&self.description),
            examples: domain::rules::split_examples(&self.examples),
            ..Default::default()
        };
        if intent.description.trim().is_empty() && intent.examples.is_empty() {
            let library = engine::intents::ready_made_intents();
            if let Some(chosen) = library.into_iter().find(|there| there.id == self.ready_made) {
                (intent.description, intent.examples) = (chosen.description, chosen.examples);
            }
        }
        intent
    }
}

/// `Prices is now rule 1 of 3.`
fn announce(account: &str, change: &RuleChange, what: &str, more: &str) {
    let RuleChange {
        label, position, of, ..
    } = change;
    crate::flash::notify(format!("{label} is {what} rule {position} of {of}.{more}"));
    redirect_to_rule(account, change);
}

pub(super) fn rules(viewer: &domain::views::Viewer) -> Result<engine::rules::Rules, AppError> {
    let engine = crate::context::engine()?;
    Ok(engine::rules::Rules::for_tenant(
        engine.database(),
        engine.clock().clone(),
        viewer.tenant_id,
    ))
}

pub(super) fn parse_rule_id(rule: &str) -> Result<domain::ids::RuleId, AppError> {
    rule.parse().map_err(|_| AppError::NotFound)
}

/// Without WebAssembly the browser shows the page at the rule.
fn redirect_to_rule(account: &str, change: &RuleChange) {
    redirect_to_rules(account, &format!("rule-{}", change.rule));
}

pub(super) fn redirect_to_rules(account: &str, fragment: &str) {
    if let Ok(account) = account.parse::<domain::ids::AccountId>() {
        leptos_axum::redirect(&format!("/admin/rules/instagram/{account}#{fragment}"));
    }
}

#[cfg(test)]
mod tests;
