//! Filled in by the work on `accounts`.
