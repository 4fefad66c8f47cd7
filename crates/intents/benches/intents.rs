//! The claims: a message is embedded in less than 3 ms, and compared with 200 rules of 9 phrases in less than 200 µs.

#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use intents::Encoder;
use intents::library::{Language, ready_intents};
use intents::recipe::{BACKGROUND_PHRASES, Background, Calibration, Intent, Message, confidence};

const RULES: usize = 200;
const PHRASES: usize = 9;
const EMBEDDING: Duration = Duration::from_millis(3);
const SCORING: Duration = Duration::from_micros(200);

fn main() {
    let Some(encoder) = support::encoder() else { return };
    let texts: Vec<&str> = ready_intents()
        .flat_map(|intent| intent.wording(Language::English).phrases)
        .collect();
    let background = Background::new(vectors(encoder, BACKGROUND_PHRASES));
    let phrases = vectors(encoder, &texts);
    let rules: Vec<Intent> = (0..RULES)
        .map(|rule| {
            phrases
                .iter()
                .cycle()
                .skip(rule)
                .take(PHRASES)
                .cloned()
                .collect::<Vec<_>>()
        })
        .map(|phrases| Intent::new(&background, &phrases))
        .collect();
    let embed = || black_box(encoder.embed(black_box("hey, how much is the blue one and do you ship to ireland?")));
    let vector = embed().vector;
    let score = || {
        let message = Message::new(&background, black_box(&vector));
        let sum: f64 = rules
            .iter()
            .map(|rule| confidence(&message, rule, &Calibration::EMBEDDED))
            .sum();
        black_box(sum)
    };
    let mut criterion = Criterion::default().configure_from_args();
    criterion.bench_function("embed a message", |bencher| bencher.iter(embed));
    criterion.bench_function("score 200 rules of 9 phrases", |bencher| bencher.iter(score));
    criterion.final_summary();
    if std::env::args().any(|argument| argument == "--bench") {
        hold("embedding", EMBEDDING, || {
            embed();
        });
        hold("scoring", SCORING, || {
            score();
        });
        hold("loading", Duration::from_millis(500), || {
            drop(Encoder::load(&support::model_file()))
        });
    }
}

fn vectors(encoder: &Encoder, texts: &[&str]) -> Vec<Vec<f32>> {
    texts.iter().map(|text| encoder.embed(text).vector).collect()
}

fn hold(what: &str, claim: Duration, work: impl Fn()) {
    let mut times: Vec<Duration> = (0..51)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let median = times[times.len() / 2];
    println!("{what}: {median:.2?} at the median, {claim:?} claimed");
    assert!(median <= claim, "the claim is {claim:?}");
}
