//! One file per table: its columns with the types of the vocabulary, so that the compiler knows what may stand where.
//!
//! No relations and no behaviour: statements over several tables are SQL (docs/adr/0010-entities-and-sql.md). `tests/storage`
//! compares every entity with the schema of both databases.

mod hidden;

pub mod accounts;
pub mod ai_usage;
pub mod api_keys;
pub mod audit_log;
pub mod connect_visits;
pub mod conversation_turns;
pub mod conversations;
pub mod credit_balances;
pub mod credit_batches;
pub mod credit_ledger;
pub mod deletion_requests;
pub mod digest_keys;
pub mod echo_digests;
pub mod examples;
pub mod flashes;
pub mod idempotency_keys;
pub mod import_previews;
pub mod inbound_events;
pub mod instagram_accounts;
pub mod intent_backgrounds;
pub mod intent_vectors;
pub mod job_runs;
pub mod memberships;
pub mod messages;
pub mod one_time_codes;
pub mod outgoing_webhooks;
pub mod persona_versions;
pub mod prompts_in_use;
pub mod replies;
pub mod reply_config_changes;
pub mod reply_configs;
pub mod rules;
pub mod safety_checks;
pub mod sealed_values;
pub mod sessions;
pub mod sign_in_throttle;
pub mod tenants;
pub mod token_checks;
pub mod users;
pub mod webhook_endpoints;
pub mod webhook_health;

pub use hidden::Hidden;
