//! How webhooks are delivered right now: straight, or with one of the disorders Meta allows itself.

use serde::{Deserialize, Serialize};

/// The disorders; all can be on at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryMode {
    /// Every POST a second time.
    pub twice: bool,
    /// Events that wait together go out in reverse order.
    pub reorder: bool,
    /// Up to this many waiting events in one POST.
    pub batch: usize,
    /// How long a lane waits for more events when it batches or reorders.
    pub gather_ms: u64,
    /// Wait before every POST.
    pub delay_ms: u64,
    /// Keep events until they are released.
    pub hold: bool,
    /// Hand out signed requests instead of sending them.
    pub manual: bool,
}

impl Default for DeliveryMode {
    fn default() -> Self {
        Self {
            twice: false,
            reorder: false,
            batch: 1,
            gather_ms: 200,
            delay_ms: 0,
            hold: false,
            manual: false,
        }
    }
}

/// How held events are let go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Release {
    /// Newest first.
    pub reverse: bool,
    /// All in one POST.
    pub one_post: bool,
    /// Every POST a second time.
    pub twice: bool,
}
