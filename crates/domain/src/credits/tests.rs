//! The reference ledger keeps its own promises before the engine is held against it.
