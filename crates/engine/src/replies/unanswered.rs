//! When a reply counts as one that waits because the platform does not answer: pages tell of it.

use std::time::Duration;

use domain::reasons::WaitReason;

/// Shorter waits are the usual ones, such as for an echo.
pub const WORTH_TELLING: Duration = Duration::from_secs(45);

/// What a reply waits for while the platform does not answer.
pub const UNANSWERED: [WaitReason; 2] = [WaitReason::Retrying, WaitReason::Confirming];
