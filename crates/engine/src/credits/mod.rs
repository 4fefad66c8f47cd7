//! Filled in by the work on `credits`.
