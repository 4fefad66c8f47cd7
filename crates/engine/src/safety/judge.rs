//! Asks the judge, twice per text with the parts swapped, and only a judge that knows good from bad.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::persona::CheckedText;
use domain::safety::probes::{PROBES, Probe};
use domain::safety::{
    Contradiction, Finding, JudgeQuestion, Judged, PartOrder, VERDICT_SCHEMA, VERDICT_SCHEMA_NAME, judge_instructions,
};
use domain::time::Timestamp;
use tokio::sync::Mutex;

use super::text_hash;
use crate::ai::{AiClient, AiError, AnswerFormat, ChatTurn, CompletionRequest, ModelRole, TokenUsage, TurnAuthor};
use crate::clock::SharedClock;
use crate::vault::Content;

/// A judge that failed its probes gets another chance after this: the model behind its name may have changed.
const PROBE_AGAIN: Duration = Duration::from_secs(60 * 60);
/// The longest verdict, in tokens.
const MAX_TOKENS: u32 = 1_200;

/// The model that judges. [`AiClient`] is one; tests have their own.
#[async_trait]
pub trait JudgeModel: Debug + Send + Sync {
    /// Its name, kept beside its verdicts.
    fn name(&self) -> &str;

    /// What it answers to the judge's instructions and one message.
    async fn answer(&self, system: &str, message: &str) -> Result<JudgeAnswer, JudgeError>;
}

/// One answer of the model.
pub struct JudgeAnswer {
    /// Its words.
    pub text: Content,
    /// They break off.
    pub truncated: bool,
    /// What they cost.
    pub usage: TokenUsage,
}

/// There is no verdict.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JudgeError {
    /// The provider gave no answer.
    #[error(transparent)]
    Ai(#[from] AiError),
    /// The answer does not count.
    #[error("{}", .0.sentence())]
    Contradiction(Contradiction),
    /// The model gets a text wrong whose verdict is known.
    #[error("this model cannot judge texts safely: it failed on {0}")]
    Disqualified(&'static str),
}

/// What a judge made of one probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeResult {
    /// The probe.
    pub name: &'static str,
    /// Whether it was right.
    pub passed: bool,
}

/// The judge of this process. Clones share what is known about the model.
#[derive(Debug, Clone)]
pub struct Judge {
    model: Arc<dyn JudgeModel>,
    clock: SharedClock,
    known: Arc<Mutex<Known>>,
}

#[derive(Debug)]
enum Known {
    Nothing,
    Passed,
    Failed { probe: &'static str, at: Timestamp },
}

/// A text to judge.
#[derive(Clone, Copy)]
pub(super) struct Judging<'a> {
    pub(super) kind: CheckedText,
    pub(super) text: &'a str,
    pub(super) hash: &'a [u8],
    /// The approved persona that a prompt goes with.
    pub(super) persona: Option<&'a str>,
}

/// A verdict that counts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct JudgeVerdict {
    pub(super) approved: bool,
    pub(super) findings: Vec<Finding>,
}

impl Judge {
    /// The provider's model for safety judges.
    #[must_use]
    pub fn new(client: AiClient, clock: SharedClock) -> Self {
        Self::of_model(Arc::new(client), clock)
    }

    /// Another model judges.
    #[must_use]
    pub fn of_model(model: Arc<dyn JudgeModel>, clock: SharedClock) -> Self {
        Self {
            model,
            clock,
            known: Arc::new(Mutex::new(Known::Nothing)),
        }
    }

    /// The model's name.
    #[must_use]
    pub fn model(&self) -> &str {
        self.model.name()
    }

    /// The probe that the model failed and when, if it is known not to judge safely; none while the probes run.
    #[must_use]
    pub fn failed_probe(&self) -> Option<(&'static str, Timestamp)> {
        match &*self.known.try_lock().ok()? {
            Known::Failed { probe, at } => Some((probe, *at)),
            Known::Nothing | Known::Passed => None,
        }
    }

    /// Judges every probe now, two calls each: for the doctor.
    ///
    /// # Errors
    /// [`JudgeError::Ai`]; a contradiction counts as a failed probe.
    pub async fn run_probes(&self) -> Result<Vec<ProbeResult>, JudgeError> {
        let mut known = self.known.lock().await;
        let mut results = Vec::new();
        for probe in &PROBES {
            results.push(ProbeResult {
                name: probe.name,
                passed: self.passes(probe).await?,
            });
        }
        let failed = results.iter().find(|result| !result.passed);
        *known = failed.map_or(Known::Passed, |result| Known::Failed {
            probe: result.name,
            at: self.clock.now(),
        });
        Ok(results)
    }

    /// The verdict about a text. `used` gets what each call about it cost; the probes are no tenant's.
    pub(super) async fn judge(
        &self,
        judging: Judging<'_>,
        used: &mut Vec<TokenUsage>,
    ) -> Result<JudgeVerdict, JudgeError> {
        self.qualify().await?;
        self.judge_twice(judging, used).await
    }

    /// Runs the probes unless the model is known. Checks that come meanwhile wait.
    async fn qualify(&self) -> Result<(), JudgeError> {
        let mut known = self.known.lock().await;
        match *known {
            Known::Passed => return Ok(()),
            Known::Failed { probe, at } if self.clock.now().since(at) < PROBE_AGAIN => {
                return Err(JudgeError::Disqualified(probe));
            }
            Known::Nothing | Known::Failed { .. } => {}
        }
        for probe in &PROBES {
            if !self.passes(probe).await? {
                let at = self.clock.now();
                *known = Known::Failed { probe: probe.name, at };
                tracing::error!(
                    model = self.model(),
                    probe = probe.name,
                    "this model cannot judge texts safely"
                );
                return Err(JudgeError::Disqualified(probe.name));
            }
        }
        *known = Known::Passed;
        Ok(())
    }

    async fn passes(&self, probe: &Probe) -> Result<bool, JudgeError> {
        let hash = text_hash(probe.kind, probe.text);
        let judging = Judging {
            kind: probe.kind,
            text: probe.text,
            hash: &hash,
            persona: None,
        };
        match self.judge_twice(judging, &mut Vec::new()).await {
            Ok(verdict) if verdict.approved => Ok(probe.passed(&Judged::Approved(verdict.findings))),
            Ok(verdict) => Ok(probe.passed(&Judged::Rejected(verdict.findings))),
            Err(JudgeError::Contradiction(contradiction)) => Ok(probe.passed(&Judged::Contradiction(contradiction))),
            Err(error) => Err(error),
        }
    }

    /// Both orders; they must agree.
    async fn judge_twice(&self, judging: Judging<'_>, used: &mut Vec<TokenUsage>) -> Result<JudgeVerdict, JudgeError> {
        let first = self.judge_once(judging, PartOrder::TextFirst, used).await?;
        let second = self.judge_once(judging, PartOrder::TextLast, used).await?;
        if first.approved != second.approved {
            return Err(JudgeError::Contradiction(Contradiction::RunsDisagree));
        }
        let mut findings = first.findings;
        for finding in second.findings {
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
        Ok(JudgeVerdict {
            approved: first.approved,
            findings,
        })
    }

    async fn judge_once(
        &self,
        judging: Judging<'_>,
        order: PartOrder,
        used: &mut Vec<TokenUsage>,
    ) -> Result<JudgeVerdict, JudgeError> {
        let nonce = hex::encode(rand::random::<[u8; 8]>());
        let text_sha256 = hex::encode(judging.hash);
        let question = JudgeQuestion {
            kind: judging.kind,
            text: judging.text,
            persona: judging.persona,
            text_sha256: &text_sha256,
            nonce: &nonce,
        };
        let answer = self
            .model
            .answer(&judge_instructions(), &question.message(order))
            .await?;
        used.push(answer.usage);
        if answer.truncated {
            return Err(JudgeError::Contradiction(Contradiction::Unreadable));
        }
        match question.read(answer.text.expose()) {
            Judged::Approved(findings) => Ok(JudgeVerdict {
                approved: true,
                findings,
            }),
            Judged::Rejected(findings) => Ok(JudgeVerdict {
                approved: false,
                findings,
            }),
            Judged::Contradiction(contradiction) => Err(JudgeError::Contradiction(contradiction)),
        }
    }
}

#[async_trait]
impl JudgeModel for AiClient {
    fn name(&self) -> &str {
        self.settings().model(ModelRole::Safety)
    }

    async fn answer(&self, system: &str, message: &str) -> Result<JudgeAnswer, JudgeError> {
        let schema = serde_json::from_str(VERDICT_SCHEMA).map_err(|_| AiError::BadRequest)?;
        let turns = [ChatTurn {
            author: TurnAuthor::Customer,
            text: message,
        }];
        let completion = self
            .complete(&CompletionRequest {
                role: ModelRole::Safety,
                system,
                turns: &turns,
                max_tokens: MAX_TOKENS,
                format: AnswerFormat::Json {
                    name: VERDICT_SCHEMA_NAME,
                    schema: &schema,
                },
            })
            .await?;
        Ok(JudgeAnswer {
            text: completion.text,
            truncated: completion.truncated,
            usage: completion.usage,
        })
    }
}
