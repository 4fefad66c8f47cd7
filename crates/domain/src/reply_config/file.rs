//! The file: readable JSON with a version, strict when read. An error names the place: `rules[2].response.canned`.

use serde::{Deserialize, Serialize};

use super::Snapshot;
use super::file_error::sentence;
use crate::limits::{FieldError, check_rule_count};
use crate::rules::{
    IntentMatcher, KeywordMatcher, MatchMode, Matcher, Response, RuleDraft, Threshold, validate_default_reply,
};

const FORMAT: &str = "concierge reply config";
const VERSION: u32 = 1;

/// What a file says, checked like anything an admin types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyConfigFile {
    /// Answers when no rule matches.
    pub default_reply: Response,
    /// In order.
    pub rules: Vec<RuleDraft>,
}

#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    format: String,
    #[serde(default)]
    version: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    format: String,
    version: u32,
    /// Whose it was; says nothing about where it goes.
    #[serde(default)]
    account: String,
    default_reply: FiledResponse,
    rules: Vec<FiledRule>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FiledRule {
    label: String,
    #[serde(default = "on")]
    enabled: bool,
    matcher: FiledMatcher,
    response: FiledResponse,
    #[serde(default)]
    leave_to_person: bool,
}

const fn on() -> bool {
    true
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FiledMatcher {
    Keywords(FiledKeywords),
    Prompt(FiledPrompt),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FiledKeywords {
    any_of: Vec<String>,
    #[serde(default)]
    mode: MatchMode,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FiledPrompt {
    description: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    examples: Vec<String>,
    #[serde(default)]
    threshold: Threshold,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FiledResponse {
    Canned(String),
    AiPrompt(String),
}

/// The file of what `snapshot` says, with line ends where a person would put them. `account` is the user name it comes from.
#[must_use]
pub fn write_file(account: &str, snapshot: &Snapshot) -> String {
    let whole = Whole {
        format: FORMAT.into(),
        version: VERSION,
        account: account.to_owned(),
        default_reply: snapshot.default_reply.clone().into(),
        rules: snapshot.rules.iter().map(|known| known.rule.clone().into()).collect(),
    };
    // Strings, numbers and enums alone: there is nothing in it that JSON cannot say.
    let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads a file.
///
/// # Errors
/// Everything that is wrong, each with its place: `file` for the file as a whole, else a path such as
/// `rules[2].matcher.keywords.any_of`.
pub fn read_file(text: &str) -> Result<ReplyConfigFile, Vec<FieldError>> {
    let text = text.trim_start_matches('\u{FEFF}');
    check_head(text).map_err(|message| vec![error("file", message)])?;
    let whole: Whole = strictly(text).map_err(|error| vec![error])?;
    checked(whole)
}

fn check_head(text: &str) -> Result<(), String> {
    let head: Head =
        serde_json::from_str(text).map_err(|error| format!("This is not a file of Concierge. {}", sentence(&error)))?;
    match (head.format.as_str(), head.version) {
        (FORMAT, VERSION) => Ok(()),
        (FORMAT, version) => Err(format!(
            "This file is of version {version}; this server reads version {VERSION}."
        )),
        _ => Err(format!(
            "This is not a reply config: its \"format\" is not \"{FORMAT}\"."
        )),
    }
}

fn strictly(text: &str) -> Result<Whole, FieldError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut reader).map_err(|found| {
        let place = match found.path().to_string() {
            // A field without a name has no path either.
            whole if whole.is_empty() || whole == "." => "file".to_owned(),
            path => path,
        };
        error(&place, sentence(found.inner()))
    })
}

fn checked(whole: Whole) -> Result<ReplyConfigFile, Vec<FieldError>> {
    let mut errors = Vec::new();
    if let Err(found) = check_rule_count(whole.rules.len()) {
        errors.push(FieldError::new("rules", &found));
    }
    let default_reply = validate_default_reply(&whole.default_reply.into());
    let default_reply = keep(default_reply, "default_reply", &mut errors);
    let rules = whole.rules.into_iter().enumerate().map(|(index, rule)| {
        let rule = RuleDraft::from(rule).validate();
        keep(rule, &format!("rules[{index}]"), &mut errors)
    });
    let rules: Option<Vec<RuleDraft>> = rules.collect::<Vec<_>>().into_iter().collect();
    match (default_reply, rules) {
        (Some(default_reply), Some(rules)) if errors.is_empty() => Ok(ReplyConfigFile { default_reply, rules }),
        _ => Err(errors),
    }
}

/// Collects the errors of one part under its path.
fn keep<T>(result: Result<T, Vec<FieldError>>, path: &str, errors: &mut Vec<FieldError>) -> Option<T> {
    let found = match result {
        Ok(value) => return Some(value),
        Err(found) => found,
    };
    errors.extend(found.into_iter().map(|found| {
        let place = match (path, found.field.as_str()) {
            ("default_reply", "prompt") => "ai_prompt",
            ("default_reply", field) => field,
            (_, "keywords") => "matcher.keywords.any_of",
            (_, "description") => "matcher.prompt.description",
            (_, "threshold") => "matcher.prompt.threshold",
            (_, "canned") => "response.canned",
            (_, "prompt") => "response.ai_prompt",
            (_, field) => field,
        };
        error(&format!("{path}.{place}"), found.message)
    }));
    None
}

fn error(place: &str, message: String) -> FieldError {
    FieldError {
        field: place.to_owned(),
        message,
    }
}

impl From<RuleDraft> for FiledRule {
    fn from(rule: RuleDraft) -> Self {
        Self {
            label: rule.label,
            enabled: rule.enabled,
            matcher: match rule.matcher {
                Matcher::Keywords(KeywordMatcher { keywords, mode }) => {
                    FiledMatcher::Keywords(FiledKeywords { any_of: keywords, mode })
                }
                Matcher::Prompt(IntentMatcher {
                    description,
                    examples,
                    threshold,
                }) => FiledMatcher::Prompt(FiledPrompt {
                    description,
                    examples,
                    threshold,
                }),
            },
            response: rule.response.into(),
            leave_to_person: rule.leave_to_person,
        }
    }
}

impl From<FiledRule> for RuleDraft {
    fn from(rule: FiledRule) -> Self {
        Self {
            label: rule.label,
            matcher: match rule.matcher {
                FiledMatcher::Keywords(FiledKeywords { any_of, mode }) => {
                    Matcher::Keywords(KeywordMatcher { keywords: any_of, mode })
                }
                FiledMatcher::Prompt(FiledPrompt {
                    description,
                    examples,
                    threshold,
                }) => Matcher::Prompt(IntentMatcher {
                    description,
                    examples,
                    threshold,
                }),
            },
            response: rule.response.into(),
            enabled: rule.enabled,
            leave_to_person: rule.leave_to_person,
        }
    }
}

impl From<Response> for FiledResponse {
    fn from(response: Response) -> Self {
        match response {
            Response::Canned(text) => Self::Canned(text),
            Response::AiPrompt(text) => Self::AiPrompt(text),
        }
    }
}

impl From<FiledResponse> for Response {
    fn from(response: FiledResponse) -> Self {
        match response {
            FiledResponse::Canned(text) => Self::Canned(text),
            FiledResponse::AiPrompt(text) => Self::AiPrompt(text),
        }
    }
}
