//! Honest answers to ordinary questions, through the same way: how many of them the checks hold back by mistake.

use domain::ai_fallback::AiFallback;
use domain::persona::{PersonaBuilder, PersonaContent, PersonaFact};
use serde::Deserialize;

use crate::shared::{TestDatabase, for_each_database};
use crate::support::Shop;

/// In hundredths of all answers.
const MOST_HELD: usize = 1;

/// A shop with its texts and what a good AI would answer there, as the checks' own tests have it.
#[derive(Deserialize)]
struct OrdinaryShop {
    private: String,
    facts: String,
    prompt: String,
    handles: Vec<String>,
    pairs: Vec<(String, String)>,
}

impl OrdinaryShop {
    /// The shops of one set.
    fn all(set: &str) -> Vec<(String, Self)> {
        let sets = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/domain/src/answer_checks/sets");
        let files = std::fs::read_dir(format!("{sets}/{set}")).unwrap();
        let mut paths: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|end| end == "json"));
        paths.sort();
        let read = |path: std::path::PathBuf| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (
                name,
                serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap(),
            )
        };
        paths.into_iter().map(read).collect()
    }

    /// As its owner would put it into the fields of the page.
    fn persona(&self) -> PersonaContent {
        let lines = self.facts.lines().map(str::to_owned);
        let handles = self.handles.iter().map(|handle| format!("We are {handle}."));
        let fact = |text: String| PersonaFact {
            topic: "Other".into(),
            text,
        };
        PersonaContent::Builder(PersonaBuilder {
            business_name: "Our shop".into(),
            goal: self.private.clone(),
            facts: lines.chain(handles).map(fact).collect(),
            ..PersonaBuilder::default()
        })
    }
}

/// The answers of a set that were held back, and how many there are.
async fn held_of(shop: &Shop, set: &str) -> (Vec<String>, usize) {
    let (mut held, mut total) = (Vec::new(), 0);
    for (name, ordinary) in OrdinaryShop::all(set) {
        shop.speaks(&ordinary.persona(), &ordinary.prompt).await;
        shop.ai().forget_prepared();
        for (message, answer) in &ordinary.pairs {
            shop.ai().prepare(message, answer);
        }
        let messages: Vec<&str> = ordinary.pairs.iter().map(|(message, _)| message.as_str()).collect();
        for (written, (_, answer)) in shop.receives(&messages).await.into_iter().zip(&ordinary.pairs) {
            total += 1;
            match &written.outcome.held_by {
                Some(by) => held.push(format!("{name} {by}: {answer}")),
                None => assert_eq!(written.sent, [answer.as_str()], "{name}: {written:?}"),
            }
        }
    }
    println!(
        "{set}: {} of {total} ordinary answers held:\n{}",
        held.len(),
        held.join("\n")
    );
    (held, total)
}

async fn play(database: TestDatabase) {
    let shop = Shop::open(&database).await;
    shop.chooses(&AiFallback::Silence).await;
    let sets: &[&str] = if database.is_postgres() {
        &["held_out"]
    } else {
        &["ordinary", "held_out", "third", "sixth", "seventh"]
    };
    let (mut held, mut total) = (Vec::new(), 0);
    for set in sets {
        let (these, all) = held_of(&shop, set).await;
        held.extend(these);
        total += all;
    }
    assert!(total >= if database.is_postgres() { 90 } else { 1_000 });
    assert!(held.len() * 100 <= total * MOST_HELD, "{held:#?}");
    let sent = i64::try_from(total - held.len()).unwrap();
    assert_eq!(shop.charged().await, sent, "a credit for each answer that went out");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn honest_answers_go_out() {
    for_each_database(play).await;
}
