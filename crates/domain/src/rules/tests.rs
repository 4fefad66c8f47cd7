//! Drafts, pasted lists, moves, and the JSON the database stores.
