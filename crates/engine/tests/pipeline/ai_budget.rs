//! The budget of the day: once it is spent nobody is asked until midnight, and the account's choice holds.

use domain::ai_fallback::AiFallback;
use domain::reasons::Reason;
use domain::views::{Cursor, MessageFilter};

use crate::world::{ANSWER, PERSONA, PROMPT, Setup, World, hours, tell_with, with_ai};

const FALLBACK: &str = "A colleague will write to you.";

/// One call uses more.
fn with_a_small_budget(setup: &mut Setup) {
    with_ai(setup);
    setup.ai_tokens_per_day = 10;
}

impl World {
    async fn newest_advice(&self) -> String {
        let log = self.messages().page(&MessageFilter::default(), &Cursor::Newest).await;
        log.unwrap().rows[0].advice.clone().unwrap_or_default()
    }
}

#[tokio::test]
async fn a_spent_budget_asks_nobody_until_the_next_day() {
    tell_with(with_a_small_budget, async |world| {
        world.with_ai_default().await;
        world.ai_says(ANSWER);
        world.customer_asks("How much?").await;
        assert_eq!((world.replies().len(), world.balance().await), (1, 9));
        let used = "SELECT requests + prompt_tokens + completion_tokens AS number FROM ai_usage WHERE tenant_id = $1";
        assert!(world.number(used).await > 11);

        world.customer_asks("And a big one?").await;
        let row = world.reply_rows().await.pop().unwrap();
        assert_eq!(
            (row.state.as_str(), row.reason.as_deref()),
            ("skipped", Some(Reason::AiBudget.as_str()))
        );
        assert_eq!(
            (world.ai().calls(), world.balance().await),
            (1, 9),
            "nothing was charged"
        );

        assert_eq!(
            world.newest_advice().await,
            "It starts again at Mon 23 Nov, 00:00. Ask your operator for more."
        );
        world.pass(hours(24));
        assert_eq!(world.newest_advice().await, "Ask your operator for more.");
        world.ai_says(ANSWER);
        world.customer_asks("And today?").await;
        assert_eq!((world.replies().len(), world.ai().calls()), (2, 2));
    })
    .await;
}

#[tokio::test]
async fn a_spent_budget_is_answered_as_the_account_chose() {
    tell_with(with_a_small_budget, async |world| {
        world.with_ai_default().await;
        world.ai_says(ANSWER);
        world.customer_asks("How much?").await;
        world.choose_fallback(AiFallback::Canned(FALLBACK.into())).await;
        world.customer_asks("And a big one?").await;
        assert_eq!(world.replies(), [ANSWER, FALLBACK]);
        assert_eq!(world.balance().await, 8, "it costs what a reply costs");
        let told =
            "messages WHERE tenant_id = $1 AND held_by = 'budget' AND response_kind = 'canned' AND outcome = 'sent'";
        assert_eq!(world.count(told).await, 1);
        world.choose_fallback(AiFallback::HandOver).await;
        world.customer_asks("And the biggest?").await;
        assert_eq!(
            world.accounts().quiet_conversations(world.account).await.unwrap().len(),
            1
        );
        assert_eq!((world.ai().calls(), world.balance().await), (1, 8));
    })
    .await;
}

#[tokio::test]
async fn a_spent_budget_stops_replies_and_no_check() {
    tell_with(with_a_small_budget, async |world| {
        let checks = world.engine.safety().unwrap();
        world.save_persona(PERSONA).await;
        checks.run_due().await.unwrap();
        world.ai_default_reply(PROMPT).await;
        checks.run_due().await.unwrap();
        let approved = "safety_checks WHERE tenant_id = $1 AND status = 'approved'";
        assert_eq!(
            world.count(approved).await,
            2,
            "the second one was checked with nothing left"
        );
        world.customer_asks("How much?").await;
        world.ended_for(Reason::AiBudget).await;
        assert!(world.questions().is_empty());
        world.pass(hours(24));
        world.ai_says(ANSWER);
        world.customer_asks("And today?").await;
        assert_eq!(world.replies(), [ANSWER]);
    })
    .await;
}
