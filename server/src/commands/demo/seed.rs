//! The demo tenant: an admin, two connected accounts with a few rules, 100 credits, everything switched on. Made once; later
//! starts keep what the visitor made of it.

use ::sandbox::SeededPage;
use domain::ids::{AccountId, TenantId};
use domain::roles::Role;
use domain::rules::Response;
use engine::Engine;
use engine::accounts::{AccountRegistry, Accounts, NewInstagramAccount};
use engine::credits::{self, Grant};
use engine::identity::{self, Actor, NewUser, Passwords, SignInError, Tenants, Users};
use engine::persona::Personas;
use engine::rules::Rules;
use secrecy::{ExposeSecret, SecretString};

use super::files::DemoFiles;
use super::{persona, random_secret, starter_rules};
use crate::commands::account;
use crate::failure::Failure;

const EMAIL: &str = "demo@concierge.example";
/// Public: the demo listens on this machine only.
const PASSWORD: &str = "concierge-demo";
const TENANT: &str = "demo";
const TENANT_NAME: &str = "Market Street Shops";
const CREDITS: i64 = 100;
/// The version a new account's default reply has.
const FIRST_VERSION: i64 = 1;

/// How one signs in.
pub(super) struct SignIn {
    pub(super) email: String,
    /// None when the visitor chose one.
    pub(super) password: Option<SecretString>,
}

/// Seeds a new demo, or makes sure that the password of an old one is what it should be.
pub(super) async fn run(
    engine: &Engine,
    files: &DemoFiles,
    pages: &[SeededPage],
    exposed: bool,
) -> Result<SignIn, Failure> {
    let password = if exposed {
        random_secret()
    } else {
        SecretString::from(PASSWORD)
    };
    let users = Users::new(engine.database(), engine.clock().clone(), Passwords::new(1));
    let known = match files.password()? {
        Some(present) if users.exist().await.map_err(|error| failed(&error))? => {
            change_password(engine, &users, &present, &password).await?
        }
        _ => begin(engine, &users, &password, pages).await.map(|()| true)?,
    };
    if !known {
        return Ok(SignIn {
            email: EMAIL.into(),
            password: None,
        });
    }
    files.keep_password(&password)?;
    Ok(SignIn {
        email: EMAIL.into(),
        password: Some(password),
    })
}

async fn begin(engine: &Engine, users: &Users, password: &SecretString, pages: &[SeededPage]) -> Result<(), Failure> {
    let new = NewUser {
        email: EMAIL.into(),
        password: password.clone(),
        tenant_slug: TENANT.into(),
        tenant_name: Some(TENANT_NAME.into()),
        role: Role::Owner,
        is_operator: true,
    };
    let (_, tenant) = users.create(new).await.map_err(|error| failed(&error))?;
    give_credits(engine, tenant).await?;
    for (index, page) in pages.iter().enumerate() {
        connect(engine, tenant, page, index == 0).await?;
    }
    write_persona(engine, tenant).await
}

async fn give_credits(engine: &Engine, tenant: TenantId) -> Result<(), Failure> {
    let grant = Grant {
        tenant,
        amount: CREDITS,
        expires_at: None,
        note: "A gift for trying it out".into(),
        reference: None,
    };
    let transaction = engine.database().begin().await.map_err(|error| failed(&error))?;
    credits::grant(&transaction, &grant, engine.clock().now())
        .await
        .map_err(|error| failed(&error))?;
    transaction.commit().await.map_err(|error| failed(&error))
}

/// Whose voice the AI replies have; its check begins at once.
async fn write_persona(engine: &Engine, tenant: TenantId) -> Result<(), Failure> {
    let personas = Personas::for_tenant(engine.database(), engine.clock().clone(), tenant, true);
    let saved = personas.save(Actor::Command, &persona::content(), 0).await;
    saved.map(drop).map_err(|error| failed(&error))
}

/// A Page without an Instagram account has nothing to connect. `has_ai`: its account also has AI replies.
async fn connect(engine: &Engine, tenant: TenantId, page: &SeededPage, has_ai: bool) -> Result<(), Failure> {
    let (Some(ig_id), Some(username)) = (page.ig_id.clone(), page.username.clone()) else {
        return Ok(());
    };
    let new = NewInstagramAccount {
        tenant,
        ig_id,
        page_id: page.page_id.clone(),
        username,
        name: page.name.clone(),
        page_token: SecretString::from(page.token.clone()),
        auto_reply: true,
    };
    let registry = AccountRegistry::new(engine.database(), engine.clock().clone(), engine.vault().clone());
    let added = registry
        .add_instagram(&new, Actor::Command)
        .await
        .map_err(|error| failed(&error))?;
    write_replies(engine, tenant, added.account, has_ai).await?;
    // Token and permissions are known from the first page view.
    let checked = engine.connections().check(tenant, added.account, Actor::Command).await;
    checked.map(drop).map_err(|error| failed(&error))
}

async fn write_replies(engine: &Engine, tenant: TenantId, account: AccountId, has_ai: bool) -> Result<(), Failure> {
    let (database, clock) = (engine.database(), engine.clock());
    let rules = Rules::for_tenant(database, clock.clone(), tenant);
    let by_ai = has_ai.then(starter_rules::by_ai).unwrap_or_default();
    for draft in starter_rules::all().into_iter().chain(by_ai) {
        rules
            .add(account, &draft, None, Actor::Command)
            .await
            .map_err(|error| failed(&error))?;
    }
    let accounts = Accounts::for_tenant(database, clock.clone(), tenant);
    let reply = Response::Canned(starter_rules::DEFAULT_REPLY.into());
    let saved = accounts
        .edit_default_reply(account, FIRST_VERSION, &reply, Actor::Command)
        .await;
    saved.map(drop).map_err(|error| failed(&error))
}

/// A demo that was open to others had a password of its own. False when the visitor chose another one.
async fn change_password(
    engine: &Engine,
    users: &Users,
    present: &SecretString,
    new: &SecretString,
) -> Result<bool, Failure> {
    let (database, clock) = (engine.database(), engine.clock());
    let sign_in = identity::SignIn::new(database, clock.clone(), Passwords::new(1), engine.vault().clone());
    let user = match sign_in.attempt(EMAIL, present, "this machine").await {
        Ok(user) => user,
        Err(SignInError::Wrong | SignInError::Wait { .. }) => return Ok(false),
        Err(error) => return Err(failed(&error)),
    };
    if present.expose_secret() != new.expose_secret() {
        let tenant = account::tenant(&Tenants::new(database, clock.clone()), TENANT).await?;
        let changed = users.change_password(user.id, tenant.id, present, new).await;
        changed.map_err(|error| failed(&error))?;
    }
    Ok(true)
}

fn failed(error: &dyn std::error::Error) -> Failure {
    Failure::because("the demo cannot be set up (try --reset)", error)
}
