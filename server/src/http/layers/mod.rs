//! The layers around the routes of the public port, outermost first, and why in this order. [`super::router`] puts them together.
//!
//! Around every route:
//! 1. [`client_address`]: the log and the rate limit need the caller.
//! 2. [`trace`]: one line per request with its final status, whichever layer answered.
//! 3. [`headers`]: every answer carries them, errors of the layers below too.
//! 4. [`compression`]: above what reads and replaces bodies of failed answers; right inside it, answers that show secrets are marked, to
//!    be left alone.
//! 5. [`super::forms::error_pages`]: words for what failed below without any; above panics, whose answer is JSON.
//! 6. [`panics`], then the time limit: a handler that panics or hangs costs one request.
//! 7. [`host`] (demo on this machine only) and [`origin`]: refused before anything is read from the database.
//!
//! Around pages and server functions, further in:
//! 1. The device ([`super::auth::device`]), then [`rate`]: the cheapest refusal comes before the session is read from the database.
//! 2. The session, the viewer ([`super::auth::sessions`]) and [`super::forms::flash`]: they share the session.
//! 3. [`body`]: how much may come depends on the viewer's role.
//! 4. [`super::forms::api`]: reads the form that the body limit has let through.
//! 5. [`super::auth::access`]: innermost, so that a refused form is answered like any other.

pub mod body;
pub mod client_address;
pub mod compression;
pub mod headers;
pub mod host;
pub mod origin;
pub mod panics;
pub mod rate;
pub mod trace;
