//! What goes wrong at Meta while the servers die.

use rand::RngExt;
use rand::rngs::StdRng;
use sandbox::{Edge, FaultKind, FaultSpec, SandboxHandle};

/// Puts one new fault up for a few calls, now or in the middle of a burst of that size. Waits stay far below the delays of the look-ups: as at Meta, a send is
/// accepted within the time we give it or not at all.
pub fn schedule_fault(rng: &mut StdRng, meta: &SandboxHandle, burst: usize) {
    let burst = u32::try_from(burst).expect("a small number");
    let times = rng.random_range(1..=(burst / 8).max(3));
    let later = if rng.random_bool(0.5) {
        rng.random_range(0..=burst / 2)
    } else {
        0
    };
    let ms = rng.random_range(20..=250);
    let on_send = |kind| FaultSpec::from(kind).edge(Edge::Send);
    let spec = match rng.random_range(0..9) {
        0 | 1 => on_send(FaultKind::CutAfter),
        2 => on_send(FaultKind::CutBefore),
        3 => on_send(FaultKind::ServerError { http_status: 503 }),
        4 => on_send(FaultKind::ServerError { http_status: 500 }).accepted(),
        5 => on_send(FaultKind::ServiceUnavailable),
        6 => FaultSpec::from(FaultKind::Slow { ms, before: true }).edge(Edge::All),
        7 => FaultSpec::from(FaultKind::Slow { ms, before: false }).edge(Edge::Send),
        _ => FaultSpec::from(FaultKind::ServerError { http_status: 502 }).edge(Edge::Conversations),
    };
    meta.fault(spec.times(times).after(later));
}
