//! How much one key may ask for, told with every answer in the fields of draft-ietf-httpapi-ratelimit-headers; callers without a key are
//! counted by their network, and so is a key until it has proven itself.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use domain::ids::ApiKeyId;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::problem::Problem;

/// Callers that are remembered before quiet ones are forgotten.
const MAX_TRACKED_CALLERS: usize = 10_000;
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Who is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counted {
    /// A program.
    Key(ApiKeyId),
    /// Everybody there who sent no key that is known to work.
    Network(IpAddr),
}

type Limiter = RateLimiter<Counted, DefaultKeyedStateStore<Counted>, DefaultClock, StateInformationMiddleware>;

/// The counters.
#[derive(Debug, Clone)]
pub struct KeyRates {
    limiter: Arc<Limiter>,
    burst: NonZeroU32,
    per_second: NonZeroU32,
}

/// What is left.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    quota: u32,
    remaining: u32,
    window: u64,
    reset: u64,
}

impl KeyRates {
    /// So many at once, and so many per second afterwards.
    #[must_use]
    pub fn new((burst, per_second): (NonZeroU32, NonZeroU32)) -> Self {
        let quota = Quota::per_second(per_second).allow_burst(burst);
        Self {
            limiter: Arc::new(RateLimiter::keyed(quota).with_middleware::<StateInformationMiddleware>()),
            burst,
            per_second,
        }
    }

    /// Counts one request.
    ///
    /// # Errors
    /// The problem, and what is left, when there were too many.
    pub fn count(&self, caller: Counted) -> Result<Rate, (Box<Problem>, Rate)> {
        if self.limiter.len() > MAX_TRACKED_CALLERS {
            self.limiter.retain_recent();
        }
        match self.limiter.check_key(&caller) {
            Ok(state) => Ok(self.rate(state.remaining_burst_capacity())),
            Err(until) => {
                let wait = until.wait_time_from(DefaultClock::default().now());
                let seconds = u64::try_from(wait.as_millis().div_ceil(1_000))
                    .unwrap_or(u64::MAX)
                    .max(1);
                let sentence = format!("Too many requests at once. Try again in {seconds} s.");
                Err((Box::new(Problem::too_many(seconds, sentence)), self.rate(0)))
            }
        }
    }

    fn rate(&self, remaining: u32) -> Rate {
        let (quota, per_second) = (self.burst.get(), self.per_second.get());
        Rate {
            quota,
            remaining,
            window: u64::from(quota.div_ceil(per_second)),
            reset: u64::from(quota.saturating_sub(remaining).div_ceil(per_second)),
        }
    }
}

impl Rate {
    /// Tells it.
    pub fn add(self, headers: &mut HeaderMap) {
        let policy = format!("\"requests\";q={};w={}", self.quota, self.window);
        let left = format!("\"requests\";r={};t={}", self.remaining, self.reset);
        for (name, value) in [(RATE_LIMIT_POLICY, policy), (RATE_LIMIT, left)] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
    }
}
