//! Who asks, and whether they may: the session of a request, its person, and the access column of the route table.
//!
//! A session is read once per request ([`sessions`]) and leaves a [`domain::views::Viewer`] in the request's extensions;
//! [`access`] and every handler behind it look there, and nowhere else.

pub mod access;
pub mod device;
pub mod sessions;
