//! Personas, AI prompts, and the checks without which no model reads them.

mod checking;
mod interleavings;
mod overriding;
mod policy;
mod prompts;
mod provider;
mod purging;
mod versions;
