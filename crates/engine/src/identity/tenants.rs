//! The businesses of this deployment.

use domain::ids::TenantId;
use domain::limits::FieldError;
use domain::time::Timestamp;
use uuid::Uuid;

use super::{Actor, Entry, audit, store, tenant_time};
use crate::clock::SharedClock;
use crate::rules::first_too_long;
pub use crate::storage::entity::tenants::Model as Tenant;
use crate::storage::{Connection, Database, StorageError, commit};

const LONGEST_NAME: usize = 80;
const LONGEST_SLUG: usize = 40;

/// A tenant cannot be made or changed.
#[derive(Debug, thiserror::Error)]
pub enum TenantsError {
    /// Something typed cannot be used.
    #[error("some fields need another look")]
    Invalid(Vec<FieldError>),
    /// There is a tenant of that slug.
    #[error("there is a tenant of that name already")]
    SlugTaken,
    /// There is no such tenant.
    #[error("there is no such tenant")]
    NotFound,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// All tenants: for commands, set-up and operators.
#[derive(Debug, Clone)]
pub struct Tenants {
    database: Database,
    clock: SharedClock,
}

impl Tenants {
    /// The tenants in `database`.
    #[must_use]
    pub fn new(database: &Database, clock: SharedClock) -> Self {
        Self {
            database: database.clone(),
            clock,
        }
    }

    /// Creates a tenant.
    ///
    /// # Errors
    /// [`TenantsError::Invalid`] under `slug`, `tenant_name` or `time_zone`; [`TenantsError::SlugTaken`].
    pub async fn create(&self, slug: &str, name: &str, time_zone: &str) -> Result<Tenant, TenantsError> {
        let tx = self.database.begin().await?;
        let tenant = insert(&tx, slug, name, time_zone, self.clock.now()).await?;
        commit(tx).await?;
        Ok(tenant)
    }

    /// The tenant of that slug.
    pub async fn by_slug(&self, slug: &str) -> Result<Option<Tenant>, StorageError> {
        store::tenant_by_slug(self.database.reader(), slug).await
    }

    /// Changes name and time zone.
    ///
    /// # Errors
    /// [`TenantsError::Invalid`] under `tenant_name` or `time_zone`; [`TenantsError::NotFound`].
    pub async fn change(
        &self,
        tenant: TenantId,
        name: &str,
        time_zone: &str,
        actor: Actor,
    ) -> Result<(), TenantsError> {
        let name = checked(None, name, time_zone)?;
        let tx = self.database.begin().await?;
        if !store::set_name_and_zone(&tx, tenant, &name, time_zone).await? {
            return Err(TenantsError::NotFound);
        }
        let detail = format!("Named {name}, time zone {time_zone}.");
        let entry = Entry {
            tenant,
            actor,
            action: "tenant.changed",
            subject: tenant.as_uuid(),
            detail: &detail,
        };
        audit::record(&tx, entry, self.clock.now()).await?;
        Ok(commit(tx).await?)
    }

    /// Sets the line that says that replies are automated; a blank one means none.
    ///
    /// # Errors
    /// [`TenantsError::Invalid`] under `disclosure`, also when a reply would not fit behind it; [`TenantsError::NotFound`].
    pub async fn set_disclosure(&self, tenant: TenantId, line: &str, actor: Actor) -> Result<(), TenantsError> {
        let line = domain::disclosure::check(line).map_err(|error| TenantsError::Invalid(vec![error]))?;
        let tx = self.database.begin().await?;
        if let Some(line) = &line
            && let Some(error) = first_too_long(&tx, tenant, line).await?
        {
            return Err(TenantsError::Invalid(vec![FieldError::new("disclosure", &error)]));
        }
        if !store::set_disclosure(&tx, tenant, line.as_deref()).await? {
            return Err(TenantsError::NotFound);
        }
        let detail = match &line {
            Some(line) => format!("Replies begin with: {line}"),
            None => "Replies begin without a line that says they are automated.".to_owned(),
        };
        let entry = Entry {
            tenant,
            actor,
            action: "tenant.disclosure_set",
            subject: tenant.as_uuid(),
            detail: &detail,
        };
        audit::record(&tx, entry, self.clock.now()).await?;
        Ok(commit(tx).await?)
    }
}

/// Writes a new tenant within a transaction.
pub(super) async fn insert<C: Connection>(
    tx: &C,
    slug: &str,
    name: &str,
    time_zone: &str,
    now: Timestamp,
) -> Result<Tenant, TenantsError> {
    let name = checked(Some(slug), name, time_zone)?;
    let tenant = Tenant {
        id: TenantId::from_uuid(Uuid::now_v7()),
        slug: slug.into(),
        name,
        time_zone: time_zone.into(),
        created_at: now,
        disclosure: None,
    };
    match store::insert_tenant(tx, tenant.clone()).await? {
        true => Ok(tenant),
        false => Err(TenantsError::SlugTaken),
    }
}

/// The name, trimmed, once everything is as it should be.
fn checked(slug: Option<&str>, name: &str, time_zone: &str) -> Result<String, TenantsError> {
    let name = name.trim();
    let mut errors = Vec::new();
    if slug.is_some_and(|slug| !is_slug(slug)) {
        errors.push(field(
            "slug",
            "Use 1 to 40 small letters, digits and hyphens, like bloom-and-stem.",
        ));
    }
    if !(1..=LONGEST_NAME).contains(&name.chars().count()) || name.contains('\0') {
        errors.push(field(
            "tenant_name",
            "Give the business a name of at most 80 characters.",
        ));
    }
    if !tenant_time::is_time_zone(time_zone) {
        errors.push(field(
            "time_zone",
            "Choose a time zone from the list, like Europe/Amsterdam.",
        ));
    }
    if errors.is_empty() {
        Ok(name.to_owned())
    } else {
        Err(TenantsError::Invalid(errors))
    }
}

fn is_slug(slug: &str) -> bool {
    (1..=LONGEST_SLUG).contains(&slug.len())
        && slug
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !slug.starts_with('-')
        && !slug.ends_with('-')
}

/// A slug made from a name: `Bloom & Stem` becomes `bloom-stem`; `main` when no letter is left.
pub(super) fn slug_of(name: &str) -> String {
    let words: Vec<String> = name
        .to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let mut slug = words.join("-");
    slug.truncate(LONGEST_SLUG);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "main".into() } else { slug.into() }
}

fn field(field: &str, message: &str) -> FieldError {
    FieldError {
        field: field.into(),
        message: message.into(),
    }
}
