//! The call to the platform and the second commit: what came of it.

use domain::reasons::WaitReason;

use super::confirm::unknown_outcome;
use super::context::PipelineContext;
use super::error::WorkError;
use super::outcome::{back_to_composed, try_again};
use super::outgoing::Outgoing;
use super::refused::refused;
use crate::channels::refusal::SendError;

pub(super) async fn send_reply(context: &PipelineContext, outgoing: Outgoing) -> Result<(), WorkError> {
    if outgoing.claimed_at.elapsed() > context.timings.longest_preparation() {
        // Too late to call safely: another worker could take over while the call is on its way.
        let now = context.clock.now();
        return back_to_composed(context, outgoing.reply, WaitReason::Retrying, now).await;
    }
    let sent = context
        .channel
        .send(&outgoing.sender, &outgoing.customer, &outgoing.text)
        .await;
    match sent {
        Ok(mid) => {
            tracing::debug!(platform.message_id = mid, "the reply is sent");
            context.settler.sent(&outgoing.reply, mid).await
        }
        Err(SendError::NotSent) => try_again(context, outgoing.reply).await,
        Err(SendError::Unknown) => unknown_outcome(context, outgoing.reply, false).await,
        Err(SendError::Refused(refusal)) => refused(context, outgoing, refusal).await,
    }
}
