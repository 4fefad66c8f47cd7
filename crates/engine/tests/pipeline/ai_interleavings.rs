//! Texts are edited, approved and withdrawn and servers crash at random moments: the AI never reads a text that is not approved, and
//! nothing is sent from one that was withdrawn before.

use std::collections::BTreeMap;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use sandbox::{AiFault, AiFaultSpec};

use crate::world::{World, minutes, tell_with, with_ai};

const FLOWERS: [&str; 6] = ["tulips", "roses", "irises", "asters", "dahlias", "peonies"];
const VERDICTS: [&str; 3] = ["approved", "rejected", "unchecked"];
const ROUNDS: usize = 1_000;
/// PostgreSQL takes longer for each, and tells nothing else.
const ROUNDS_ON_POSTGRES: usize = 200;

/// The verdicts as the story gave them.
#[derive(Clone, Default)]
struct Verdicts(BTreeMap<String, &'static str>);

impl Verdicts {
    fn approved(&self, text: &str) -> bool {
        self.0.get(text) == Some(&"approved")
    }

    /// The approved texts that stand in the system message of a request; all others that stand there too are returned as well.
    fn judge(&self, system: &str) -> (Vec<&str>, Vec<&str>) {
        let there = self.0.keys().map(String::as_str).filter(|text| system.contains(text));
        there.partition(|text| self.approved(text))
    }
}

fn persona(flower: &str) -> String {
    format!("We love {flower}.")
}

fn prompt(flower: &str) -> String {
    format!("Mention no {flower} by name.")
}

impl World {
    /// Something that an admin, a judge or an operator does.
    async fn meddle(&self, random: &mut StdRng, verdicts: &mut Verdicts) {
        let flower = FLOWERS.choose(random).unwrap();
        match random.random_range(0..5) {
            0 => {
                self.save_persona(&persona(flower)).await;
                verdicts.0.entry(persona(flower)).or_insert("pending");
            }
            1 => {
                self.ai_default_reply(&prompt(flower)).await;
                verdicts.0.entry(prompt(flower)).or_insert("pending");
            }
            _ => {
                let texts: Vec<String> = verdicts.0.keys().cloned().collect();
                let text = texts.choose(random).unwrap();
                // Approvals and withdrawals in equal parts keep the AI answering.
                let verdict = if random.random_bool(0.6) {
                    VERDICTS[0]
                } else {
                    VERDICTS.choose(random).unwrap()
                };
                self.judge_again(text, verdict).await;
                verdicts.0.insert(text.clone(), verdict);
            }
        }
    }

    /// One message, with something happening before, while the AI is asked, or not at all.
    async fn round(&self, random: &mut StdRng, verdicts: &mut Verdicts, number: usize) -> usize {
        for _ in 0..random.random_range(0..3) {
            self.meddle(random, verdicts).await;
        }
        self.ai().forget_requests();
        let slow = AiFault::Slow {
            ms: random.random_range(1..8),
        };
        self.ai().clear_faults();
        self.ai().fault(AiFaultSpec::from(slow).times(1));
        self.customer_writes_as(&format!("guest {number}"), "What do you love?");
        self.deliver().await;
        let (before, sent) = (verdicts.clone(), self.replies().len());
        let work = self.work_meanwhile();
        while !work.is_finished() && self.ai().calls() == 0 {
            tokio::task::yield_now().await;
        }
        if random.random_bool(0.5) {
            self.meddle(random, verdicts).await;
        }
        if random.random_bool(0.2) {
            work.abort();
        }
        let _crashed = work.await;
        self.wait(minutes(1)).await;
        self.check_requests(&before, verdicts);
        // Sent before the meddling was done, or from what is approved after it.
        for words in &self.replies()[sent..] {
            let flower = FLOWERS
                .iter()
                .find(|flower| words.contains(**flower))
                .expect("a flower");
            let text = persona(flower);
            assert!(before.approved(&text) || verdicts.approved(&text), "{number}: {words}");
        }
        self.questions().len()
    }

    fn check_requests(&self, before: &Verdicts, after: &Verdicts) {
        for question in self.questions() {
            let (first, wrong_first) = before.judge(question.system());
            let (then, wrong_then) = after.judge(question.system());
            assert!(
                (wrong_first.is_empty() && first.len() == 2) || (wrong_then.is_empty() && then.len() == 2),
                "{wrong_first:?} {wrong_then:?}"
            );
        }
    }
}

#[tokio::test]
async fn no_request_holds_a_text_that_is_not_approved() {
    let with_many = |setup: &mut crate::world::Setup| with_ai(setup);
    tell_with(with_many, async |world| {
        let seed = rand::random();
        let mut random = StdRng::seed_from_u64(seed);
        let mut verdicts = Verdicts::default();
        world.grant_credits(3_000).await;
        world.save_persona(&persona("tulips")).await;
        world.ai_default_reply(&prompt("tulips")).await;
        world.judge_texts("approved").await;
        verdicts.0.insert(persona("tulips"), "approved");
        verdicts.0.insert(prompt("tulips"), "approved");
        let rounds = if world.database.is_postgres() {
            ROUNDS_ON_POSTGRES
        } else {
            ROUNDS
        };
        let mut asked = 0;
        for number in 0..rounds {
            asked += world.round(&mut random, &mut verdicts, number).await;
        }
        println!("seed {seed}: {asked} questions in {rounds} rounds");
        assert!(asked > rounds / 4, "seed {seed}: the AI was asked {asked} times only");
    })
    .await;
}
