//! Filled in by the work on `inbox`.
