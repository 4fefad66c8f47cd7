//! Whatever happens in whatever order: every message comes to an end, nobody is answered twice, the books balance.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sandbox::{Edge, FaultKind, FaultSpec};

use crate::world::{World, hours, minutes, seconds, tell_with};

const CASES: usize = 12;
const PEOPLE: [&str; 3] = ["ada", "ben", "cem"];

#[derive(Debug, Clone)]
enum Step {
    Dm(usize),
    /// The waiting webhook number `n` arrives, once or twice; any other stays out of order.
    Arrive {
        which: usize,
        twice: bool,
    },
    /// The waiting webhook is never delivered.
    LoseEcho,
    Unsend(usize),
    Human(usize),
    Fault(usize),
    Heal,
    Work,
    /// The process dies at some moment of its work.
    Crash {
        polls: usize,
    },
    Pass(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0..PEOPLE.len()).prop_map(Step::Dm),
        8 => (any::<usize>(), any::<bool>()).prop_map(|(which, twice)| Step::Arrive { which, twice }),
        1 => Just(Step::LoseEcho),
        1 => any::<usize>().prop_map(Step::Unsend),
        1 => (0..PEOPLE.len()).prop_map(Step::Human),
        3 => (0..8usize).prop_map(Step::Fault),
        1 => Just(Step::Heal),
        4 => Just(Step::Work),
        5 => (1..60usize).prop_map(|polls| Step::Crash { polls }),
        4 => prop_oneof![Just(1u64), Just(11), Just(46), Just(150), Just(3_000)].prop_map(Step::Pass),
    ]
}

fn fault(number: usize) -> FaultSpec {
    match number {
        0 => FaultKind::CutBefore.into(),
        1 => FaultKind::CutAfter.into(),
        2 => FaultSpec::from(FaultKind::ServerError { http_status: 500 })
            .edge(Edge::Send)
            .accepted(),
        3 => FaultSpec::from(FaultKind::ServerError { http_status: 503 }).edge(Edge::Conversations),
        4 => FaultKind::AcceptedWithError.into(),
        5 => FaultKind::RateLimit {
            code: 613,
            regain_minutes: 3,
        }
        .into(),
        6 => FaultSpec::from(FaultKind::TokenExpired).edge(Edge::Send),
        _ => FaultKind::RecipientUnavailable { no_messages: false }.into(),
    }
    .times(2)
}

/// One story in the making.
struct Case<'a> {
    world: &'a World,
    waiting: Vec<Vec<u8>>,
    written: Vec<String>,
}

impl Case<'_> {
    async fn take(&mut self, step: &Step) {
        let meta = self.world.meta();
        match step {
            Step::Dm(person) => self
                .written
                .push(self.world.customer_writes_as(PEOPLE[*person], "hello")),
            Step::Arrive { which, twice } => self.arrive(*which, *twice).await,
            Step::LoseEcho => self.lose_an_echo(),
            Step::Unsend(which) if !self.written.is_empty() => {
                meta.unsend(&self.written[which % self.written.len()]).unwrap();
            }
            Step::Unsend(_) => {}
            Step::Human(person) => {
                let person = PEOPLE[*person];
                // The same words in several conversations are an automation's.
                meta.human_reply(&self.world.username, person, &format!("I am here, {person}!"))
                    .unwrap();
            }
            Step::Fault(number) => {
                meta.fault(fault(*number));
            }
            Step::Heal => meta.clear_faults(),
            Step::Work => {
                self.world.run_due().await;
            }
            Step::Crash { polls } => {
                poll_and_drop(self.world.engine.pipeline().run_due(), *polls).await;
                self.meta_is_quiet().await;
            }
            Step::Pass(seconds) => self.world.pass(Duration::from_secs(*seconds)),
        }
        self.waiting.extend(self.world.webhooks().await);
    }

    async fn arrive(&mut self, which: usize, twice: bool) {
        if self.waiting.is_empty() {
            return;
        }
        let body = self.waiting.remove(which % self.waiting.len());
        self.world.receive(&body).await;
        if twice {
            self.world.receive(&body).await;
        }
    }

    fn lose_an_echo(&mut self) {
        let echo = self
            .waiting
            .iter()
            .position(|body| String::from_utf8_lossy(body).contains("is_echo"));
        if let Some(at) = echo {
            self.waiting.remove(at);
        }
    }

    /// A request that was on its way when the process died has arrived by the time others are answered.
    async fn meta_is_quiet(&self) {
        for _ in 0..3 {
            self.world.meta().verify_webhook("nobody listens").await;
        }
    }

    async fn come_to_an_end(mut self) {
        self.world.meta().clear_faults();
        for body in std::mem::take(&mut self.waiting) {
            self.world.receive(&body).await;
        }
        self.world
            .engine
            .connections()
            .check(self.world.tenant, self.world.account, engine::identity::Actor::Command)
            .await
            .unwrap();
        self.world.wait_in_steps(minutes(5), seconds(20)).await;
        self.world.wait_in_steps(hours(25), hours(1)).await;
    }
}

/// Ends the future at the await point it reached after so many polls.
async fn poll_and_drop<F: Future>(future: F, polls: usize) {
    let mut future = pin!(future);
    let mut left = polls;
    std::future::poll_fn(|context| {
        left -= 1;
        if left == 0 || future.as_mut().poll(context).is_ready() {
            return std::task::Poll::Ready(());
        }
        std::task::Poll::Pending
    })
    .await;
}

async fn holds(world: &World, steps: &[Step]) {
    world.grant_credits(1_000).await;
    let mut case = Case {
        world,
        waiting: Vec::new(),
        written: Vec::new(),
    };
    for step in steps {
        case.take(step).await;
    }
    case.come_to_an_end().await;
    let open: Vec<_> = world
        .reply_rows()
        .await
        .into_iter()
        .filter(|row| !is_final(&row.state))
        .collect();
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(world.sealed_content().await, 0);
    let unpaid = "replies WHERE tenant_id = $1 AND state = 'sent'";
    let sent = i64::try_from(world.meta().sent().len()).unwrap();
    assert!(
        sent <= world.count(unpaid).await + not_noticed(world).await,
        "what was sent was paid for"
    );
}

/// Sends whose reply ended otherwise because nothing told us in time.
async fn not_noticed(world: &World) -> i64 {
    world
        .count("replies WHERE tenant_id = $1 AND state <> 'sent' AND attempts > 0")
        .await
}

fn is_final(state: &str) -> bool {
    matches!(state, "sent" | "failed" | "skipped")
}

#[tokio::test]
async fn every_message_comes_to_an_end_and_nobody_is_answered_twice() {
    let mut runner = TestRunner::deterministic();
    let strategy = proptest::collection::vec(step(), 30..60);
    for number in 0..CASES {
        let steps = strategy.new_tree(&mut runner).unwrap().current();
        println!("case {number}: {steps:?}");
        tell_with(
            |setup| setup.graph_timeout = seconds(2),
            async |world| holds(world, &steps).await,
        )
        .await;
    }
}
