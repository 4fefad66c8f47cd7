//! Credits: what is left, how long it lasts, and every change of it.

use axum::extract::State;
use axum::response::Response;
use axum::{Extension, Json};
use domain::views::{Cursor, LedgerFilter, Outlook};
use engine::api_keys::ApiCaller;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::api::input::Params;
use crate::api::paging::with_next;
use crate::api::problem::Problem;
use crate::api::state::ApiState;

/// The credits of the workspace. One credit is one reply.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Balance {
    /// Credits left; reserved ones are already off.
    pub balance: i64,
    /// Taken by replies that are under way.
    pub reserved: i64,
    /// How many full days they last at the pace of the last week; none when that cannot be said yet.
    pub days_left: Option<u32>,
    /// Replies a day at that pace.
    pub per_day: Option<u32>,
    /// DMs that got no reply since the credits ran out.
    pub unanswered: u32,
}

/// What kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Credits were added.
    Grant,
    /// A reply took one.
    Deduct,
    /// A reply that never reached its customer gave it back.
    Restore,
    /// What was left of a batch went at its end.
    Expire,
}

/// One change of the balance.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LedgerEntry {
    /// Its id.
    pub id: String,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// What kind.
    pub kind: EntryKind,
    /// What it was, in words.
    pub what: String,
    /// Account and rule, or the note of a grant.
    pub detail: Option<String>,
    /// The reply it belongs to.
    pub reply: Option<Uuid>,
    /// That reply is under way.
    pub waiting: bool,
    /// By how much.
    pub change: i64,
    /// The balance after it.
    pub balance_after: i64,
}

/// A page of the ledger.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Ledger {
    /// The newest first, at most 50.
    pub items: Vec<LedgerEntry>,
    /// The address of the next page, further back; none at the end.
    pub next: Option<String>,
}

/// Which lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// All.
    All,
    /// What replies took.
    Used,
    /// What came back.
    GivenBack,
    /// What was added.
    Added,
}

/// Filters of the ledger, as on its page.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it only describes the parameters, which `Params` reads")]
pub struct LedgerParameters {
    /// Which lines: all, used, given_back, added.
    #[param(inline)]
    show: Option<Shown>,
    /// As `next` of a page before holds it.
    #[param(pattern = "^[0-9]{1,15}\\.[0-9a-f]{32}$")]
    cursor: Option<String>,
}

/// The balance, and how long it lasts.
#[utoipa::path(get, path = "/api/v1/credits", tag = "Credits", operation_id = "readCredits", responses((status = 200, body = Balance)))]
pub async fn read(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    params: Params,
) -> Result<Json<Balance>, Problem> {
    params.finish()?;
    let page = api.credits(&caller).page(LedgerFilter::All, &Cursor::Newest).await?;
    let forecast = page.outlook.forecast();
    Ok(Json(Balance {
        balance: page.balance,
        reserved: page.reserved,
        days_left: forecast.map(|forecast| forecast.days),
        per_day: match &page.outlook {
            Outlook::Lasts(forecast) => Some(forecast.per_day),
            Outlook::Unused | Outlook::TooEarly => None,
        },
        unanswered: page.unanswered.map_or(0, |unanswered| unanswered.count),
    }))
}

/// Every change of the balance, the newest first.
#[utoipa::path(get, path = "/api/v1/credits/ledger", tag = "Credits", operation_id = "listLedger", params(LedgerParameters),
    responses((status = 200, body = Ledger, headers(("Link" = String, description = "The next page")))))]
pub async fn ledger(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    mut params: Params,
) -> Result<Response, Problem> {
    let show = params.take::<LedgerFilter>("show", "Use all, used, given_back or added.");
    let cursor = params.cursor();
    params.finish()?;
    let page = api.credits(&caller).page(show.unwrap_or_default(), &cursor).await?;
    let parameters = [
        ("show", show.map(|show| show.to_string())),
        ("cursor", page.older.clone()),
    ];
    Ok(with_next(
        "/api/v1/credits/ledger",
        page.older.is_some(),
        parameters,
        |next| Ledger {
            items: page.ledger.into_iter().map(LedgerEntry::from).collect(),
            next,
        },
    ))
}

impl From<domain::views::LedgerRow> for LedgerEntry {
    fn from(row: domain::views::LedgerRow) -> Self {
        use domain::credits::LedgerKind;
        Self {
            id: row.id,
            at: row.when.iso,
            kind: match row.kind {
                LedgerKind::Grant => EntryKind::Grant,
                LedgerKind::Deduct => EntryKind::Deduct,
                LedgerKind::Restore => EntryKind::Restore,
                LedgerKind::Expire => EntryKind::Expire,
            },
            what: row.what,
            detail: row.detail,
            reply: row.reply_id.map(domain::ids::ReplyId::as_uuid),
            waiting: row.waiting,
            change: row.change,
            balance_after: row.balance_after,
        }
    }
}
