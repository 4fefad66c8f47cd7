//! Filled in by the work on `messages`.
