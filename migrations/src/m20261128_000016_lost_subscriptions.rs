//! When a check found a subscription lost and made it again, and since when it may have been lost.

use crate::SqlMigration;

pub(crate) const MIGRATION: SqlMigration = SqlMigration {
    name: "m20261128_000016_lost_subscriptions",
    statements: &[STATEMENTS],
    on_postgres: &[],
};

const STATEMENTS: &[&str] = &[
    "ALTER TABLE instagram_accounts ADD COLUMN subscription_seen_at BIGINT",
    "ALTER TABLE instagram_accounts ADD COLUMN resubscribed_at BIGINT",
    "ALTER TABLE instagram_accounts ADD COLUMN unsubscribed_after BIGINT",
    "UPDATE instagram_accounts SET subscription_seen_at = (SELECT a.token_checked_at FROM accounts a
        WHERE a.id = instagram_accounts.account_id AND a.status = 'connected')
    WHERE subscribed_fields <> ''",
    "INSERT INTO schema_versions (version, readable_from) VALUES (15, 4)",
];
