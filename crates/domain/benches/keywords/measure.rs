//! What both benchmarks measure: one message against configs of 10, 1,000 and 10,000 keywords.

use std::collections::HashSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use domain::ids::RuleId;
use domain::matching::{CompiledConfig, FoldedMessage};
use domain::rules::{KeywordMatcher, MatchMode, Matcher, ReplyConfig, ReplyRule, Response};
use uuid::Uuid;

pub const SIZES: [usize; 3] = [10, 1_000, 10_000];
/// Matching against the most keywords takes at most so many times what the fewest take.
pub const CLAIM: f64 = 3.0;
const MESSAGE: &str = "Olá! I saw your story and would love to know the opening hours on Saturday, and what the blue \
    dress costs (size M). Could you also ship it to Łódź? Merci beaucoup, à bientôt 👋🏽";

pub type Sized = (usize, CompiledConfig);

/// The quickest round of one size.
#[derive(Debug, Clone, Copy)]
pub struct Quickest {
    pub size: usize,
    /// A message from text to matches.
    pub whole: Duration,
    /// The automaton's part of it.
    pub pass: Duration,
}

pub fn configs() -> [Sized; 3] {
    SIZES.map(|size| (size, config(size)))
}

pub fn match_once(config: &CompiledConfig) -> usize {
    config
        .match_keywords(&FoldedMessage::new(black_box(MESSAGE)))
        .iter()
        .count()
}

/// Rounds alternate between the sizes, so that a busy machine is unfair to all of them alike; the quickest round counts.
pub fn quickest(configs: &[Sized]) -> Vec<Quickest> {
    let start = |(size, _): &Sized| Quickest {
        size: *size,
        whole: Duration::MAX,
        pass: Duration::MAX,
    };
    let mut found: Vec<Quickest> = configs.iter().map(start).collect();
    let message = FoldedMessage::new(MESSAGE);
    for _ in 0..200 {
        for (best, (_, config)) in found.iter_mut().zip(configs) {
            best.whole = best.whole.min(timed(|| match_once(config)));
            best.pass = best
                .pass
                .min(timed(|| config.match_keywords(black_box(&message)).iter().count()));
        }
    }
    found
}

/// How many times the last takes what the first takes.
pub fn ratio(found: &[Quickest], of: impl Fn(&Quickest) -> Duration) -> f64 {
    of(&found[found.len() - 1]).as_secs_f64() / of(&found[0]).as_secs_f64()
}

/// The mean of a hundred calls.
pub fn timed(mut call: impl FnMut() -> usize) -> Duration {
    let start = Instant::now();
    for _ in 0..100 {
        black_box(call());
    }
    start.elapsed() / 100
}

/// `size` keywords, fifty to a rule, some of which the message holds.
fn config(size: usize) -> CompiledConfig {
    let mut seen = HashSet::new();
    let words: Vec<String> = (0..)
        .map(word)
        .filter(|word| seen.insert(word.clone()))
        .take(size)
        .collect();
    let rules = words.chunks(50).zip(1..).map(|(keywords, number)| ReplyRule {
        id: RuleId::from_uuid(Uuid::from_u128(number)),
        label: format!("rule {number}"),
        matcher: Matcher::Keywords(KeywordMatcher {
            keywords: keywords.to_vec(),
            mode: MatchMode::WholeWord,
        }),
        response: Response::Canned("yes".into()),
        enabled: true,
        leave_to_person: false,
        version: 1,
    });
    CompiledConfig::compile(&ReplyConfig {
        revision: 1,
        list_version: 1,
        default_reply: Response::Canned("hello".into()),
        default_version: 1,
        rules: rules.collect(),
    })
}

/// Words of two to four syllables, a few of them real; many share their beginnings with words of the message.
fn word(number: usize) -> String {
    const REAL: [&str; 5] = ["hours", "costs", "ship", "dress", "saturday"];
    const SYLLABLES: [&str; 20] = [
        "pri", "ho", "ur", "co", "st", "ta", "ble", "men", "o", "pen", "ing", "lo", "ve", "sto", "ry", "si", "ze",
        "sh", "ip", "to",
    ];
    if number.is_multiple_of(10) && number / 10 < REAL.len() {
        return REAL[number / 10].to_owned();
    }
    let mut rest = number + 20;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(SYLLABLES[rest % 20]);
        rest /= 20;
    }
    word
}
