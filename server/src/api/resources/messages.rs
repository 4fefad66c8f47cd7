//! The message log: what happened to each DM, never what it said.

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use domain::messages::Author as Writer;
use domain::views::{Direction as Way, MessageFilter, MessageRow, OutcomeFilter};
use engine::api_keys::ApiCaller;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::api::input::Params;
use crate::api::paging::with_next;
use crate::api::problem::Problem;
use crate::api::state::ApiState;

/// Which way a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From a customer.
    Inbound,
    /// To a customer.
    Outbound,
}

/// Who wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// A customer.
    Customer,
    /// Concierge.
    Concierge,
    /// A person, in the Instagram app.
    Human,
    /// The account wrote to itself.
    #[serde(rename = "self")]
    Itself,
}

/// What became of a DM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was answered.
    Sent,
    /// Its reply waits.
    Waiting,
    /// It was not answered.
    Skipped,
    /// Its reply failed.
    Failed,
}

/// The rule that answered.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AnsweringRule {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub label: String,
    /// Its place; none when it was deleted since.
    pub position: Option<u32>,
}

/// One line of the log.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LoggedMessage {
    /// Its id.
    pub id: Uuid,
    /// When it was received or sent.
    #[schema(format = DateTime)]
    pub at: String,
    /// Of which account.
    pub account: Uuid,
    /// Which way.
    pub direction: Direction,
    /// By whom.
    pub author: Author,
    /// `Text from ··4821`.
    pub message: String,
    /// What became of it: `Sent`, `Waiting`, `Not answered`, `Failed`, `By a person`.
    pub outcome: String,
    /// Why, in words.
    pub why: String,
    /// What helps, in words.
    pub advice: Option<String>,
    /// The rule that answered; none for the default reply.
    pub rule: Option<AnsweringRule>,
    /// 0 or −1.
    pub credits: i64,
    /// The credit is only reserved: it comes back if no reply reaches the customer.
    pub credit_reserved: bool,
    /// From event to reply, in milliseconds.
    pub took_ms: Option<i64>,
}

/// A page of the log.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LoggedMessages {
    /// The newest first, at most 50.
    pub items: Vec<LoggedMessage>,
    /// The address of the next page, further back; none at the end.
    pub next: Option<String>,
}

/// Filters of the log, as on its page.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it only describes the parameters, which `Params` reads")]
pub struct LogFilter {
    /// Of this account only.
    account: Option<Uuid>,
    /// This way only: inbound, outbound.
    #[param(inline)]
    direction: Option<Direction>,
    /// With this outcome only: sent, waiting, skipped, failed.
    #[param(inline)]
    outcome: Option<Outcome>,
    /// The first day, in the workspace's time zone.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<String>,
    /// The last day, included.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<String>,
    /// As `next` of a page before holds it.
    #[param(pattern = "^[0-9]{1,15}\\.[0-9a-f]{32}$")]
    cursor: Option<String>,
}

/// The message log, the newest first.
#[utoipa::path(get, path = "/api/v1/messages", tag = "Messages", operation_id = "listMessages", params(LogFilter),
    responses((status = 200, body = LoggedMessages, headers(("Link" = String, description = "The next page")))))]
pub async fn list(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    mut params: Params,
) -> Result<Response, Problem> {
    let filter = MessageFilter {
        account: params.take("account", "Use the id of an account."),
        direction: params.take::<Way>("direction", "Use inbound or outbound."),
        outcome: params.take::<OutcomeFilter>("outcome", "Use sent, waiting, skipped or failed."),
        from: params.day("from"),
        to: params.day("to"),
        reason: None,
    };
    let cursor = params.cursor();
    params.finish()?;
    let page = api.messages(&caller).page(&filter, &cursor).await?;
    let parameters = [
        ("account", filter.account.map(|id| id.to_string())),
        ("direction", filter.direction.map(|way| way.to_string())),
        ("outcome", filter.outcome.map(|outcome| outcome.to_string())),
        ("from", filter.from),
        ("to", filter.to),
        ("cursor", page.older.clone()),
    ];
    Ok(with_next(
        "/api/v1/messages",
        page.older.is_some(),
        parameters,
        |next| LoggedMessages {
            items: page.rows.into_iter().map(LoggedMessage::from).collect(),
            next,
        },
    ))
}

impl From<MessageRow> for LoggedMessage {
    fn from(row: MessageRow) -> Self {
        Self {
            id: row.id.as_uuid(),
            at: row.when.iso,
            account: row.account_id.as_uuid(),
            direction: match row.direction {
                Way::Inbound => Direction::Inbound,
                Way::Outbound => Direction::Outbound,
            },
            author: match row.author {
                Writer::Customer => Author::Customer,
                Writer::Concierge => Author::Concierge,
                Writer::Human => Author::Human,
                Writer::Itself => Author::Itself,
            },
            message: row.message,
            outcome: row.pill.label,
            why: row.why,
            advice: row.advice,
            rule: row.rule.map(|rule| AnsweringRule {
                id: rule.id.as_uuid(),
                label: rule.label,
                position: rule.position,
            }),
            credits: row.credits,
            credit_reserved: row.credit_reserved,
            took_ms: row.took_ms,
        }
    }
}
