//! Filled in by the work on `overview`.
