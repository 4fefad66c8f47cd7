//! Filled in by the work on `settings`.
