//! Filled in by the work on `pipeline`.
