//! What an admin would want to know about a list of rules before customers find out: rules that can never answer, keywords that
//! answer too much, replies that cannot be sent.
//!
//! Computed by the server for the page and by the browser while somebody types; nothing here stops a save.

mod contexts;
mod reach;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::decide::{AiFacts, IntentModel};
use crate::disclosure;
use crate::ids::RuleId;
use crate::limits::{MAX_CANNED_BYTES, grouped};
use crate::matching::{fold, needs_no_edge};
use crate::rules::{MatchMode, Matcher, ReplyConfig, ReplyRule, Response, RulePlace};
use reach::Reach;

/// Keywords with fewer letters sit inside too many other words.
const SHORT: usize = 3;

/// Something to look at. It belongs to one rule, or to the default reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
pub enum Warning {
    /// Whatever holds one of its keywords is answered by these rules first, in their order. Prompt rules do not count.
    NeverReached {
        /// Moving it above the first of them helps.
        by: Vec<RulePlace>,
    },
    /// Whatever holds this keyword is answered by these rules first; the rule has other keywords that reach it.
    KeywordCaught {
        /// As the admin spelled it.
        keyword: String,
        /// Moving the rule above the first of them helps.
        by: Vec<RulePlace>,
    },
    /// An earlier rule has the same keyword, but does not catch everything that holds it.
    KeywordTwice {
        /// As the admin spelled it here.
        keyword: String,
        /// The earlier rule.
        other: RulePlace,
    },
    /// In the mode *contains*, so short a keyword sits inside other words.
    ShortKeyword {
        /// As the admin spelled it.
        keyword: String,
        /// How many letters it has.
        letters: u32,
    },
    /// Longer than Instagram takes, the disclosure line included.
    ReplyTooLong {
        /// Bytes of the reply with the line.
        bytes: usize,
        /// Bytes that the line takes of them.
        disclosure: usize,
    },
    /// A Prompt rule, and the intent model is missing: the rule is passed over.
    IntentModelMissing,
    /// A Prompt rule, and intents are switched off: the rule is passed over.
    IntentsOff,
    /// An AI reply, and AI is off.
    ReplyNeedsAi,
    /// An AI reply, and there is no approved persona.
    PersonaNotApproved,
}

impl Warning {
    /// The sentence beside the rule.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::NeverReached { by } => {
                format!("{}, so this rule never answers.", already(by, "all its keywords"))
            }
            Self::KeywordCaught { keyword, by } => format!("{}.", already(by, &format!("“{keyword}”"))),
            Self::KeywordTwice { keyword, other } => {
                format!("Rule {}, {}, has “{keyword}” too.", other.position, other.label)
            }
            Self::ShortKeyword { keyword, letters } => {
                let word = if *letters == 1 { "letter" } else { "letters" };
                format!("“{keyword}” has {letters} {word} and also sits inside other words.")
            }
            Self::ReplyTooLong { bytes, disclosure } => {
                let line = match disclosure {
                    0 => "",
                    _ => " with the line that says it is automated",
                };
                let (bytes, limit) = (grouped(*bytes), grouped(MAX_CANNED_BYTES));
                format!("This reply is {bytes} of {limit} bytes{line}. Instagram would refuse it.")
            }
            Self::IntentModelMissing => {
                "The intent model is missing on this server, so this rule is passed over. Your operator finds in docs/ai.md how to get it.".into()
            }
            Self::IntentsOff => "Intents are switched off on this server, so this rule is passed over.".into(),
            Self::ReplyNeedsAi => "This reply needs AI, and AI is off. Nothing is sent.".into(),
            Self::PersonaNotApproved => "The persona is not approved yet. Until then nothing is sent.".into(),
        }
    }

    /// The keyword it is about, if it is about one.
    #[must_use]
    pub fn keyword(&self) -> Option<&str> {
        match self {
            Self::KeywordCaught { keyword, .. }
            | Self::KeywordTwice { keyword, .. }
            | Self::ShortKeyword { keyword, .. } => Some(keyword),
            _ => None,
        }
    }

    /// It is about what is replied, not about when.
    #[must_use]
    pub const fn is_about_reply(&self) -> bool {
        matches!(
            self,
            Self::ReplyTooLong { .. } | Self::ReplyNeedsAi | Self::PersonaNotApproved
        )
    }

    /// The rule above which moving this one makes the warning go away.
    #[must_use]
    pub fn move_above(&self) -> Option<&RulePlace> {
        match self {
            Self::NeverReached { by } | Self::KeywordCaught { by, .. } => by.first(),
            _ => None,
        }
    }
}

/// "Rule 2, Prices, already catches …" or "Rules 2 and 5 already catch …".
fn already(by: &[RulePlace], what: &str) -> String {
    match by {
        [one] => format!("Rule {}, {}, already catches {what}", one.position, one.label),
        many => {
            let numbers: Vec<String> = many.iter().map(|place| place.position.to_string()).collect();
            let (last, rest) = numbers
                .split_last()
                .map_or(("", &[][..]), |(last, rest)| (last.as_str(), rest));
            format!("Rules {} and {last} already catch {what}", rest.join(", "))
        }
    }
}

/// What the warnings depend on besides the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarningFacts {
    /// What the AI may do.
    pub ai: AiFacts,
    /// What reads messages for Prompt rules.
    pub intents: IntentModel,
    /// The tenant's disclosure line.
    pub disclosure: Option<String>,
}

/// All warnings of a reply config.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warnings {
    /// By rule; rules without one are left out.
    pub rules: BTreeMap<RuleId, Vec<Warning>>,
    /// Of the default reply.
    pub default_reply: Vec<Warning>,
}

impl Warnings {
    /// Those of one rule.
    #[must_use]
    pub fn of(&self, rule: RuleId) -> &[Warning] {
        self.rules.get(&rule).map_or(&[], Vec::as_slice)
    }
}

/// Looks for everything. Rules that are off get no warnings and catch nothing.
#[must_use]
pub fn warnings(config: &ReplyConfig, facts: &WarningFacts) -> Warnings {
    let reach = Reach::new(config);
    let mut earlier: HashMap<String, usize> = HashMap::new();
    let mut rules = BTreeMap::new();
    for (position, rule) in config.rules.iter().enumerate().filter(|(_, rule)| rule.enabled) {
        let mut found = of_keywords(config, &reach, &mut earlier, position, rule);
        if matches!(rule.matcher, Matcher::Prompt(_)) {
            found.extend(of_intent_model(facts.intents));
        }
        found.extend(of_response(&rule.response, facts));
        if !found.is_empty() {
            rules.insert(rule.id, found);
        }
    }
    Warnings {
        rules,
        default_reply: of_response(&config.default_reply, facts),
    }
}

fn of_keywords(
    config: &ReplyConfig,
    reach: &Reach<'_>,
    earlier: &mut HashMap<String, usize>,
    position: usize,
    rule: &ReplyRule,
) -> Vec<Warning> {
    let Matcher::Keywords(matcher) = &rule.matcher else {
        return Vec::new();
    };
    let places = |positions: &[usize]| positions.iter().filter_map(|at| config.place(*at)).collect();
    let mut found = Vec::new();
    let mut catchers = Vec::new();
    let folded: Vec<(&String, String)> = matcher
        .keywords
        .iter()
        .map(|keyword| (keyword, fold(keyword)))
        .collect();
    // A keyword of invisible characters matches nothing, and no draft with one is saved.
    let mut reached = folded.iter().all(|(_, folded)| folded.is_empty());
    for (keyword, folded) in folded.into_iter().filter(|(_, folded)| !folded.is_empty()) {
        let other = *earlier.entry(folded).or_insert(position);
        match reach.caught(position, keyword, matcher.mode) {
            Some(by) => {
                found.push(Warning::KeywordCaught {
                    keyword: keyword.clone(),
                    by: places(&by),
                });
                catchers.extend(by);
            }
            None => {
                reached = true;
                if let Some(other) = (other != position).then(|| config.place(other)).flatten() {
                    found.push(Warning::KeywordTwice {
                        keyword: keyword.clone(),
                        other,
                    });
                }
            }
        }
    }
    if !reached {
        catchers.sort_unstable();
        catchers.dedup();
        found = vec![Warning::NeverReached { by: places(&catchers) }];
    }
    if matcher.mode == MatchMode::Contains {
        found.extend(matcher.keywords.iter().filter_map(|keyword| short(keyword)));
    }
    found
}

/// Scripts without spaces, Korean and emoji say much with one sign and are found as parts of longer text in every mode.
fn short(keyword: &str) -> Option<Warning> {
    let folded = fold(keyword);
    let letters = folded.graphemes(true).count();
    let inside_words = folded
        .chars()
        .all(|letter| letter.is_alphanumeric() && !needs_no_edge(letter));
    (letters < SHORT && inside_words && !folded.is_empty()).then(|| Warning::ShortKeyword {
        keyword: keyword.to_owned(),
        letters: u32::try_from(letters).unwrap_or(u32::MAX),
    })
}

const fn of_intent_model(model: IntentModel) -> Option<Warning> {
    match model {
        IntentModel::Ready => None,
        IntentModel::Missing => Some(Warning::IntentModelMissing),
        IntentModel::Off => Some(Warning::IntentsOff),
    }
}

fn of_response(response: &Response, facts: &WarningFacts) -> Vec<Warning> {
    match response {
        Response::Canned(text) => {
            let disclosure = disclosure::bytes_added(facts.disclosure.as_deref());
            let bytes = text.len() + disclosure;
            let too_long = (bytes > MAX_CANNED_BYTES).then_some(Warning::ReplyTooLong { bytes, disclosure });
            too_long.into_iter().collect()
        }
        Response::AiPrompt(_) if !facts.ai.available => vec![Warning::ReplyNeedsAi],
        Response::AiPrompt(_) if !facts.ai.persona_approved => vec![Warning::PersonaNotApproved],
        Response::AiPrompt(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
