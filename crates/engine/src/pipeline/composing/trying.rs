//! *Try it* of the persona page: what the AI would answer now, with every check. Nothing is sent, stored or charged as a reply; the call
//! counts in the tenant's budget.

use domain::answer_checks::HeldBy;
use domain::ids::TenantId;
use domain::persona::ReplyAction;
use domain::views::{AnswerCheckLine, TryAnswer};

use super::answer;
use super::request::{Parts, Request};
use crate::ai::{AiClient, AiError, Budget, Completion, check_budget, record_usage};
use crate::persona;
use crate::pipeline::worker::Pipeline;
use crate::storage::StorageError;
use crate::vault::Content;

/// The checks in their order, as the page names them.
const CHECKS: [(&str, &[HeldBy]); 9] = [
    (
        "Something to read, and whole",
        &[HeldBy::Empty, HeldBy::Truncated, HeldBy::Filtered],
    ),
    ("Short enough for Instagram", &[HeldBy::TooLong]),
    ("Gives no instructions away", &[HeldBy::Canary, HeldBy::Quote]),
    ("Only your links and addresses", &[HeldBy::Link, HeldBy::Address]),
    ("Only your numbers, times and prices", &[HeldBy::Number]),
    ("Promises nothing", &[HeldBy::Promise]),
    ("Does not call itself a person", &[HeldBy::BotDenial]),
    ("The customer's script", &[HeldBy::Script]),
    ("Plain text", &[HeldBy::Markup]),
];

/// Nothing can be tried. Each is a sentence for the page.
#[derive(Debug, thiserror::Error)]
pub enum TryError {
    /// No provider.
    #[error("AI is not set up on this server, so there is nothing to try.")]
    Off,
    /// No text may be used yet.
    #[error("No version of the persona is approved yet. Save one, and try again when its check is done.")]
    NotApproved,
    /// Used up.
    #[error("Today's AI budget is used up. It starts again at midnight UTC.")]
    Budget,
    /// The provider gave no answer.
    #[error("The AI did not answer. Try again in a minute; if it stays so, ask your operator.")]
    NoAnswer(#[source] AiError),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Pipeline {
    /// Answers `message` by the approved persona of `tenant`.
    ///
    /// # Errors
    /// See [`TryError`].
    pub async fn try_persona(&self, tenant: TenantId, message: &str) -> Result<TryAnswer, TryError> {
        let context = &self.context;
        let ai = context.ai.as_ref().ok_or(TryError::Off)?;
        let (reader, now) = (context.database.reader(), context.clock.now());
        let limit = ai.settings().tokens_per_tenant_day;
        if check_budget(reader, tenant, limit, now).await? == Budget::Spent {
            return Err(TryError::Budget);
        }
        let persona = persona::in_use(reader, tenant, now)
            .await?
            .ok_or(TryError::NotApproved)?;
        let request = Request::new(Parts {
            persona,
            prompt: String::new(),
            held_by: None,
            memory: Vec::new(),
            message: Content::new(message.to_owned()),
            own_handles: Vec::new(),
            disclosure: None,
        });
        let completion = match ask(ai, &request).await {
            Ok(completion) => completion,
            Err(AiError::EmptyAnswer) => return Ok(held(HeldBy::Empty)),
            Err(AiError::Filtered) => return Ok(held(HeldBy::Filtered)),
            Err(error) => return Err(TryError::NoAnswer(error)),
        };
        record_usage(context.database.writer(), tenant, completion.usage, now).await?;
        Ok(judge(&request, &completion))
    }
}

async fn ask(ai: &AiClient, request: &Request) -> Result<Completion, AiError> {
    let turns = request.turns();
    ai.complete(&request.completion(&turns)).await
}

fn judge(request: &Request, completion: &Completion) -> TryAnswer {
    let tokens = completion.usage.prompt.saturating_add(completion.usage.completion);
    let answered = match answer::read(&completion.text) {
        _ if completion.truncated => held(HeldBy::Truncated),
        None => held(HeldBy::Markup),
        Some(answer) => {
            let text = answer.text.expose().to_owned();
            let by = match answer.hand_over && text.is_empty() {
                true => None,
                false => request.check(&answer.text).err(),
            };
            TryAnswer {
                reply: (!text.is_empty()).then_some(text),
                action: if answer.hand_over {
                    ReplyAction::HandOver
                } else {
                    ReplyAction::None
                },
                ..checked(by)
            }
        }
    };
    TryAnswer { tokens, ..answered }
}

fn held(by: HeldBy) -> TryAnswer {
    checked(Some(by))
}

/// The checks run in their order and end at the first that holds the answer back.
fn checked(by: Option<HeldBy>) -> TryAnswer {
    let held_at = by.and_then(|by| CHECKS.iter().position(|(_, kinds)| kinds.contains(&by)));
    let line = |(place, (name, _)): (usize, &(&str, &[HeldBy]))| AnswerCheckLine {
        name: (*name).to_owned(),
        passed: match held_at {
            Some(at) if place == at => Some(false),
            Some(at) if place > at => None,
            _ => Some(true),
        },
    };
    TryAnswer {
        reply: None,
        held_by: by.map(|by| by.text().to_owned()),
        checks: CHECKS.iter().enumerate().map(line).collect(),
        cost_credits: u32::from(by.is_none()),
        tokens: 0,
        action: ReplyAction::None,
    }
}
