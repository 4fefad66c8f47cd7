//! Rate limits per client network: generous for people, too slow for guessing and flooding.
//!
//! Wrong passwords are slowed down separately, in the database; this limit keeps many attempts from occupying the processor.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use app::context::ClientAddress;
use app::endpoints;
use app::error::AppError;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use engine::identity::Device;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::http::edge::limits::{API_RATE, KEY_RATE, SIGN_IN_RATE};
use crate::http::forms::answer;

/// Passwords are checked here, which is slow on purpose.
const PASSWORD_PATHS: [&str; 3] = [endpoints::SIGN_IN, endpoints::SET_UP, endpoints::CHANGE_PASSWORD];
/// Networks that are remembered before quiet ones are forgotten.
const MAX_TRACKED_NETWORKS: usize = 10_000;

/// How much one client network may ask for.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Sign-in attempts: so many at once, and so many per second afterwards.
    pub sign_in: (NonZeroU32, NonZeroU32),
    /// Everything of pages under `/api`.
    pub api: (NonZeroU32, NonZeroU32),
    /// What one program asks for under `/api/v1`, and what a network asks for there without a key that works.
    pub key: (NonZeroU32, NonZeroU32),
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sign_in: SIGN_IN_RATE,
            api: API_RATE,
            key: KEY_RATE,
        }
    }
}

/// Who is counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Caller {
    Network(IpAddr),
    /// A device that signed in before: a flood from its network does not keep it from signing in again.
    Device(String),
}

/// The counters.
#[derive(Debug, Clone)]
pub struct RateLimits {
    sign_in: Arc<DefaultKeyedRateLimiter<Caller>>,
    api: Arc<DefaultKeyedRateLimiter<Caller>>,
}

impl RateLimits {
    /// Counters with these limits.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let limiter =
            |(burst, per_second)| Arc::new(RateLimiter::keyed(Quota::per_second(per_second).allow_burst(burst)));
        Self {
            sign_in: limiter(limits.sign_in),
            api: limiter(limits.api),
        }
    }

    /// How many seconds to wait; `None` when the request may pass.
    fn wait(&self, path: &str, network: IpAddr, device: Option<&Device>) -> Option<u64> {
        let (limiter, device) = if PASSWORD_PATHS.contains(&path) {
            (&self.sign_in, device)
        } else {
            (&self.api, None)
        };
        let caller = device.map_or(Caller::Network(network), |device| Caller::Device(device.id.clone()));
        if limiter.len() > MAX_TRACKED_NETWORKS {
            limiter.retain_recent();
        }
        let until = limiter.check_key(&caller).err()?;
        let wait = until.wait_time_from(DefaultClock::default().now());
        Some(wait.as_millis().div_ceil(1_000).try_into().unwrap_or(u64::MAX).max(1))
    }
}

/// Refuses what comes too fast.
pub async fn limit_rate(State(limits): State<RateLimits>, request: Request, next: Next) -> Response {
    let network = request
        .extensions()
        .get::<ClientAddress>()
        .map(|client| client.network());
    let device = request.extensions().get::<Device>();
    let wait = network.and_then(|network| limits.wait(request.uri().path(), network, device));
    let Some(seconds) = wait else {
        return next.run(request).await;
    };
    let message = format!("Too many requests at once. Try again in {seconds} s.");
    answer::error(
        &AppError::TooMany {
            retry_after_seconds: seconds,
            message,
        },
        request.headers(),
    )
}
