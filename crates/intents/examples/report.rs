//! How well intents are found, language by language: `cargo run --release -p intents --example report [SET]`.
//!
//! Rules are the ready-made intents in the language of the message. `docs/intents.md` shows the tables of the held-out set.

#[path = "../tests/support/mod.rs"]
mod support;

use std::path::PathBuf;

use intents::Encoder;
use intents::library::{Language, MAX_EXAMPLES, ReadyIntent, ready_intents};
use intents::recipe::{BACKGROUND_PHRASES, Background, Calibration, Intent, Message, UNKNOWN_SHARE_LIMIT, confidence};
use serde::Deserialize;

#[derive(Deserialize)]
struct Labelled {
    language: String,
    /// The id of a ready-made intent; none for what no rule should answer.
    intent: Option<String>,
    text: String,
}

/// Of each message: the rule that scores highest, and its confidence.
struct Found<'a> {
    wanted: Option<&'a str>,
    best: &'static str,
    confidence: f64,
}

/// Which texts of a ready-made intent a rule gets.
type Texts = fn(&ReadyIntent, Language) -> Vec<&'static str>;

const RULES: [(&str, Texts); 4] = [
    (
        "description and 8 examples in the customer's language",
        |intent, language| texts(intent, &[language], MAX_EXAMPLES),
    ),
    (
        "description and 3 examples in the customer's language",
        |intent, language| texts(intent, &[language], 3),
    ),
    ("description alone", |intent, language| texts(intent, &[language], 0)),
    ("description and 8 examples in six languages", |intent, _| {
        texts(intent, &Language::ALL, MAX_EXAMPLES)
    }),
];

fn texts(intent: &ReadyIntent, languages: &[Language], examples: usize) -> Vec<&'static str> {
    let starter = intent.starter(languages);
    std::iter::once(starter.description)
        .chain(starter.examples.into_iter().take(examples))
        .collect()
}

fn main() {
    let Some(encoder) = support::encoder() else { return };
    let sets = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/sets");
    let set = std::env::args()
        .nth(1)
        .map_or_else(|| sets.join("held_out.jsonl"), PathBuf::from);
    let text = std::fs::read_to_string(&set).expect("the set can be read");
    let messages: Vec<Labelled> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of the set is a labelled message"))
        .collect();
    println!(
        "{} messages, {} rules, threshold {}",
        messages.len(),
        ready_intents().count(),
        Calibration::DEFAULT_THRESHOLD
    );
    let background = Background::new(vectors(encoder, BACKGROUND_PHRASES));
    for (title, rules) in RULES {
        println!("\n{title}\n");
        println!(
            "| language | messages | top-1 | right | wrong intent | unrelated | unrelated answered |\n|---|---|---|---|---|---|---|"
        );
        let mut all = Vec::new();
        for language in Language::ALL {
            let found = find(encoder, &background, &messages, language, rules);
            print_row(language.code(), &found);
            all.extend(found);
        }
        print_row("all", &all);
    }
    print_misses(&find_all(encoder, &background, &messages));
}

fn find<'a>(
    encoder: &Encoder,
    background: &Background,
    messages: &'a [Labelled],
    language: Language,
    texts: Texts,
) -> Vec<Found<'a>> {
    let rules: Vec<(&'static str, Intent)> = ready_intents()
        .map(|intent| {
            (
                intent.id,
                Intent::new(background, &vectors(encoder, &texts(intent, language))),
            )
        })
        .collect();
    let spoken = messages.iter().filter(|message| message.language == language.code());
    spoken
        .map(|message| find_one(encoder, background, &rules, message))
        .collect()
}

fn find_one<'a>(
    encoder: &Encoder,
    background: &Background,
    rules: &[(&'static str, Intent)],
    message: &'a Labelled,
) -> Found<'a> {
    let embedding = encoder.embed(&message.text);
    let prepared = Message::new(background, &embedding.vector);
    let (best, confidence) = rules
        .iter()
        .map(|(id, intent)| (*id, confidence(&prepared, intent, &Calibration::EMBEDDED)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .expect("there are rules");
    let known = embedding.unknown_share <= UNKNOWN_SHARE_LIMIT;
    Found {
        wanted: message.intent.as_deref(),
        best,
        confidence: if known { confidence } else { 0.0 },
    }
}

fn find_all<'a>(encoder: &Encoder, background: &Background, messages: &'a [Labelled]) -> Vec<(&'a str, Found<'a>)> {
    let mut all = Vec::new();
    for language in Language::ALL {
        let spoken = messages.iter().filter(|message| message.language == language.code());
        let found = find(encoder, background, messages, language, RULES[0].1);
        all.extend(spoken.map(|message| message.text.as_str()).zip(found));
    }
    all
}

fn print_row(name: &str, found: &[Found<'_>]) {
    let answered = |found: &&Found<'_>| found.confidence >= Calibration::DEFAULT_THRESHOLD;
    let (wanted, unrelated): (Vec<&Found<'_>>, Vec<_>) = found.iter().partition(|found| found.wanted.is_some());
    let is_right = |found: &&&Found<'_>| found.wanted == Some(found.best);
    let share = |count: usize, all: &[&Found<'_>]| count as f64 / all.len().max(1) as f64;
    let right = wanted.iter().filter(|found| answered(found)).filter(is_right).count();
    let matched = wanted.iter().filter(|found| answered(found)).count();
    println!(
        "| {name} | {} | {:.2} | {:.2} | {:.2} | {} | {:.3} |",
        wanted.len(),
        share(wanted.iter().filter(is_right).count(), &wanted),
        share(right, &wanted),
        share(matched - right, &wanted),
        unrelated.len(),
        share(unrelated.iter().filter(|found| answered(found)).count(), &unrelated),
    );
}

/// For the tuning set: what to look at. Nobody looks at the misses of the held-out set to change the recipe.
fn print_misses(found: &[(&str, Found<'_>)]) {
    if std::env::args().nth(2).as_deref() != Some("--misses") {
        return;
    }
    for (text, found) in found {
        let answered = found.confidence >= Calibration::DEFAULT_THRESHOLD;
        if found
            .wanted
            .map_or(answered, |wanted| !answered || wanted != found.best)
        {
            println!(
                "{:.2} {} for {}: {text}",
                found.confidence,
                found.best,
                found.wanted.unwrap_or("nothing")
            );
        }
    }
}

fn vectors(encoder: &Encoder, texts: &[&str]) -> Vec<Vec<f32>> {
    texts.iter().map(|text| encoder.embed(text).vector).collect()
}
