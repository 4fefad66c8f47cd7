//! The API for programs, from the outside: keys, scopes, conventions, the document, and the guide as it is printed.

mod access;
mod bounds;
mod client;
mod conventions;
mod document;
mod events;
mod guide;
mod matrix;
mod resources;
mod secrecy;
mod settings;
mod two_clients;
mod writes;
