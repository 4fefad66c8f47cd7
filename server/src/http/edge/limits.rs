//! The table of limits.

use std::num::NonZeroU32;
use std::time::Duration;

pub use domain::limits::MAX_WEBHOOK_BYTES as LARGEST_DELIVERY;

/// From the first byte of a connection, or of a later request on it, to the end of the request's head.
pub const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// Between two requests of one connection. Longer than what proxies keep a connection for, so that they close it, and never
/// send a request into one that is being closed.
pub const IDLE_TIMEOUT: Duration = Duration::from_secs(75);
/// A caller that reads nothing of its answer for so long is gone.
pub const WRITE_TIMEOUT: Duration = Duration::from_secs(60);
/// A body of which nothing arrives for so long is given up.
pub const BODY_PAUSE: Duration = Duration::from_secs(10);
/// The longest an answer may take, its body included: a little more than the longest call to Meta.
pub const LONGEST_REQUEST: Duration = Duration::from_secs(30);
/// What a stopping server still waits for a body that is on its way, and for an answer that is being written.
pub const LAST_BYTES: Duration = Duration::from_secs(2);

/// Request line and headers. 4,096 connections hold 64 MiB of them at most.
pub const LARGEST_HEAD: usize = 16 * 1024;
/// Room for every form but one.
pub const LARGEST_FORM: usize = 1024 * 1024;
/// A whole reply config at its limits: 200 rules with 50 long keywords each. Letters of most scripts take two or three bytes, and
/// three times as many in a form.
pub const LARGEST_IMPORT: usize = 16 * 1024 * 1024;
/// A signed request of Meta's is a few hundred bytes.
pub const LARGEST_CALLBACK: usize = 32 * 1024;

/// Bytes of bodies of callers who have proven nothing yet, in memory at once.
pub const STRANGERS_BODIES: usize = 24 * 1024 * 1024;
/// The same of people who are signed in.
pub const SIGNED_IN_BODIES: usize = 32 * 1024 * 1024;
/// When to come again after a refusal for want of room, in seconds.
pub const RETRY_AFTER_SECONDS: u64 = 2;

/// Connections in all, if the operating system allows as many files.
pub const CONNECTIONS: usize = 4096;
/// Connections of one network (an IPv4 address, an IPv6 /64) that is not a trusted proxy.
pub const CONNECTIONS_PER_NETWORK: usize = 256;
/// Connections beyond all others, on which only the health checks are answered.
pub const HEALTH_RESERVE: usize = 16;
/// Files for everything that is no caller: database, Meta, the files of the site.
pub const OTHER_FILES: u64 = 256;

/// Event streams of one person: as many pages may be open.
pub const STREAMS_PER_PERSON: usize = 16;

/// Sign-in attempts of one network (or of one device that is known): so many at once, and so many per second afterwards.
pub const SIGN_IN_RATE: (NonZeroU32, NonZeroU32) = (at(30), at(2));
/// Everything under `/api`, likewise.
pub const API_RATE: (NonZeroU32, NonZeroU32) = (at(300), at(50));

/// One key under `/api/v1`, likewise.
pub const KEY_RATE: (NonZeroU32, NonZeroU32) = (at(300), at(50));

const fn at(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

/// The limits of connections, which tests make small.
#[derive(Debug, Clone, Copy)]
pub struct ConnectionLimits {
    /// In all, without the reserve.
    pub connections: usize,
    /// Of one network.
    pub per_network: usize,
    /// For health checks alone.
    pub health_reserve: usize,
    /// Until the head of a request is there.
    pub head: Duration,
    /// Between two requests.
    pub idle: Duration,
    /// For a caller to read on.
    pub write: Duration,
}

impl ConnectionLimits {
    /// The usual ones, within what `open_files` allows; `None` is no limit.
    #[must_use]
    pub fn within(open_files: Option<u64>) -> Self {
        let for_callers = open_files.map(|files| files.saturating_sub(OTHER_FILES).max(files / 2));
        let room = for_callers.map_or(usize::MAX, |files| usize::try_from(files).unwrap_or(usize::MAX));
        Self {
            connections: room.saturating_sub(HEALTH_RESERVE).clamp(1, CONNECTIONS),
            per_network: CONNECTIONS_PER_NETWORK,
            health_reserve: HEALTH_RESERVE,
            head: HEAD_TIMEOUT,
            idle: IDLE_TIMEOUT,
            write: WRITE_TIMEOUT,
        }
    }
}
