//! Trying an AI rule: the AI is asked as the pipeline would ask it, and nothing but the use of tokens is written.

use domain::ids::RuleId;
use domain::persona::ReplyAction;
use domain::rules::{KeywordMatcher, MatchMode, Matcher, Response, RuleDraft};
use domain::simulate::TriedMessage;
use domain::views::TryAnswer;
use engine::identity::Actor;
use engine::pipeline::TryError;

use crate::world::{ANSWER, PERSONA, PROMPT, Setup, World, tell_with, with_ai};

const LINE: &str = "This is an automated assistant.";
const MESSAGE: &str = "How much is a bouquet?";

fn with_a_small_budget(setup: &mut Setup) {
    with_ai(setup);
    setup.ai_tokens_per_day = 10;
}

impl World {
    /// A rule whose approved prompt answers what is asked about bouquets.
    async fn bouquet_rule(&self) -> RuleId {
        self.save_persona(PERSONA).await;
        self.add_rule(&RuleDraft {
            label: "Bouquets".into(),
            matcher: Matcher::Keywords(KeywordMatcher {
                keywords: vec!["bouquet".into()],
                mode: MatchMode::WholeWord,
            }),
            response: Response::AiPrompt(PROMPT.into()),
            enabled: true,
            leave_to_person: false,
        })
        .await;
        self.judge_texts("approved").await;
        self.rules().page(self.account).await.unwrap().rules[0].rule.id
    }

    async fn tries(&self, rule: Option<RuleId>, message: &TriedMessage) -> Result<TryAnswer, TryError> {
        let pipeline = self.engine.pipeline();
        pipeline.try_answer(self.tenant, self.account, rule, message).await
    }

    async fn tokens_used(&self) -> i64 {
        let used = "SELECT prompt_tokens + completion_tokens AS number FROM ai_usage WHERE tenant_id = $1";
        self.number(used).await
    }
}

#[tokio::test]
async fn a_rule_is_tried_with_the_question_of_the_pipeline_and_nothing_is_sent() {
    tell_with(with_ai, async |world| {
        let rule = world.bouquet_rule().await;
        world.ai_says(ANSWER);
        let tried = world.tries(Some(rule), &TriedMessage::text(MESSAGE)).await.unwrap();
        assert_eq!(tried.reply.as_deref(), Some(ANSWER));
        assert_eq!(
            (tried.held_by, tried.action, tried.cost_credits),
            (None, ReplyAction::None, 1)
        );
        assert!(tried.checks.iter().all(|check| check.passed == Some(true)));
        assert_eq!(
            world.tokens_used().await,
            i64::from(tried.tokens),
            "the call counts in the budget"
        );
        assert!(world.replies().is_empty());
        let stored = "replies WHERE tenant_id = $1";
        assert_eq!((world.balance().await, world.count(stored).await), (10, 0));

        world.ai_says(ANSWER);
        world.customer_asks(MESSAGE).await;
        assert_eq!(world.replies(), [ANSWER]);
        let questions = world.questions();
        let [tried, live] = questions.as_slice() else {
            panic!("{} questions", questions.len());
        };
        assert!(tried.system().contains(PERSONA) && tried.system().contains(PROMPT));
        assert_eq!((tried.user(), tried.system().len()), (live.user(), live.system().len()));
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_would_be_held_names_what_holds_it() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        world.ai_says("A big bouquet is 95 euros.");
        let tried = world.tries(None, &TriedMessage::text(MESSAGE)).await.unwrap();
        assert_eq!(
            tried.held_by.as_deref(),
            Some("It says “95”, which no approved text says like this.")
        );
        assert!(
            tried
                .next_step
                .is_some_and(|step| step.contains("facts of the persona"))
        );
        assert_eq!(tried.reply.as_deref(), Some("A big bouquet is 95 euros."));
        assert_eq!(
            (tried.cost_credits, world.questions().len()),
            (0, 1),
            "it is asked once"
        );
        let log = "messages WHERE tenant_id = $1";
        assert_eq!(world.count(log).await, 0, "nothing is logged");
    })
    .await;
}

#[tokio::test]
async fn the_line_that_tells_and_the_names_of_the_account_count_as_they_do_live() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        let tenants = world.tenants();
        let disclosed = tenants.set_disclosure(world.tenant, LINE, Actor::Command);
        disclosed.await.unwrap();
        let own = format!("Find us as @{}.", world.username);
        world.ai_says(&own);
        let first = world.tries(None, &TriedMessage::text(MESSAGE)).await.unwrap();
        assert_eq!(first.reply, Some(format!("{LINE}\n\n{own}")));
        assert_eq!(first.held_by, None);

        let long = "word ".repeat(196);
        world.ai_says(&long);
        let held = world.tries(None, &TriedMessage::text(MESSAGE)).await.unwrap().held_by;
        assert!(
            held.is_some_and(|why| why.starts_with("It has ")),
            "the line takes its bytes"
        );
        world.ai_says(&long);
        let answered_before = TriedMessage {
            last_reply_minutes_ago: Some(5),
            ..TriedMessage::text(MESSAGE)
        };
        let again = world.tries(None, &answered_before).await.unwrap();
        assert_eq!((again.held_by, again.reply.as_deref()), (None, Some(long.trim())));
    })
    .await;
}

#[tokio::test]
async fn what_does_not_answer_is_not_tried() {
    tell_with(with_ai, async |world| {
        let rule = world.bouquet_rule().await;
        let message = TriedMessage::text(MESSAGE);
        let other = world.tries(None, &message).await;
        assert!(
            matches!(other, Err(TryError::Changed)),
            "the default reply does not answer it"
        );
        let unasked = world.tries(Some(rule), &TriedMessage::text("When are you open?")).await;
        assert!(matches!(unasked, Err(TryError::Changed)));
        let accounts = world.accounts();
        accounts
            .set_auto_reply(world.account, false, Actor::Command)
            .await
            .unwrap();
        let switched_off = world.tries(Some(rule), &message).await;
        assert_eq!(
            switched_off.unwrap_err().to_string(),
            "Nothing would be sent. Not answered: auto-reply is switched off. Switch on \"Auto-reply\"."
        );
        accounts
            .set_auto_reply(world.account, true, Actor::Command)
            .await
            .unwrap();
        world.judge_again(PROMPT, "rejected").await;
        assert_eq!(
            world.tries(Some(rule), &message).await.unwrap_err().to_string(),
            "Nothing would be sent. Not answered: the prompt of this reply is not approved. \
             See the check of the prompt, or make the reply canned."
        );
        assert_eq!(world.ai().calls(), 0);
    })
    .await;
}

#[tokio::test]
async fn an_account_of_a_neighbour_is_not_tried() {
    tell_with(with_ai, async |world| {
        world.with_ai_default().await;
        let theirs = world.neighbour().await;
        let pipeline = world.engine.pipeline();
        let message = TriedMessage::text(MESSAGE);
        let tried = pipeline.try_answer(theirs.tenant, world.account, None, &message).await;
        assert!(matches!(tried, Err(TryError::NotFound)));
        assert_eq!(world.ai().calls(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_spent_budget_says_when_it_starts_again() {
    tell_with(with_a_small_budget, async |world| {
        world.with_ai_default().await;
        world.ai_says(ANSWER);
        let message = TriedMessage::text(MESSAGE);
        world.tries(None, &message).await.unwrap();
        let spent = world.tries(None, &message).await.unwrap_err();
        assert_eq!(
            spent.to_string(),
            "Today’s AI budget is used up. It starts again at Mon 23 Nov, 00:00."
        );
        assert_eq!(world.ai().calls(), 1);
    })
    .await;
}
