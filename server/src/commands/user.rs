//! `concierge user create`: a person, and their tenant if it is new.

use std::sync::Arc;

use domain::limits::FieldError;
use engine::clock::SystemClock;
use engine::settings::{NewUser, Passwords, Users, UsersError};

use super::{stdin, store};
use crate::cli::CreateUserArgs;
use crate::config::{Config, Purpose, Sources};
use crate::failure::Failure;

pub(super) async fn create(args: CreateUserArgs, sources: &Sources) -> Result<(), Failure> {
    let config = Config::load(sources, Purpose::Tables)?;
    let role = args
        .role
        .parse()
        .map_err(|_| Failure::Usage("the role is owner, editor or viewer".into()))?;
    let password = stdin::secret("password")?;
    let database = store::open_migrated(&config.storage).await?;
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

fn failure(error: UsersError) -> Failure {
    match error {
        UsersError::Invalid(fields) => Failure::Failed(listed(&fields)),
        other => Failure::because("the person was not added", &other),
    }
}

pub(super) fn listed(fields: &[FieldError]) -> String {
    fields
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n       ")
}
