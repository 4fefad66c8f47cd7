//! Connected accounts: how they stand, their switches, and a check of their connection.

use axum::extract::State;
use axum::{Extension, Json};
use domain::accounts::AccountStatus as Standing;
use domain::views::{AccountCard, AccountPage};
use engine::api_keys::ApiCaller;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::input::{JsonBody, NoBody, Params, Path, id};
use crate::api::problem::Problem;
use crate::api::state::ApiState;

/// Whether Concierge can send through an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// Working.
    Connected,
    /// An owner has to connect it again.
    NeedsReconnect,
    /// A permission or a setting on Meta's side is missing.
    NeedsAttention,
    /// Meta asked to slow down, or blocked sending, for a while.
    Paused,
    /// The connection was ended.
    Disconnected,
}

/// One account.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Account {
    /// Its id here.
    pub id: Uuid,
    /// Its Instagram name, without the @.
    pub username: String,
    /// The name of the business.
    pub name: String,
    /// Whether Concierge can send through it.
    pub status: AccountStatus,
    /// What is wrong and what to do, if anything is.
    pub problem: Option<String>,
    /// The switch *Enabled*.
    pub enabled: bool,
    /// The switch *Auto-reply*.
    pub auto_reply: bool,
    /// How many rules it has, switched off ones included.
    pub rules: u32,
    /// Replies that wait for something.
    pub waiting: u32,
    /// When a customer last wrote.
    #[schema(format = DateTime)]
    pub last_dm_at: Option<String>,
    /// When a reply was last sent.
    #[schema(format = DateTime)]
    pub last_reply_at: Option<String>,
}

/// One account with its ids at Meta and the state of its connection.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AccountDetails {
    /// As in the list.
    #[serde(flatten)]
    pub account: Account,
    /// The id of the Instagram professional account.
    pub instagram_id: String,
    /// The id of the Facebook Page.
    pub page_id: String,
    /// Since when it is here.
    #[schema(format = DateTime)]
    pub connected_at: String,
    /// For how many hours Concierge keeps quiet after a person wrote; 0 is off.
    pub quiet_hours: u32,
    /// When Meta was last asked about the connection.
    #[schema(format = DateTime)]
    pub checked_at: Option<String>,
    /// What is known about the connection.
    pub checks: Vec<Check>,
}

/// One fact.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Check {
    /// What is checked: `Can receive`.
    pub label: String,
    /// How it stands.
    pub state: Tone,
    /// The evidence, or what is missing.
    pub sentence: String,
}

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Works.
    Ok,
    /// Under way.
    Info,
    /// Somebody should look.
    Warn,
    /// Somebody must act.
    Bad,
    /// Off, or not known yet.
    Idle,
}

/// All accounts.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Accounts {
    /// Those that need somebody first.
    pub items: Vec<Account>,
}

/// A switch.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Switch {
    /// On or off.
    pub enabled: bool,
}

/// What a check of the connection found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckResult {
    /// Whether it works.
    pub working: bool,
    /// What was found, as a sentence.
    pub sentence: String,
    /// Replies that waited for the connection and go out now.
    pub woken: u64,
}

/// All accounts of the workspace.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "Accounts", operation_id = "listAccounts", responses((status = 200, body = Accounts)))]
pub async fn list(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    params: Params,
) -> Result<Json<Accounts>, Problem> {
    params.finish()?;
    let page = api.accounts(&caller).list().await?;
    let items = page.accounts.into_iter().map(Account::from).collect();
    Ok(Json(Accounts { items }))
}

/// One account.
#[utoipa::path(get, path = "/api/v1/accounts/{account}", tag = "Accounts", operation_id = "readAccount",
    params(("account" = Uuid, Path, description = "The account's id")), responses((status = 200, body = AccountDetails)))]
pub async fn read(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    params: Params,
) -> Result<Json<AccountDetails>, Problem> {
    params.finish()?;
    let page = api.accounts(&caller).page(id(&account)?).await?;
    Ok(Json(page.into()))
}

/// The switch *Enabled*: off, nothing is answered.
#[utoipa::path(put, path = "/api/v1/accounts/{account}/enabled", tag = "Accounts", operation_id = "switchAccount",
    params(("account" = Uuid, Path, description = "The account's id")), request_body = Switch, responses((status = 200, body = AccountDetails)))]
pub async fn switch_enabled(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    JsonBody(switch): JsonBody<Switch>,
) -> Result<Json<AccountDetails>, Problem> {
    let (accounts, account) = (api.accounts(&caller), id(&account)?);
    accounts.set_enabled(account, switch.enabled, caller.actor()).await?;
    Ok(Json(accounts.page(account).await?.into()))
}

/// The switch *Auto-reply*: off, DMs are logged and not answered.
#[utoipa::path(put, path = "/api/v1/accounts/{account}/auto-reply", tag = "Accounts", operation_id = "switchAutoReply",
    params(("account" = Uuid, Path, description = "The account's id")), request_body = Switch, responses((status = 200, body = AccountDetails)))]
pub async fn switch_auto_reply(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    JsonBody(switch): JsonBody<Switch>,
) -> Result<Json<AccountDetails>, Problem> {
    let (accounts, account) = (api.accounts(&caller), id(&account)?);
    accounts.set_auto_reply(account, switch.enabled, caller.actor()).await?;
    Ok(Json(accounts.page(account).await?.into()))
}

/// Asks Meta about the connection, and wakes replies that wait for it.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/check", tag = "Accounts", operation_id = "checkAccount",
    params(("account" = Uuid, Path, description = "The account's id")), responses((status = 200, body = CheckResult)))]
pub async fn check(
    State(api): State<ApiState>,
    Extension(caller): Extension<ApiCaller>,
    Path(account): Path<String>,
    _: NoBody,
) -> Result<Json<CheckResult>, Problem> {
    use engine::connect::CheckResult as Found;

    let found = api
        .engine
        .connections()
        .check(caller.tenant, id(&account)?, caller.actor())
        .await?;
    let sentence = found.sentence().to_owned();
    Ok(Json(match found {
        Found::Working { woken } | Found::Resubscribed { woken } => CheckResult {
            working: true,
            sentence,
            woken,
        },
        Found::Broken(_) => CheckResult {
            working: false,
            sentence,
            woken: 0,
        },
    }))
}

impl From<AccountCard> for Account {
    fn from(card: AccountCard) -> Self {
        let problem = card
            .problem
            .map(|problem| format!("{} {}", problem.lead, problem.sentence));
        Self {
            id: card.brief.id.as_uuid(),
            username: card.brief.username,
            name: card.brief.name,
            status: card.status.into(),
            problem,
            enabled: card.enabled,
            auto_reply: card.auto_reply,
            rules: card.rules,
            waiting: card.waiting,
            last_dm_at: card.last_dm.map(|at| at.iso),
            last_reply_at: card.brief.last_reply.map(|at| at.iso),
        }
    }
}

impl From<AccountPage> for AccountDetails {
    fn from(page: AccountPage) -> Self {
        Self {
            account: page.card.into(),
            instagram_id: page.identity.instagram_id,
            page_id: page.identity.page_id,
            connected_at: page.identity.connected.iso,
            quiet_hours: page.quiet_hours,
            checked_at: page.connection.checked_at.map(|at| at.iso),
            checks: page.connection.lines.into_iter().map(Check::from).collect(),
        }
    }
}

impl From<domain::views::CheckLine> for Check {
    fn from(line: domain::views::CheckLine) -> Self {
        Self {
            label: line.label,
            state: line.state.into(),
            sentence: line.sentence,
        }
    }
}

impl From<domain::views::Tone> for Tone {
    fn from(tone: domain::views::Tone) -> Self {
        match tone {
            domain::views::Tone::Ok => Self::Ok,
            domain::views::Tone::Info => Self::Info,
            domain::views::Tone::Warn => Self::Warn,
            domain::views::Tone::Bad => Self::Bad,
            domain::views::Tone::Idle => Self::Idle,
        }
    }
}

impl From<Standing> for AccountStatus {
    fn from(status: Standing) -> Self {
        match status {
            Standing::Connected => Self::Connected,
            Standing::NeedsReconnect => Self::NeedsReconnect,
            Standing::NeedsAttention => Self::NeedsAttention,
            Standing::Paused { .. } => Self::Paused,
            Standing::Disconnected => Self::Disconnected,
        }
    }
}
