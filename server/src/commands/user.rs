//! `concierge user`: a person, and their tenant if it is new; a new password for one who forgot theirs.

use std::sync::Arc;

use domain::limits::FieldError;
use engine::clock::SystemClock;
use engine::identity::{NewUser, Passwords, Users, UsersError};

use super::{database, stdin};
use crate::cli::{CreateUserArgs, PasswordArgs};
use crate::config::{Config, Purpose, Sources};
use crate::failure::Failure;

pub(super) async fn create(args: CreateUserArgs, sources: &Sources) -> Result<(), Failure> {
    let config = Config::load(sources, Purpose::Tables)?;
    let role = args
        .role
        .parse()
        .map_err(|_| Failure::Usage("the role is owner, editor or viewer".into()))?;
    let password = stdin::secret("password")?;
    let database = database::open_migrated(&config.storage).await?;
    let users = Users::new(&database, Arc::new(SystemClock), Passwords::new(1));
    let new = NewUser {
        email: args.email.clone(),
        password,
        tenant_slug: args.tenant.clone(),
        tenant_name: args.tenant_name,
        role,
        is_operator: args.operator,
    };
    users.create(new).await.map_err(failure)?;
    println!("{} can sign in as {} of {}.", args.email, args.role, args.tenant);
    database.close().await;
    Ok(())
}

pub(super) async fn password(args: PasswordArgs, sources: &Sources) -> Result<(), Failure> {
    let config = Config::load(sources, Purpose::Tables)?;
    let password = stdin::secret("password")?;
    let database = database::open_migrated(&config.storage).await?;
    let users = Users::new(&database, Arc::new(SystemClock), Passwords::new(1));
    users
        .set_password(&args.email, &password)
        .await
        .map_err(|error| match error {
            UsersError::NotFound => Failure::Failed(format!("nobody signs in as {}", args.email)),
            error => failure(error),
        })?;
    println!("{} signs in with the new password from now on.", args.email);
    database.close().await;
    Ok(())
}

fn failure(error: UsersError) -> Failure {
    match error {
        UsersError::Invalid(fields) => Failure::Failed(listed(&fields)),
        other => Failure::because("nothing was changed", &other),
    }
}

pub(super) fn listed(fields: &[FieldError]) -> String {
    fields
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n       ")
}
