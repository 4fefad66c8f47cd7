//! The checks told as stories and as properties, and held against two sets written by hand.

mod attacks;
mod context;
mod looks_like;
mod naming;
mod phrasings;
mod properties;
mod sets;
mod stories;
mod told_to_customers;
