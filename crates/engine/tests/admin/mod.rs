//! The admin's side: rules, accounts, log, credits, sign-in.

mod accounts;
mod api_keys;
mod chosen;
mod conflicts;
mod credits;
mod health;
mod isolation;
mod messages;
mod moves;
mod overview;
mod people;
mod reply_configs;
mod rules;
mod sessions;
mod sign_in;
