//! Trying a message: what would become of it now. Nothing is stored, sent or charged.

use axum::extract::State;
use axum::{Extension, Json};
use domain::messages::MessageKind;
use domain::simulate::{Simulation, TriedMessage};
use engine::api_keys::ApiCaller;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rule_shapes::{Reply, RuleReference};
use crate::api::input::{JsonBody, Path, id};
use crate::api::problem::Problem;
use crate::api::state::ApiState;

/// The kind of a made-up message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TriedKind {
    /// Plain text.
    #[default]
    Text,
    /// An answer to a story, with text.
    StoryReply,
    /// A tapped quick reply.
    QuickReply,
    /// A tapped button.
    Postback,
    /// Photos, videos, voice, shares: no words.
    Attachment,
    /// The customer mentioned the account in a story.
    StoryMention,
    /// Something the platform does not hand over.
    Unsupported,
    /// A message that vanishes after being seen.
    Ephemeral,
    /// The customer took it back.
    Unsent,
    /// Written for the account by something else that answers by itself.
    Automation,
    /// The platform's notice of it cannot be read.
    Unreadable,
}

/// A made-up message of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// What it says.
    #[serde(default)]
    #[schema(max_length = 1000, default = "")]
    pub text: String,
    /// What is sent.
    #[serde(default)]
    pub kind: TriedKind,
    /// How many minutes ago it was sent.
    #[serde(default)]
    #[schema(maximum = 1_000_000, default = 0)]
    pub minutes_ago: u32,
    /// How many minutes ago the last automatic reply was sent; left out for a new customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 1_000_000)]
    pub last_reply_minutes_ago: Option<u32>,
    /// How many minutes ago a person of the business wrote; left out for never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 1_000_000)]
    pub person_minutes_ago: Option<u32>,
}

/// What would become of a message.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SimulationResult {
    /// The result in one sentence: `Rule 2, Prices, replies.`
    pub sentence: String,
    /// Whether a reply would go out now.
    pub replies: bool,
    /// The rule that wins; none for the default reply, or for nobody.
    pub rule: Option<RuleReference>,
    /// No rule wins, and the default reply is next.
    pub by_default: bool,
    /// What would be sent, or would be if nothing were in the way; of an AI reply the prompt.
    pub reply: Option<Reply>,
    /// What stops the reply now.
    pub obstacles: Vec<Obstacle>,
    /// The rules that were looked at, in order, each with the reason why it lost or won.
    pub rules: Vec<RuleVerdict>,
    /// Credits that the reply would cost. Trying costs nothing.
    pub live_cost: u32,
}

/// Something that keeps a reply from going out.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Obstacle {
    /// What it is.
    pub sentence: String,
    /// What helps.
    pub next_step: Option<String>,
}

/// What came of one rule.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RuleVerdict {
    /// Which one.
    pub rule: RuleReference,
    /// Why it lost or won.
    pub sentence: String,
}

/// Tries a message with the rules as they are. It changes nothing, and needs no `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/simulate", tag = "Simulate", operation_id = "simulate",
    params(("account" = Uuid, Path, description = "The account's id")), request_body = Message,
    responses((status = 200, body = SimulationResult)))]
pub async fn simulate(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    JsonBody(message): JsonBody<Message>,
) -> Result<Json<SimulationResult>, Problem> {
    let message = TriedMessage::from(message);
    message.check().map_err(|error| Problem::from(vec![error]))?;
    let tried = api
        .engine
        .pipeline()
        .simulate(caller.tenant, id(&account)?, &message)
        .await?;
    tried.map(|tried| Json(tried.into())).ok_or_else(Problem::not_found)
}

impl From<Simulation> for SimulationResult {
    fn from(tried: Simulation) -> Self {
        let obstacles: Vec<Obstacle> = tried
            .obstacles
            .iter()
            .map(|obstacle| Obstacle {
                sentence: obstacle.sentence.clone(),
                next_step: obstacle.next_step.clone(),
            })
            .collect();
        let reply = tried.reply.as_ref().map(|reply| {
            use domain::rules::{Response, ResponseKind};
            Reply::from(match reply.kind {
                ResponseKind::Canned => Response::Canned(reply.text.clone()),
                ResponseKind::AiPrompt => Response::AiPrompt(reply.text.clone()),
            })
        });
        Self {
            sentence: tried.sentence(),
            replies: obstacles.is_empty() && reply.is_some(),
            by_default: tried.by_default,
            live_cost: tried.live_cost,
            obstacles,
            reply,
            rules: tried
                .rules
                .into_iter()
                .map(|line| RuleVerdict {
                    rule: line.place.into(),
                    sentence: line.sentence,
                })
                .collect(),
            rule: tried.winner.map(RuleReference::from),
        }
    }
}

impl From<Message> for TriedMessage {
    fn from(message: Message) -> Self {
        Self {
            kind: message.kind.into(),
            text: message.text,
            minutes_ago: message.minutes_ago,
            last_reply_minutes_ago: message.last_reply_minutes_ago,
            person_minutes_ago: message.person_minutes_ago,
        }
    }
}

impl From<TriedMessage> for Message {
    fn from(message: TriedMessage) -> Self {
        Self {
            text: message.text,
            kind: message.kind.into(),
            minutes_ago: message.minutes_ago,
            last_reply_minutes_ago: message.last_reply_minutes_ago,
            person_minutes_ago: message.person_minutes_ago,
        }
    }
}

macro_rules! same_names {
    ($($Name:ident),+) => {
        impl From<TriedKind> for MessageKind {
            fn from(kind: TriedKind) -> Self {
                match kind { $( TriedKind::$Name => Self::$Name ),+ }
            }
        }

        impl From<MessageKind> for TriedKind {
            fn from(kind: MessageKind) -> Self {
                match kind { $( MessageKind::$Name => Self::$Name ),+ }
            }
        }
    };
}

same_names!(
    Text,
    StoryReply,
    QuickReply,
    Postback,
    Attachment,
    StoryMention,
    Unsupported,
    Ephemeral,
    Unsent,
    Automation,
    Unreadable
);
