//! Filled in by the work on `rules`.
