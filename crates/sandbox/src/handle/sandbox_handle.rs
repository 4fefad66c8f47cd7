//! The handle itself.

use std::sync::Arc;

use crate::state::App;

/// Cheap to clone; all clones steer the same sandbox.
#[derive(Clone)]
pub struct SandboxHandle {
    pub(crate) app: Arc<App>,
}

impl SandboxHandle {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}
