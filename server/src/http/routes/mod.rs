//! What answers: the [`table`] says which address exists and who may ask, every other file answers a few lines of it.

pub mod assets;
pub mod connect;
pub mod events;
pub mod export;
pub mod health;
pub mod meta_callbacks;
pub mod pages;
pub mod streams;
pub mod table;
