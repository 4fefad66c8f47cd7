//! The rows of tenants, people, their sessions and codes: statements on one table.

use domain::ids::{TenantId, UserId};
use domain::time::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, DeleteMany, ExprTrait, QuerySelect, QueryTrait};

use crate::storage::StorageError;
use crate::storage::entity::one_time_codes::CodePurpose;
use crate::storage::entity::{
    Hidden, audit_log, memberships, one_time_codes, sessions, sign_in_throttle, tenants, users,
};

pub(super) async fn users_exist<C: ConnectionTrait>(connection: &C) -> Result<bool, StorageError> {
    Ok(users::Entity::find().exists(connection).await?)
}

/// The id and the password's hash.
pub(super) async fn user_by_email<C: ConnectionTrait>(
    connection: &C,
    email: &str,
) -> Result<Option<(UserId, String)>, StorageError> {
    let user = users::Entity::find().filter(users::Column::Email.eq(email));
    let user = user
        .select_only()
        .columns([users::Column::Id, users::Column::PasswordHash]);
    let row: Option<(UserId, Hidden)> = user.into_tuple().one(connection).await?;
    Ok(row.map(|(id, Hidden(hash))| (id, hash)))
}

pub(super) async fn password_hash<C: ConnectionTrait>(
    connection: &C,
    user: UserId,
) -> Result<Option<String>, StorageError> {
    let user = users::Entity::find_by_id(user);
    let hash = user.select_only().column(users::Column::PasswordHash);
    Ok(hash.into_tuple().one(connection).await?.map(|Hidden(hash)| hash))
}

/// Whether it was written; it is not when `present` is given and the stored hash is another one.
pub(super) async fn set_password_hash<C: ConnectionTrait>(
    tx: &C,
    user: UserId,
    present: Option<String>,
    hash: String,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let changed = users::ActiveModel {
        password_hash: Set(Hidden(hash)),
        updated_at: Set(now),
        ..Default::default()
    };
    let update = users::Entity::update_many()
        .set(changed)
        .filter(users::Column::Id.eq(user));
    let update = update.apply_if(present, |update, present| {
        update.filter(users::Column::PasswordHash.eq(Hidden(present)))
    });
    Ok(update.exec(tx).await?.rows_affected > 0)
}

/// Whether it was written; it is not when the address is taken.
pub(super) async fn insert_user<C: ConnectionTrait>(tx: &C, user: users::Model) -> Result<bool, StorageError> {
    let insert = users::Entity::insert(users::ActiveModel::from(user));
    let insert = insert.on_conflict(OnConflict::column(users::Column::Email).do_nothing().to_owned());
    Ok(insert.exec_without_returning(tx).await? > 0)
}

pub(super) async fn insert_membership<C: ConnectionTrait>(tx: &C, row: memberships::Model) -> Result<(), StorageError> {
    let insert = memberships::Entity::insert(memberships::ActiveModel::from(row));
    insert.exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn tenant_by_slug<C: ConnectionTrait>(
    connection: &C,
    slug: &str,
) -> Result<Option<tenants::Model>, StorageError> {
    let tenant = tenants::Entity::find().filter(tenants::Column::Slug.eq(slug));
    Ok(tenant.one(connection).await?)
}

pub(super) async fn time_zone<C: ConnectionTrait>(
    connection: &C,
    tenant: TenantId,
) -> Result<Option<String>, StorageError> {
    let tenant = tenants::Entity::find_by_id(tenant);
    let zone = tenant.select_only().column(tenants::Column::TimeZone);
    Ok(zone.into_tuple().one(connection).await?)
}

/// Whether it was written; it is not when the slug is taken.
pub(super) async fn insert_tenant<C: ConnectionTrait>(tx: &C, tenant: tenants::Model) -> Result<bool, StorageError> {
    let insert = tenants::Entity::insert(tenants::ActiveModel::from(tenant));
    let insert = insert.on_conflict(OnConflict::column(tenants::Column::Slug).do_nothing().to_owned());
    Ok(insert.exec_without_returning(tx).await? > 0)
}

/// Whether there is such a tenant.
pub(super) async fn set_name_and_zone<C: ConnectionTrait>(
    tx: &C,
    tenant: TenantId,
    name: &str,
    time_zone: &str,
) -> Result<bool, StorageError> {
    let changed = tenants::ActiveModel {
        name: Set(name.into()),
        time_zone: Set(time_zone.into()),
        ..Default::default()
    };
    update_tenant(tx, tenant, changed).await
}

/// Whether there is such a tenant.
pub(super) async fn set_disclosure<C: ConnectionTrait>(
    tx: &C,
    tenant: TenantId,
    line: Option<&str>,
) -> Result<bool, StorageError> {
    let changed = tenants::ActiveModel {
        disclosure: Set(line.map(str::to_owned)),
        ..Default::default()
    };
    update_tenant(tx, tenant, changed).await
}

async fn update_tenant<C: ConnectionTrait>(
    tx: &C,
    tenant: TenantId,
    changed: tenants::ActiveModel,
) -> Result<bool, StorageError> {
    let update = tenants::Entity::update_many().set(changed);
    let update = update.filter(tenants::Column::Id.eq(tenant));
    Ok(update.exec(tx).await?.rows_affected > 0)
}

/// Whether it was written; it is not when the id is taken.
pub(super) async fn insert_session<C: ConnectionTrait>(
    connection: &C,
    session: sessions::Model,
) -> Result<bool, StorageError> {
    let insert = sessions::Entity::insert(sessions::ActiveModel::from(session));
    let insert = insert.on_conflict(OnConflict::column(sessions::Column::IdHash).do_nothing().to_owned());
    Ok(insert.exec_without_returning(connection).await? > 0)
}

/// None when it has expired.
pub(super) async fn session<C: ConnectionTrait>(
    connection: &C,
    id_hash: Vec<u8>,
    now: Timestamp,
) -> Result<Option<sessions::Model>, StorageError> {
    let session = sessions::Entity::find_by_id(id_hash).filter(sessions::Column::ExpiresAt.gt(now));
    Ok(session.one(connection).await?)
}

pub(super) async fn delete_session<C: ConnectionTrait>(connection: &C, id_hash: Vec<u8>) -> Result<(), StorageError> {
    sessions::Entity::delete_by_id(id_hash).exec(connection).await?;
    Ok(())
}

pub(super) async fn delete_expired_sessions<C: ConnectionTrait>(
    connection: &C,
    now: Timestamp,
) -> Result<u64, StorageError> {
    let expired = sessions::Entity::delete_many().filter(sessions::Column::ExpiresAt.lte(now));
    rows(connection, expired).await
}

/// Replaces the codes of set-up by one.
pub(super) async fn replace_set_up_code<C: ConnectionTrait>(
    tx: &C,
    code_hash: Vec<u8>,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StorageError> {
    let earlier = one_time_codes::Entity::delete_many();
    let earlier = earlier.filter(one_time_codes::Column::Purpose.eq(CodePurpose::Setup));
    earlier.exec(tx).await?;
    let code = one_time_codes::Model {
        id: Uuid::now_v7(),
        purpose: CodePurpose::Setup,
        user_id: None,
        code_hash,
        created_at: now,
        expires_at,
        used_at: None,
    };
    let insert = one_time_codes::Entity::insert(one_time_codes::ActiveModel::from(code));
    insert.exec_without_returning(tx).await?;
    Ok(())
}

/// Whether a code of set-up can be used at `now`.
pub(super) async fn is_set_up_code<C: ConnectionTrait>(
    connection: &C,
    code_hash: Vec<u8>,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let code = usable_code(one_time_codes::Entity::find(), code_hash, now);
    Ok(code.exists(connection).await?)
}

/// Uses up a code of set-up; whether it could be used.
pub(super) async fn use_set_up_code<C: ConnectionTrait>(
    tx: &C,
    code_hash: Vec<u8>,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let used = one_time_codes::ActiveModel {
        used_at: Set(Some(now)),
        ..Default::default()
    };
    let update = usable_code(one_time_codes::Entity::update_many().set(used), code_hash, now);
    Ok(update.exec(tx).await?.rows_affected > 0)
}

fn usable_code<Q: QueryFilter>(query: Q, code_hash: Vec<u8>, now: Timestamp) -> Q {
    query
        .filter(one_time_codes::Column::Purpose.eq(CodePurpose::Setup))
        .filter(one_time_codes::Column::CodeHash.eq(code_hash))
        .filter(one_time_codes::Column::UsedAt.is_null())
        .filter(one_time_codes::Column::ExpiresAt.gt(now))
}

pub(super) async fn blocked_until<C: ConnectionTrait>(tx: &C, key: &[u8]) -> Result<Option<Timestamp>, StorageError> {
    let attempts = sign_in_throttle::Entity::find_by_id(key);
    let until = attempts.select_only().column(sign_in_throttle::Column::BlockedUntil);
    Ok(until.into_tuple().one(tx).await?)
}

pub(super) async fn block_until<C: ConnectionTrait>(tx: &C, key: &[u8], until: Timestamp) -> Result<(), StorageError> {
    let blocked = sign_in_throttle::ActiveModel {
        blocked_until: Set(until),
        ..Default::default()
    };
    let update = sign_in_throttle::Entity::update_many().set(blocked);
    update.filter(sign_in_throttle::Column::Key.eq(key)).exec(tx).await?;
    Ok(())
}

pub(super) async fn delete_attempts<C: ConnectionTrait>(connection: &C, key: &[u8]) -> Result<(), StorageError> {
    sign_in_throttle::Entity::delete_by_id(key).exec(connection).await?;
    Ok(())
}

/// Takes one attempt back, and ends the wait.
pub(super) async fn uncount_attempt<C: ConnectionTrait>(connection: &C, key: &[u8]) -> Result<(), StorageError> {
    let failures = sign_in_throttle::Column::Failures;
    let free = sign_in_throttle::ActiveModel {
        blocked_until: Set(Timestamp::default()),
        ..Default::default()
    };
    let update = sign_in_throttle::Entity::update_many().set(free);
    let update = update.col_expr(failures, Expr::col(failures).sub(1));
    let update = update
        .filter(sign_in_throttle::Column::Key.eq(key))
        .filter(failures.gt(0));
    update.exec(connection).await?;
    Ok(())
}

/// Deletes attempts from before `last`, unless they still block somebody.
pub(super) async fn delete_attempts_before<C: ConnectionTrait>(
    connection: &C,
    last: Timestamp,
    now: Timestamp,
) -> Result<u64, StorageError> {
    let forgotten = sign_in_throttle::Entity::delete_many()
        .filter(sign_in_throttle::Column::LastAt.lt(last))
        .filter(sign_in_throttle::Column::BlockedUntil.lt(now));
    rows(connection, forgotten).await
}

pub(super) async fn insert_audit_row<C: ConnectionTrait>(tx: &C, row: audit_log::Model) -> Result<(), StorageError> {
    let insert = audit_log::Entity::insert(audit_log::ActiveModel::from(row));
    insert.exec_without_returning(tx).await?;
    Ok(())
}

async fn rows<C: ConnectionTrait, E: EntityTrait>(connection: &C, delete: DeleteMany<E>) -> Result<u64, StorageError> {
    Ok(delete.exec(connection).await?.rows_affected)
}
