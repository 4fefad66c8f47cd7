//! Filled in by the work on `channels`.
