//! Drafts, pasted lists, moves, and the JSON the database stores.

mod drafts;
mod order;
mod saved;
mod stored;
