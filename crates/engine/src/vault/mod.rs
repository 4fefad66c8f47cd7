//! Filled in by the work on `vault`.
