//! A rule as programs see and send it.

use domain::ids::RuleId;
use domain::limits::{
    DEFAULT_THRESHOLD, MAX_DESCRIPTION_CHARS, MAX_INTENT_EXAMPLE_CHARS, MAX_INTENT_EXAMPLES, MAX_KEYWORD_CHARS,
    MAX_KEYWORDS, MAX_LABEL_CHARS, MAX_PROMPT_CHARS, MAX_RULES, MAX_THRESHOLD, MIN_THRESHOLD,
};
use domain::rules::{IntentMatcher, KeywordMatcher, MatchMode, Response, RuleDraft, RulePlace, Threshold};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// How a keyword must sit in the message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeywordMode {
    /// Between word edges.
    #[default]
    WholeWord,
    /// Anywhere.
    Contains,
    /// The keyword is the whole message.
    Exact,
    /// The message begins with it.
    StartsWith,
}

/// What a rule listens for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Matcher {
    /// Any of these words.
    Keywords {
        /// As they are typed; compared without regard to case and accents.
        #[schema(min_items = 1, max_items = 50)]
        keywords: Vec<String>,
        /// How a keyword must sit in the message.
        #[serde(default)]
        mode: KeywordMode,
    },
    /// What the customer means.
    Prompt {
        /// What the customer wants, in your words.
        #[schema(min_length = 1, max_length = 300)]
        description: String,
        /// How customers say it.
        #[serde(default)]
        #[schema(max_items = 8)]
        examples: Vec<String>,
        /// How close the message must come.
        #[serde(default = "usual_threshold")]
        #[schema(minimum = 0.5, maximum = 0.95, default = 0.72)]
        threshold: f64,
    },
}

// The numbers of the schema are literals; these make them the domain's.
const _: () = assert!(
    MAX_KEYWORDS == 50
        && MAX_KEYWORD_CHARS == 80
        && MAX_DESCRIPTION_CHARS == 300
        && MAX_INTENT_EXAMPLES == 8
        && MAX_INTENT_EXAMPLE_CHARS == 200
        && MAX_LABEL_CHARS == 80
        && MAX_PROMPT_CHARS == 2_000
        && MAX_RULES == 200
        && MIN_THRESHOLD == 0.5
        && MAX_THRESHOLD == 0.95
        && DEFAULT_THRESHOLD == 0.72
);

const fn usual_threshold() -> f64 {
    DEFAULT_THRESHOLD
}

/// Who writes a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReplyKind {
    /// The text is sent as it is.
    Canned,
    /// The AI writes, guided by the text and the persona.
    AiPrompt,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// Who writes it.
    pub kind: ReplyKind,
    /// The canned text, at most 1,000 bytes, or the AI prompt, at most 2,000 characters.
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
}

/// A new rule.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRule {
    /// Its name.
    #[schema(min_length = 1, max_length = 80)]
    pub label: String,
    /// What it listens for.
    pub matcher: Matcher,
    /// What it answers.
    pub response: Reply,
    /// Whether it takes part.
    #[serde(default = "yes")]
    #[schema(default = true)]
    pub enabled: bool,
    /// After its reply the conversation is left to a person.
    #[serde(default)]
    #[schema(default = false)]
    pub leave_to_person: bool,
    /// Where it goes, 1 is first; the end when it is left out.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 200, nullable = false)]
    pub position: Option<u32>,
}

const fn yes() -> bool {
    true
}

/// Everything that a rule says, in place of what it said before. Its switch and its place stay.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// Its name.
    #[schema(min_length = 1, max_length = 80)]
    pub label: String,
    /// What it listens for.
    pub matcher: Matcher,
    /// What it answers.
    pub response: Reply,
    /// After its reply the conversation is left to a person.
    #[serde(default)]
    #[schema(default = false)]
    pub leave_to_person: bool,
}

/// A rule in its place.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Rule {
    /// Stable across moves and edits.
    pub id: Uuid,
    /// 1 is first: the first rule that matches answers.
    pub position: u32,
    /// Its name.
    pub label: String,
    /// What it listens for.
    pub matcher: Matcher,
    /// What it answers.
    pub response: Reply,
    /// Whether it takes part.
    pub enabled: bool,
    /// After its reply the conversation is left to a person.
    pub leave_to_person: bool,
    /// Grows with every change of its text; also its `ETag`.
    pub version: i64,
}

/// Which rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RuleReference {
    /// Its id.
    pub id: Uuid,
    /// Its place, 1 is first.
    pub position: u32,
    /// Its name.
    pub label: String,
}

impl From<RulePlace> for RuleReference {
    fn from(place: RulePlace) -> Self {
        Self {
            id: place.rule.as_uuid(),
            position: place.position,
            label: place.label,
        }
    }
}

impl Rule {
    /// The rule at a position.
    #[must_use]
    pub fn at(position: u32, rule: domain::rules::ReplyRule) -> Self {
        Self {
            id: rule.id.as_uuid(),
            position,
            label: rule.label,
            matcher: rule.matcher.into(),
            response: rule.response.into(),
            enabled: rule.enabled,
            leave_to_person: rule.leave_to_person,
            version: rule.version,
        }
    }

    /// Whether it is that one.
    #[must_use]
    pub fn is(&self, rule: RuleId) -> bool {
        self.id == rule.as_uuid()
    }
}

impl NewRule {
    /// As the engine takes it.
    #[must_use]
    pub fn draft(self) -> RuleDraft {
        RuleDraft {
            label: self.label,
            matcher: self.matcher.into(),
            response: self.response.into(),
            enabled: self.enabled,
            leave_to_person: self.leave_to_person,
        }
    }
}

impl RuleText {
    /// As the engine takes it.
    #[must_use]
    pub fn draft(self) -> RuleDraft {
        RuleDraft {
            label: self.label,
            matcher: self.matcher.into(),
            response: self.response.into(),
            enabled: true,
            leave_to_person: self.leave_to_person,
        }
    }
}

/// Where a rule's body has the field that the engine names.
#[must_use]
pub fn place_in_rule(field: &str) -> String {
    match field {
        "keywords" | "description" | "examples" | "threshold" => format!("matcher.{field}"),
        "canned" | "prompt" => "response.text".to_owned(),
        other => other.to_owned(),
    }
}

/// Where a reply's body has it.
#[must_use]
pub fn place_in_reply(field: &str) -> String {
    match field {
        "canned" | "prompt" => "text".to_owned(),
        other => other.to_owned(),
    }
}

impl From<domain::rules::Matcher> for Matcher {
    fn from(matcher: domain::rules::Matcher) -> Self {
        match matcher {
            domain::rules::Matcher::Keywords(KeywordMatcher { keywords, mode }) => Self::Keywords {
                keywords,
                mode: mode.into(),
            },
            domain::rules::Matcher::Prompt(IntentMatcher {
                description,
                examples,
                threshold,
            }) => Self::Prompt {
                description,
                examples,
                threshold: threshold.value(),
            },
        }
    }
}

impl From<Matcher> for domain::rules::Matcher {
    fn from(matcher: Matcher) -> Self {
        match matcher {
            Matcher::Keywords { keywords, mode } => Self::Keywords(KeywordMatcher {
                keywords,
                mode: mode.into(),
            }),
            Matcher::Prompt {
                description,
                examples,
                threshold,
            } => Self::Prompt(IntentMatcher {
                description,
                examples,
                threshold: Threshold::new(threshold),
            }),
        }
    }
}

impl From<MatchMode> for KeywordMode {
    fn from(mode: MatchMode) -> Self {
        match mode {
            MatchMode::WholeWord => Self::WholeWord,
            MatchMode::Contains => Self::Contains,
            MatchMode::Exact => Self::Exact,
            MatchMode::StartsWith => Self::StartsWith,
        }
    }
}

impl From<KeywordMode> for MatchMode {
    fn from(mode: KeywordMode) -> Self {
        match mode {
            KeywordMode::WholeWord => Self::WholeWord,
            KeywordMode::Contains => Self::Contains,
            KeywordMode::Exact => Self::Exact,
            KeywordMode::StartsWith => Self::StartsWith,
        }
    }
}

impl From<Response> for Reply {
    fn from(response: Response) -> Self {
        let kind = match &response {
            Response::Canned(_) => ReplyKind::Canned,
            Response::AiPrompt(_) => ReplyKind::AiPrompt,
        };
        let (Response::Canned(text) | Response::AiPrompt(text)) = response;
        Self { kind, text }
    }
}

impl From<Reply> for Response {
    fn from(reply: Reply) -> Self {
        match reply.kind {
            ReplyKind::Canned => Self::Canned(reply.text),
            ReplyKind::AiPrompt => Self::AiPrompt(reply.text),
        }
    }
}
