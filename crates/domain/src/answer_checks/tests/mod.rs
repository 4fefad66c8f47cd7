//! The checks told as stories and as properties, and held against two sets written by hand.

mod attacks;
mod context;
mod phrasings;
mod properties;
mod sets;
mod stories;
