//! The doors of the pages: each authorises, calls one use case of the engine, and maps its error. One file per area.

pub mod accounts;
pub mod credits;
pub mod frame;
pub mod messages;
pub mod overview;
pub mod rules;
pub mod session;
pub mod settings;
