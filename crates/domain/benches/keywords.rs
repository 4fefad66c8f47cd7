//! The claim behind one automaton per account: matching a message against 10,000 keywords costs at most three times what 10 cost.

use std::collections::HashSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion};
use domain::ids::RuleId;
use domain::matching::{CompiledConfig, FoldedMessage};
use domain::rules::{KeywordMatcher, MatchMode, Matcher, ReplyConfig, ReplyRule, Response};
use uuid::Uuid;

const SIZES: [usize; 3] = [10, 1_000, 10_000];
const CLAIM: f64 = 3.0;
const MESSAGE: &str = "Olá! I saw your story and would love to know the opening hours on Saturday, and what the blue \
    dress costs (size M). Could you also ship it to Łódź? Merci beaucoup, à bientôt 👋🏽";

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let configs = SIZES.map(|size| (size, config(size)));
    let mut group = criterion.benchmark_group("one message");
    for (size, config) in &configs {
        group.bench_with_input(
            BenchmarkId::new("keywords", size),
            config,
            |bencher, config| {
                bencher.iter(|| match_once(config));
            },
        );
    }
    group.finish();
    criterion.final_summary();
    if std::env::args().any(|argument| argument == "--bench") {
        print_ratio(&configs);
    }
}

fn match_once(config: &CompiledConfig) -> usize {
    config
        .match_keywords(&FoldedMessage::new(black_box(MESSAGE)))
        .iter()
        .count()
}

/// Rounds alternate between the sizes, so that a busy machine is unfair to all of them alike; the quickest round counts.
fn print_ratio(configs: &[(usize, CompiledConfig)]) {
    let mut whole = vec![Duration::MAX; configs.len()];
    let mut pass = vec![Duration::MAX; configs.len()];
    let message = FoldedMessage::new(MESSAGE);
    for _ in 0..200 {
        for (position, (_, config)) in configs.iter().enumerate() {
            whole[position] = whole[position].min(timed(|| match_once(config)));
            pass[position] = pass[position].min(timed(|| {
                config.match_keywords(black_box(&message)).iter().count()
            }));
        }
    }
    let ratio = |times: &[Duration]| times[times.len() - 1].as_secs_f64() / times[0].as_secs_f64();
    for (position, (size, _)) in configs.iter().enumerate() {
        println!(
            "{size:>6} keywords: {:>8.2?} a message, {:>8.2?} of it in the automaton",
            whole[position], pass[position]
        );
    }
    println!(
        "10,000 against 10: {:.2} times a message, {:.2} times in the automaton alone",
        ratio(&whole),
        ratio(&pass)
    );
    assert!(ratio(&whole) <= CLAIM, "the claim is {CLAIM} times");
}

/// The mean of a hundred calls.
fn timed(mut call: impl FnMut() -> usize) -> Duration {
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
    let rules = words
        .chunks(50)
        .zip(1..)
        .map(|(keywords, number)| ReplyRule {
            id: RuleId::from_uuid(Uuid::from_u128(number)),
            label: format!("rule {number}"),
            matcher: Matcher::Keywords(KeywordMatcher {
                keywords: keywords.to_vec(),
                mode: MatchMode::WholeWord,
            }),
            response: Response::Canned("yes".into()),
            enabled: true,
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
        "pri", "ho", "ur", "co", "st", "ta", "ble", "men", "o", "pen", "ing", "lo", "ve", "sto",
        "ry", "si", "ze", "sh", "ip", "to",
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
