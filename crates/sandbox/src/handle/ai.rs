//! Steering the pretend AI provider.

use std::time::Duration;

use super::sandbox_handle::SandboxHandle;
use crate::ai::{ActiveAiFault, AiCall, AiFault, AiFaultSpec, AiRequest, JudgeMode};

/// The AI provider of a sandbox. Cheap to clone.
#[derive(Clone)]
pub struct AiHandle {
    sandbox: SandboxHandle,
}

impl SandboxHandle {
    /// The pretend AI provider.
    pub fn ai(&self) -> AiHandle {
        AiHandle { sandbox: self.clone() }
    }
}

impl AiHandle {
    /// Switches a fault on and returns its id.
    pub fn fault(&self, spec: impl Into<AiFaultSpec>) -> u64 {
        self.sandbox.app.change(|world| world.ai.faults.add(spec.into()))
    }

    /// What is switched on.
    pub fn faults(&self) -> Vec<ActiveAiFault> {
        self.sandbox.app.world().ai.faults.all().to_vec()
    }

    /// Switches all faults off.
    pub fn clear_faults(&self) {
        self.sandbox.app.change(|world| world.ai.faults.retain(|_| false));
    }

    /// Switches one fault off.
    pub fn clear_fault(&self, id: u64) {
        self.sandbox
            .app
            .change(|world| world.ai.faults.retain(|fault| fault.id != id));
    }

    /// Removes the faults of one kind, whatever their parameters and scope.
    pub fn clear_fault_kind(&self, kind: &AiFault) {
        self.clear_fault_named(kind.name());
    }

    pub(crate) fn clear_fault_named(&self, name: &str) {
        self.sandbox
            .app
            .change(|world| world.ai.faults.retain(|fault| fault.spec.kind.name() != name));
    }

    /// How the judge judges.
    pub fn judge(&self) -> JudgeMode {
        self.sandbox.app.world().ai.judge
    }

    /// Changes how the judge judges.
    pub fn set_judge(&self, mode: JudgeMode) {
        self.sandbox.app.change(|world| world.ai.judge = mode);
    }

    /// Whether everything that a customer asks for is done.
    pub fn obeys_customers(&self) -> bool {
        self.sandbox.app.world().ai.obeys_customers
    }

    /// Obeys customers from now on, or no longer.
    pub fn set_obeys_customers(&self, on: bool) {
        self.sandbox.app.change(|world| world.ai.obeys_customers = on);
    }

    /// The content of the next answer to a reply request, as it is: a test's own JSON, or none at all.
    pub fn answer_next(&self, content: impl Into<String>) {
        self.sandbox
            .app
            .change(|world| world.ai.next_replies.push_back(content.into()));
    }

    /// The words that `message` is answered with from now on, each time. In them `{canary}`, `{preamble}`, `{postamble}`,
    /// `{sentence}` and `{last}` stand for that of the request, `{canary|base64}` for a disguise of it.
    pub fn prepare(&self, message: &str, answer: impl Into<String>) {
        let (message, answer) = (message.trim().to_owned(), answer.into());
        self.sandbox
            .app
            .change(|world| world.ai.prepared.insert(message, answer));
    }

    /// Forgets what was prepared.
    pub fn forget_prepared(&self) {
        self.sandbox.app.change(|world| world.ai.prepared.clear());
    }

    /// Calls that were answered or cut, oldest first.
    pub fn requests(&self) -> Vec<AiRequest> {
        self.sandbox.app.world().ai.requests.iter().cloned().collect()
    }

    /// Those of one kind.
    pub fn requests_for(&self, call: AiCall) -> Vec<AiRequest> {
        let all = self.requests();
        all.into_iter().filter(|request| request.call == call).collect()
    }

    /// How many calls came in, those that are still waiting included.
    pub fn calls(&self) -> u64 {
        self.sandbox.app.world().ai.calls
    }

    /// Forgets what came in.
    pub fn forget_requests(&self) {
        self.sandbox.app.change(|world| {
            world.ai.requests = crate::ai::AiState::default().requests;
            world.ai.calls = 0;
        });
    }

    /// Waits until `count` calls have come in; `false` when they do not in time.
    pub async fn wait_for_calls(&self, count: u64, patience: Duration) -> bool {
        let mut changes = self.sandbox.app.watch();
        let enough = async {
            while self.calls() < count {
                if changes.changed().await.is_err() {
                    return;
                }
            }
        };
        tokio::time::timeout(patience, enough).await.is_ok()
    }
}
