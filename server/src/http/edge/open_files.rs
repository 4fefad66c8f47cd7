//! How many files (and so connections) the operating system lets this process open.

/// What is asked for: more than all limits of the edge need.
const WANTED: u64 = 65_536;

/// Raises the limit as far as the operating system lets us; `None` when there is none.
#[cfg(unix)]
#[must_use]
pub fn raise() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let now = getrlimit(Resource::Nofile);
    let current = now.current?;
    let reachable = now.maximum.map_or(WANTED, |most| most.min(WANTED));
    if current >= reachable {
        return Some(current);
    }
    let raised = Rlimit {
        current: Some(reachable),
        maximum: now.maximum,
    };
    match setrlimit(Resource::Nofile, raised) {
        Ok(()) => Some(reachable),
        Err(error) => {
            tracing::warn!(%error, current, "the limit of open files cannot be raised");
            Some(current)
        }
    }
}

/// Elsewhere there is no such limit.
#[cfg(not(unix))]
#[must_use]
pub fn raise() -> Option<u64> {
    None
}
