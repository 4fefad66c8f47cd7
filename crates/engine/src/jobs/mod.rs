//! Filled in by the work on `jobs`.
