//! Entities and SQL constants against the real schema, on every database.

mod builder;
mod bulk;
mod cancelled;
mod catalogue;
mod migrations;
mod operation_rows;
mod persona_rows;
mod plans;
mod pooler;
mod retention;
mod returning;
mod rows;
mod schema;
