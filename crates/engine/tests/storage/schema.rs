//! Every entity has the columns of its table: names, nullability and, on PostgreSQL, types.

use std::collections::{BTreeMap, BTreeSet};

use engine::storage::{Database, entity, sql};
use sea_orm::sea_query::ColumnType;
use sea_orm::{ColumnTrait, EntityName, EntityTrait, IdenStatic, Iterable};

use crate::support::{TestDatabase, for_each_database};

/// Name, and whether it may be NULL.
type Columns = BTreeMap<String, bool>;

struct Described {
    table: &'static str,
    columns: Columns,
    postgres_types: BTreeMap<String, &'static str>,
}

fn describe<E: EntityTrait>(entity: E) -> Described {
    let name = |column: &E::Column| column.as_str().to_owned();
    let columns = E::Column::iter().map(|column| (name(&column), column.def().is_null()));
    let types = E::Column::iter().map(|column| (name(&column), postgres_type(column.def().get_column_type())));
    Described {
        table: EntityName::table_name(&entity),
        columns: columns.collect(),
        postgres_types: types.collect(),
    }
}

fn postgres_type(column: &ColumnType) -> &'static str {
    match column {
        ColumnType::Uuid => "uuid",
        ColumnType::BigInteger => "int8",
        ColumnType::String(_) | ColumnType::Text => "text",
        ColumnType::Boolean => "bool",
        ColumnType::Blob | ColumnType::VarBinary(_) | ColumnType::Binary(_) => "bytea",
        other => panic!("no column of ours has the type {other:?}"),
    }
}

macro_rules! described {
    ($($table:ident),+ $(,)?) => { vec![$( describe(entity::$table::Entity) ),+] };
}

fn entities() -> Vec<Described> {
    described![
        accounts,
        ai_usage,
        api_keys,
        audit_log,
        connect_visits,
        conversation_turns,
        conversations,
        credit_balances,
        credit_batches,
        credit_ledger,
        deletion_requests,
        digest_keys,
        echo_digests,
        examples,
        flashes,
        idempotency_keys,
        import_previews,
        inbound_events,
        instagram_accounts,
        intent_backgrounds,
        intent_vectors,
        job_runs,
        memberships,
        messages,
        one_time_codes,
        outgoing_webhooks,
        persona_versions,
        prompts_in_use,
        replies,
        reply_config_changes,
        reply_configs,
        rules,
        safety_checks,
        sealed_values,
        sessions,
        sign_in_throttle,
        tenants,
        token_checks,
        users,
        webhook_endpoints,
        webhook_health,
    ]
}

async fn columns_of(database: &TestDatabase, table: &str) -> Columns {
    let text = match database.is_postgres() {
        true => {
            "SELECT CAST(column_name AS TEXT), is_nullable = 'YES' FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name = $1"
        }
        // A primary key may be NULL in SQLite's catalogue; none of ours ever is.
        false => "SELECT name, \"notnull\" = 0 AND pk = 0 FROM pragma_table_info($1)",
    };
    let rows: Vec<(String, bool)> = sql::values(database.reader(), text, [table.into()]).await.unwrap();
    rows.into_iter().collect()
}

pub(super) async fn tables_of(database: &TestDatabase) -> BTreeSet<String> {
    let text = match database.is_postgres() {
        true => "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'",
        false => "SELECT name FROM sqlite_schema WHERE type = 'table'",
    };
    let tables: Vec<String> = sql::values(database.reader(), text, []).await.unwrap();
    let is_ours = |table: &String| {
        let others = ["seaql_", "schema_versions", "sqlite_", "_sqlx", "Jobs", "Workers"];
        !others.iter().any(|other| table.starts_with(other))
    };
    tables.into_iter().filter(is_ours).collect()
}

#[tokio::test]
async fn every_table_has_its_entity_and_every_column_its_field() {
    for_each_database(|database| async move {
        let entities = entities();
        let names: BTreeSet<String> = entities.iter().map(|entity| entity.table.to_owned()).collect();
        assert_eq!(tables_of(&database).await, names, "{}", database.kind);
        for entity in entities {
            let columns = columns_of(&database, entity.table).await;
            assert_eq!(columns, entity.columns, "{}: {}", database.kind, entity.table);
        }
    })
    .await;
}

#[tokio::test]
async fn the_types_of_postgres_are_those_of_the_fields() {
    for_each_database(|database| async move {
        for entity in entities() {
            if let Some(types) = types_of(&database, database.is_postgres(), entity.table).await {
                let declared: BTreeMap<String, String> = entity
                    .postgres_types
                    .into_iter()
                    .map(|(name, ty)| (name, ty.to_owned()))
                    .collect();
                assert_eq!(types, declared, "{}", entity.table);
            }
        }
    })
    .await;
}

async fn types_of(database: &Database, is_postgres: bool, table: &str) -> Option<BTreeMap<String, String>> {
    let text = "SELECT CAST(column_name AS TEXT), CAST(udt_name AS TEXT) FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = $1";
    if !is_postgres {
        return None;
    }
    let rows: Vec<(String, String)> = sql::values(database.reader(), text, [table.into()]).await.unwrap();
    Some(rows.into_iter().collect())
}
