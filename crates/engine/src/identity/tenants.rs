//! The businesses of this deployment.

use domain::ids::TenantId;
use domain::limits::FieldError;
use domain::time::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{Actor, Entry, audit, tenant_time};
use crate::clock::SharedClock;
use crate::rules::first_too_long;
use crate::storage::{Database, StorageError, sql};

const LONGEST_NAME: usize = 80;
const LONGEST_SLUG: usize = 40;

/// One business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// Its key.
    pub id: TenantId,
    /// Its short name in commands.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// IANA name.
    pub time_zone: String,
}

#[derive(FromQueryResult)]
struct TenantRow {
    id: Uuid,
    slug: String,
    name: String,
    time_zone: String,
}

impl From<TenantRow> for Tenant {
    fn from(row: TenantRow) -> Self {
        Self {
            id: TenantId::from_uuid(row.id),
            slug: row.slug,
            name: row.name,
            time_zone: row.time_zone,
        }
    }
}

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
        tx.commit().await.map_err(StorageError::from)?;
        Ok(tenant)
    }

    /// The tenant of that slug.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn by_slug(&self, slug: &str) -> Result<Option<Tenant>, StorageError> {
        by_slug(self.database.reader(), slug).await
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
        let text = "UPDATE tenants SET name = $2, time_zone = $3 WHERE id = $1";
        let values = [tenant.as_uuid().into(), name.as_str().into(), time_zone.into()];
        if sql::execute(&tx, text, values).await? == 0 {
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
        tx.commit().await.map_err(StorageError::from)?;
        Ok(())
    }
}

impl Tenants {
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
        let text = "UPDATE tenants SET disclosure = $2 WHERE id = $1";
        if sql::execute(&tx, text, [tenant.as_uuid().into(), line.clone().into()]).await? == 0 {
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
        tx.commit().await.map_err(StorageError::from)?;
        Ok(())
    }
}

/// The tenant of that slug.
pub(super) async fn by_slug<C: ConnectionTrait>(connection: &C, slug: &str) -> Result<Option<Tenant>, StorageError> {
    let text = "SELECT id, slug, name, time_zone FROM tenants WHERE slug = $1";
    Ok(sql::optional::<TenantRow, C>(connection, text, [slug.into()])
        .await?
        .map(Tenant::from))
}

/// Writes a new tenant within a transaction.
pub(super) async fn insert<C: ConnectionTrait>(
    tx: &C,
    slug: &str,
    name: &str,
    time_zone: &str,
    now: Timestamp,
) -> Result<Tenant, TenantsError> {
    let name = checked(Some(slug), name, time_zone)?;
    let id = TenantId::from_uuid(Uuid::now_v7());
    let text = "INSERT INTO tenants (id, slug, name, time_zone, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (slug) DO NOTHING";
    let values = [
        id.as_uuid().into(),
        slug.into(),
        name.as_str().into(),
        time_zone.into(),
        now.as_millis().into(),
    ];
    if sql::execute(tx, text, values).await? == 0 {
        return Err(TenantsError::SlugTaken);
    }
    Ok(Tenant {
        id,
        slug: slug.into(),
        name,
        time_zone: time_zone.into(),
    })
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
