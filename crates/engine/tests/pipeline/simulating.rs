//! Trying a message shows what the pipeline would do, and changes nothing.

use domain::decide::Outcome;
use domain::rules::{KeywordMatcher, MatchMode, Matcher, Response, RuleDraft};
use domain::simulate::TriedMessage;
use engine::identity::Actor;
use rand::SeedableRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, rngs::StdRng};

use crate::world::{World, days, seconds, tell};

const WORDS: [&str; 8] = ["price", "hours", "open", "prices", "preço", "hi", "this", "価格"];

impl World {
    async fn random_rules(&self, random: &mut StdRng) {
        let rules = self.rules();
        for row in rules.page(self.account).await.unwrap().rules {
            rules.delete(row.rule.id, Actor::Command).await.unwrap();
        }
        for number in 0..random.random_range(0..5) {
            let mut keywords: Vec<String> = WORDS.sample(random, 2).map(|word| (*word).to_owned()).collect();
            keywords.dedup();
            let draft = RuleDraft {
                label: format!("Rule {number}"),
                matcher: Matcher::Keywords(KeywordMatcher {
                    keywords,
                    mode: *MatchMode::all().choose(random).unwrap(),
                }),
                response: Response::Canned(format!("Answer {number}.")),
                enabled: random.random_bool(0.8),
                leave_to_person: false,
            };
            rules.add(self.account, &draft, None, Actor::Command).await.unwrap();
        }
    }

    async fn simulated(&self, message: &TriedMessage) -> domain::simulate::Simulation {
        let pipeline = self.engine.pipeline();
        pipeline
            .simulate(self.tenant, self.account, message)
            .await
            .unwrap()
            .unwrap()
    }

    /// How many rows each table has, and what the balance is.
    async fn everything(&self) -> Vec<i64> {
        let tables = [
            "messages",
            "replies",
            "conversations",
            "credit_ledger",
            "sealed_values",
            "inbound_events",
            "rules",
            "reply_configs",
            "audit_log",
            "reply_config_changes",
            "examples",
            "accounts",
            "sessions",
        ];
        let mut counts = vec![self.balance().await];
        for table in tables {
            counts.push(self.count(table).await);
        }
        counts
    }
}

fn words(random: &mut StdRng) -> String {
    let count = random.random_range(1..4);
    let words: Vec<&str> = (0..count).map(|_| *WORDS.choose(random).unwrap()).collect();
    words.join(*[" ", ", ", "-"].choose(random).unwrap())
}

#[tokio::test]
async fn the_pipeline_does_what_the_simulator_shows() {
    tell(async |world| {
        let mut random = StdRng::seed_from_u64(20_261_122);
        world.grant_credits(100).await;
        let tenants = world.tenants();
        let disclosed = tenants.set_disclosure(world.tenant, "Automated.", Actor::Command);
        disclosed.await.unwrap();
        for round in 0..24 {
            world.random_rules(&mut random).await;
            world.switch_auto_reply(random.random_bool(0.8)).await;
            world.switch_enabled(true).await;
            let text = words(&mut random);
            let tried = world.simulated(&TriedMessage::text(&text)).await;

            world.pass(days(1));
            let before = world.replies().len();
            world.customer_writes_as(&format!("customer{round}"), &text);
            world.deliver().await;
            world.pass(seconds(1));
            world.work().await;
            let rows = world.reply_rows().await;
            let reply = rows.last().unwrap();
            match &tried.decision.outcome {
                Outcome::Reply { .. } => {
                    assert_eq!(reply.state, "sent", "{text}");
                    let sent = world.replies();
                    assert_eq!(sent.len(), before + 1, "{text}");
                    assert_eq!(sent.last(), tried.reply.as_ref().map(|reply| &reply.text), "{text}");
                    assert_eq!(tried.live_cost, 1);
                }
                Outcome::Silence(reason) => {
                    assert_eq!(reply.reason.as_deref(), Some(reason.as_str()), "{text}");
                    assert_eq!(world.replies().len(), before);
                }
                Outcome::Wait { .. } => panic!("nothing waits in this story"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_thousand_simulations_leave_no_trace() {
    tell(async |world| {
        let mut random = StdRng::seed_from_u64(7);
        world.random_rules(&mut random).await;
        let before = world.everything().await;
        for _ in 0..1_000 {
            let message = TriedMessage {
                minutes_ago: random.random_range(0..2_000),
                person_minutes_ago: random.random_bool(0.3).then_some(30),
                ..TriedMessage::text(&words(&mut random))
            };
            let tried = world.simulated(&message).await;
            assert!(!tried.sentence().is_empty());
        }
        assert_eq!(world.everything().await, before);
        assert!(world.replies().is_empty());
        assert!(world.webhooks().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn another_tenants_account_cannot_be_tried() {
    tell(async |world| {
        let neighbour = world.another_tenant().await;
        let message = TriedMessage::text("hi");
        let tried = world
            .engine
            .pipeline()
            .simulate(neighbour, world.account, &message)
            .await;
        assert_eq!(tried.unwrap(), None);
    })
    .await;
}
