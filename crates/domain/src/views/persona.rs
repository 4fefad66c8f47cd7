//! The persona page: what is written, how far its check is, what answers now, and every version.

use serde::{Deserialize, Serialize};

use super::{Moment, Tone};
use crate::ids::RuleId;
use crate::persona::envelope::PromptPart;
use crate::persona::{PersonaContent, PersonaDiff, ReplyAction, SafetyStatus};
use crate::safety::Severity;

/// The persona page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaPage {
    /// Opens the page.
    pub status: PersonaStatus,
    /// Whether an AI provider is set up on this server.
    pub ai_available: bool,
    /// What is written now; the default before the first save.
    pub content: PersonaContent,
    /// Number of the newest version, 0 before the first save; goes back with a save.
    pub version: i64,
    /// The version that answers; none before the first approval.
    pub in_use: Option<VersionInUse>,
    /// What the AI reads, word for word: fixed, persona, fixed. The persona is the newest version's.
    pub parts: Vec<PromptPart>,
    /// What the check of the newest version found, what blocks first.
    pub findings: Vec<FindingLine>,
    /// The newest first, at most 50.
    pub versions: Vec<PersonaVersion>,
    /// Whether `check_again` does something: the newest text is unchecked, or was never checked.
    pub can_check_again: bool,
}

/// The banner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaStatus {
    /// How far the check of the newest version is.
    pub status: SafetyStatus,
    /// The colour.
    pub tone: Tone,
    /// `Pending: the new text is being checked`.
    pub title: String,
    /// What it means, what answers meanwhile, and what to do.
    pub text: String,
    /// When the check began or ended.
    pub since: Option<Moment>,
    /// When an unchecked text is tried again.
    pub next_try: Option<Moment>,
}

/// The version that answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionInUse {
    /// Its number.
    pub version: i64,
    /// When it was saved.
    pub saved: Moment,
    /// When it was approved.
    pub approved: Option<Moment>,
}

/// One version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaVersion {
    /// Its number; 1 is the first.
    pub version: i64,
    /// When it was saved.
    pub saved: Moment,
    /// Who saved it, if a person did.
    pub by: Option<String>,
    /// How far its check is.
    pub status: SafetyStatus,
    /// It answers now.
    pub in_use: bool,
    /// `first version`, `adds “80 guests”`, `version 3 again`.
    pub summary: String,
    /// The version that was restored by it.
    pub restored_from: Option<i64>,
    /// Why an operator approved it against the check, if one did.
    pub override_note: Option<String>,
}

/// One thing the check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingLine {
    /// How much it weighs.
    pub severity: Severity,
    /// `The persona asks for passwords, codes or card numbers.`
    pub sentence: String,
    /// The words that were found; empty when nothing can be shown. They stand in the text, line ends aside.
    pub quote: String,
    /// What an honest owner can do.
    pub next_step: String,
}

/// Two versions side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaComparison {
    /// The older one.
    pub before: PersonaVersion,
    /// The newer one.
    pub after: PersonaVersion,
    /// What differs.
    pub diff: PersonaDiff,
}

/// Somebody saved another version meanwhile. Both texts are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaConflict {
    /// What is saved now.
    pub theirs: PersonaContent,
    /// Its number; sent with "Save mine instead".
    pub version: i64,
    /// What was about to be saved.
    pub mine: PersonaContent,
    /// Who saved theirs, if a person did.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Moment,
}

/// What became of a save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonaSaved {
    /// Number of the newest version.
    pub version: i64,
    /// Whether it is new: saving what is saved already is no change.
    pub is_new: bool,
    /// How far its check is.
    pub status: SafetyStatus,
}

/// How far the check of a rule's or default reply's AI prompt is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptCheck {
    /// Whose prompt; none for the default reply.
    pub rule: Option<RuleId>,
    /// How far its check is.
    pub status: SafetyStatus,
    /// The earlier approved prompt that answers meanwhile.
    pub earlier: Option<String>,
    /// `Pending: the prompt is being checked. Until it is approved, the last approved prompt answers.`
    pub sentence: String,
    /// What the check found, what blocks first.
    pub findings: Vec<FindingLine>,
}

/// An answer of the AI to a message that an admin typed. Nothing is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryAnswer {
    /// What the AI wrote; none when it gave nothing to read.
    pub reply: Option<String>,
    /// What would hold it back, as a sentence that names it where the check can.
    pub held_by: Option<String>,
    /// What to do about that.
    pub next_step: Option<String>,
    /// Every check in its order.
    pub checks: Vec<AnswerCheckLine>,
    /// What a sent reply would cost.
    pub cost_credits: u32,
    /// Tokens of this call, read and written.
    pub tokens: u32,
    /// What the AI wants done besides.
    pub action: ReplyAction,
}

/// One check of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerCheckLine {
    /// `No made-up numbers`.
    pub name: String,
    /// Whether the answer passed it; none when it was not reached.
    pub passed: Option<bool>,
}
