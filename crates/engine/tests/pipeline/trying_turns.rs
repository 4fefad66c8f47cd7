//! Trying leaves the AI to customers: one try of a tenant at a time, a turn that is waited for shortly, and a charge that nobody escapes.

use std::num::NonZeroUsize;

use domain::rules::{IntentMatcher, Matcher, Response, RuleDraft};
use domain::simulate::TriedMessage;
use domain::views::TryAnswer;
use engine::ai::{TokenUsage, record_usage};
use engine::intents::IntentsSettings;
use engine::pipeline::TryError;
use sandbox::{AiCall, AiFault, AiFaultSpec};

use crate::support::eventually;
use crate::world::{ANSWER, Setup, World, seconds, tell_with, with_ai};

const MESSAGE: &str = "How much is a bouquet?";

fn with_a_small_budget(setup: &mut Setup) {
    with_ai(setup);
    setup.ai_tokens_per_day = 10;
}

/// The budget is small too.
fn one_at_a_time(setup: &mut Setup) {
    with_a_small_budget(setup);
    setup.ai_concurrency = NonZeroUsize::MIN;
}

fn with_intents_of_the_provider(setup: &mut Setup) {
    with_ai(setup);
    setup.intents = IntentsSettings::AiProvider;
}

impl World {
    async fn tries_default(&self) -> Result<TryAnswer, TryError> {
        let message = TriedMessage::text(MESSAGE);
        let pipeline = self.engine.pipeline();
        pipeline.try_answer(self.tenant, self.account, None, &message).await
    }

    async fn tries_persona(&self) -> Result<TryAnswer, TryError> {
        self.engine.pipeline().try_persona(self.tenant, MESSAGE).await
    }
}

#[tokio::test]
async fn a_try_whose_request_is_given_up_goes_on_alone_and_is_charged() {
    tell_with(with_a_small_budget, async |world| {
        world.with_ai_default().await;
        let theirs = world.neighbour().await;
        world
            .ai()
            .fault(AiFaultSpec::from(AiFault::Slow { ms: 1_000 }).times(1));
        world.ai_says(ANSWER);
        let trying = world.clone();
        let request = tokio::spawn(async move { trying.tries_default().await });
        world.asked(1).await;
        request.abort();
        assert!(request.await.is_err_and(|error| error.is_cancelled()));
        for second in [world.tries_default().await, world.tries_persona().await] {
            let refused = second.unwrap_err().to_string();
            assert_eq!(refused, "An answer is being written already. Wait for it.");
        }
        let neighbour = theirs.tries_persona().await;
        assert!(
            matches!(neighbour, Err(TryError::NotApproved)),
            "others are not kept waiting: {neighbour:?}"
        );
        let next = eventually("the first try ends", async || match world.tries_persona().await {
            Err(TryError::UnderWay) => None,
            ended => Some(ended),
        });
        let next = next.await;
        assert!(matches!(next, Err(TryError::Budget(_))), "it was charged: {next:?}");
        assert_eq!(world.ai().calls(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_try_waits_shortly_for_a_turn_and_says_that_the_ai_is_busy() {
    tell_with(one_at_a_time, async |world| {
        world.with_ai_default().await;
        let turn = world.engine.ai().unwrap().turn(seconds(1)).await.unwrap();
        assert_eq!(
            world.tries_default().await.unwrap_err().to_string(),
            "The AI is busy with replies to customers. Try again in a minute."
        );
        assert_eq!(world.ai().calls(), 0);
        drop(turn);
        world.ai_says(ANSWER);
        assert_eq!(world.tries_default().await.unwrap().reply.as_deref(), Some(ANSWER));
    })
    .await;
}

#[tokio::test]
async fn what_is_used_while_a_try_waits_for_its_turn_counts() {
    tell_with(one_at_a_time, async |world| {
        world.with_ai_default().await;
        let turn = world.engine.ai().unwrap().turn(seconds(1)).await.unwrap();
        let usage = TokenUsage {
            prompt: 8,
            completion: 2,
        };
        let used = async {
            let (writer, now) = (world.engine.database().writer(), world.now());
            record_usage(writer, world.tenant, usage, now).await.unwrap();
            drop(turn);
        };
        let (tried, ()) = tokio::join!(world.tries_default(), used);
        assert!(matches!(tried, Err(TryError::Budget(_))), "{tried:?}");
        assert_eq!(world.ai().calls(), 0);
    })
    .await;
}

#[tokio::test]
async fn an_intent_that_cannot_be_read_is_told_and_not_taken_for_another_rule() {
    tell_with(with_intents_of_the_provider, async |world| {
        world.with_ai_default().await;
        world
            .add_rule(&RuleDraft {
                label: "Tables".into(),
                matcher: Matcher::Prompt(IntentMatcher {
                    description: "wants to book a table".into(),
                    ..IntentMatcher::default()
                }),
                response: Response::Canned("Which day?".into()),
                enabled: true,
                leave_to_person: false,
            })
            .await;
        let down = AiFaultSpec::from(AiFault::ServerError { http_status: 503 });
        world.ai().fault(down.on(AiCall::Embedding));
        let tried = world.tries_default().await;
        assert!(matches!(tried, Err(TryError::IntentsUnread)), "{tried:?}");
        assert_eq!(world.questions().len(), 0);
    })
    .await;
}
