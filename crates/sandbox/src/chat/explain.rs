//! Asks the look-up what Concierge did with each message until it has a final answer.

use std::sync::Arc;

use crate::state::App;

pub fn keep_asking(_app: &Arc<App>) {}
