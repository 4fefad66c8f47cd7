//! What the AI would answer now, with every check: by the persona alone, or as the pipeline would by a prompt that wins. Nothing is
//! sent, stored or charged as a reply; the call counts in the tenant's budget.

use std::time::Duration;

use domain::answer_checks::{Held, HeldBy};
use domain::decide::Gate;
use domain::disclosure;
use domain::ids::{AccountId, RuleId, TenantId};
use domain::persona::ReplyAction;
use domain::reasons::WaitReason;
use domain::rules::ResponseKind;
use domain::simulate::{Obstacle, Simulation, TriedMessage, simulate};
use domain::time::Timestamp;
use domain::views::{AnswerCheckLine, TryAnswer};

use super::answer;
use super::request::{Parts, Request};
use crate::ai::{AiClient, AiError, Budget, Completion, Turn, check_budget, record_usage};
use crate::identity::TenantTime;
use crate::persona::{self, PersonaInUse, PromptOwner};
use crate::pipeline::sql::{AI_SETTINGS, AiSettingsRow};
use crate::pipeline::worker::Pipeline;
use crate::storage::{StorageError, sql};
use crate::vault::Content;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// A try waits no longer for a turn: whoever tries sits before the page, and can try again.
const PATIENCE: Duration = Duration::from_secs(3);

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
    /// Used up until a moment, in words.
    #[error("Today’s AI budget is used up. It starts again at {0}.")]
    Budget(String),
    /// The tenant tries something already.
    #[error("An answer is being written already. Wait for it.")]
    UnderWay,
    /// Others had all turns.
    #[error("The AI is busy with replies to customers. Try again in a minute.")]
    Busy,
    /// It is still being written when a request has to end.
    #[error("The AI takes too long to answer. Try again in a minute; if it stays so, ask your operator.")]
    Late,
    /// Not the tenant's account, or not a rule of it.
    #[error("There is no such account or rule.")]
    NotFound,
    /// Nothing would be sent, in words, with what can be done.
    #[error("{0}")]
    InTheWay(String),
    /// A rule by intent stands before, and nobody knows whether it fits.
    #[error("The intents of your rules cannot be read now, so nobody knows which rule answers. Try again in a minute.")]
    IntentsUnread,
    /// The prompt does not answer the message, or no longer.
    #[error(
        "As saved, the rules do not answer this message by this prompt. Save what you are writing, or change the message."
    )]
    Changed,
    /// The provider gave no answer.
    #[error("The AI did not answer. Try again in a minute; if it stays so, ask your operator.")]
    NoAnswer(#[source] AiError),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Pipeline {
    /// Answers `message` by the approved persona of `tenant`, without a prompt.
    ///
    /// # Errors
    /// See [`TryError`].
    pub async fn try_persona(&self, tenant: TenantId, message: &str) -> Result<TryAnswer, TryError> {
        let (pipeline, message) = (self.clone(), Content::new(message.to_owned()));
        let answered = async move { pipeline.answer_by_persona(tenant, message).await };
        self.context.tries.run(tenant, answered).await
    }

    /// Answers `message` as the pipeline would, without a memory, by the prompt of `rule` or else of the default reply, which must
    /// be what answers it now.
    ///
    /// # Errors
    /// See [`TryError`].
    pub async fn try_answer(
        &self,
        tenant: TenantId,
        account: AccountId,
        rule: Option<RuleId>,
        message: &TriedMessage,
    ) -> Result<TryAnswer, TryError> {
        let (pipeline, message) = (self.clone(), message.clone());
        let answered = async move { pipeline.answer_by_prompt(tenant, account, rule, &message).await };
        self.context.tries.run(tenant, answered).await
    }

    async fn answer_by_persona(&self, tenant: TenantId, message: Content) -> Result<TryAnswer, TryError> {
        let (ai, persona) = self.ready_to_try(tenant).await?;
        let request = Request::new(Parts {
            persona,
            prompt: String::new(),
            held_by: None,
            memory: Vec::new(),
            message,
            own_handles: Vec::new(),
            disclosure: None,
        });
        self.ask_once(ai, tenant, &request).await
    }

    async fn answer_by_prompt(
        &self,
        tenant: TenantId,
        account: AccountId,
        rule: Option<RuleId>,
        message: &TriedMessage,
    ) -> Result<TryAnswer, TryError> {
        let (reader, now) = (self.context.database.reader(), self.context.clock.now());
        let (prompt, line) = self.winning_prompt(tenant, account, rule, message).await?;
        let (ai, persona) = self.ready_to_try(tenant).await?;
        let owner = PromptOwner::of(account, rule);
        let prompt = persona::prompt_in_use(reader, tenant, owner, &prompt, now).await?;
        let settings: Option<AiSettingsRow> = sql::optional(reader, AI_SETTINGS, [account.into()]).await?;
        let request = Request::new(Parts {
            persona,
            prompt: prompt.ok_or(TryError::Changed)?,
            held_by: None,
            memory: Vec::new(),
            message: Content::new(message.text.clone()),
            own_handles: settings.ok_or(TryError::NotFound)?.handles(),
            disclosure: line.clone(),
        });
        let mut answer = self.ask_once(ai, tenant, &request).await?;
        answer.reply = answer.reply.map(|text| disclosure::before(line.as_deref(), &text));
        Ok(answer)
    }

    /// The prompt of `rule` as it stands now, and the disclosure line that is due, if nothing is in the way of its answer.
    async fn winning_prompt(
        &self,
        tenant: TenantId,
        account: AccountId,
        rule: Option<RuleId>,
        message: &TriedMessage,
    ) -> Result<(String, Option<String>), TryError> {
        let simulated = self.simulated(tenant, account).await?;
        let (compiled, facts) = simulated.ok_or(TryError::NotFound)?;
        let mut rules = compiled.config().rules.iter();
        if rule.is_some_and(|rule| rules.all(|there| there.id != rule)) {
            return Err(TryError::NotFound);
        }
        let scores = self.scores(tenant, account, compiled.config(), message).await?;
        let simulation = simulate(&compiled, &facts, message, &scores);
        if let Some(obstacle) = simulation.obstacles.first() {
            return Err(in_the_way(&simulation, obstacle));
        }
        let winner = simulation.winner.map(|place| place.rule);
        let by_prompt = simulation.reply.filter(|reply| reply.kind == ResponseKind::AiPrompt);
        let reply = by_prompt.filter(|_| winner == rule).ok_or(TryError::Changed)?;
        Ok((reply.text, facts.disclosure.filter(|_| reply.disclosed)))
    }

    async fn ready_to_try(&self, tenant: TenantId) -> Result<(&AiClient, PersonaInUse), TryError> {
        let context = &self.context;
        let ai = context.ai.as_ref().ok_or(TryError::Off)?;
        let persona = persona::in_use(context.database.reader(), tenant, context.clock.now()).await?;
        Ok((ai, persona.ok_or(TryError::NotApproved)?))
    }

    async fn ask_once(&self, ai: &AiClient, tenant: TenantId, request: &Request) -> Result<TryAnswer, TryError> {
        let turn = ai.turn(PATIENCE).await.ok_or(TryError::Busy)?;
        let now = self.context.clock.now();
        self.has_budget(ai, tenant, now).await?;
        let completion = match ask(ai, turn, request).await {
            Ok(completion) => completion,
            Err(AiError::EmptyAnswer) => return Ok(held(HeldBy::Empty)),
            Err(AiError::Filtered) => return Ok(held(HeldBy::Filtered)),
            Err(error) => return Err(TryError::NoAnswer(error)),
        };
        record_usage(self.context.database.writer(), tenant, completion.usage, now).await?;
        Ok(judge(request, &completion))
    }

    /// Looked at when the call can begin: what ran while a try waited for its turn is charged by then.
    async fn has_budget(&self, ai: &AiClient, tenant: TenantId, now: Timestamp) -> Result<(), TryError> {
        let (reader, limit) = (self.context.database.reader(), ai.settings().tokens_per_tenant_day);
        if check_budget(reader, tenant, limit, now).await? == Budget::Open {
            return Ok(());
        }
        let time = TenantTime::of(reader, tenant, now).await?;
        let next = now.start_of_day_in_utc() + DAY;
        Err(TryError::Budget(time.moment(next).short))
    }
}

/// A rule whose intent cannot be read makes customers wait; a try has nothing to wait for.
fn in_the_way(simulation: &Simulation, obstacle: &Obstacle) -> TryError {
    if simulation.needs_scores && obstacle.gate == Gate::Wait(WaitReason::AiUnavailable) {
        return TryError::IntentsUnread;
    }
    let next_step = obstacle.next_step.iter().map(String::as_str);
    let sentence = simulation.sentence();
    let told: Vec<&str> = [sentence.as_str()].into_iter().chain(next_step).collect();
    TryError::InTheWay(told.join(" "))
}

async fn ask(ai: &AiClient, turn: Turn, request: &Request) -> Result<Completion, AiError> {
    let turns = request.turns();
    ai.complete_in(turn, &request.completion(&turns)).await
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
                false => request.check_naming(&answer.text).err(),
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
    checked(Some(by.into()))
}

/// The checks run in their order and end at the first that holds the answer back.
fn checked(held: Option<Held>) -> TryAnswer {
    let place = |held: &Held| CHECKS.iter().position(|(_, kinds)| kinds.contains(&held.by));
    let held_at = held.as_ref().and_then(place);
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
        held_by: held.as_ref().map(Held::sentence),
        next_step: held.as_ref().map(|held| held.by.next_step().to_owned()),
        checks: CHECKS.iter().enumerate().map(line).collect(),
        cost_credits: u32::from(held.is_none()),
        tokens: 0,
        action: ReplyAction::None,
    }
}
