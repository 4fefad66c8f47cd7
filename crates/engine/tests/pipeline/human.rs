//! When a person answers, Concierge keeps quiet; when it comes back, it says that it is automated.

use domain::reasons::Reason;
use domain::rules::RuleDraft;
use domain::views::QuietConversation;
use engine::identity::Actor;
use sandbox::{CustomerEvent, FaultKind};

use crate::world::{CUSTOMER, DEFAULT_REPLY, World, days, hours, keyword_rule, minutes, seconds, tell};

const LINE: &str = "This is an automated assistant.";

impl World {
    /// A customer writes and everything due is worked on.
    async fn asks(&self, text: &str) {
        self.pass(seconds(1));
        self.customer_asks(text).await;
    }

    /// A person answers in the Instagram app.
    async fn person_writes(&self) {
        self.pass(seconds(1));
        self.person_replies("It is me, Ana.");
        self.deliver().await;
    }

    async fn quiet_hours(&self, hours: u32) {
        let accounts = self.accounts();
        accounts
            .set_quiet_hours(self.account, hours, Actor::Command)
            .await
            .unwrap();
    }

    /// For what the last reply was not sent.
    async fn last_reason(&self) -> Option<Reason> {
        let last = self.reply_rows().await.pop().unwrap();
        last.reason.map(|reason| reason.parse().unwrap())
    }

    async fn quiet(&self) -> Vec<QuietConversation> {
        self.accounts().quiet_conversations(self.account).await.unwrap()
    }

    async fn resume(&self) {
        let quiet = self.quiet().await;
        let account = self.accounts().resume(quiet[0].id, Actor::Command).await;
        assert_eq!(account.unwrap(), self.account);
    }

    /// A rule that answers and then leaves the conversation to a person.
    async fn talk_to_a_person(&self) {
        let rule = keyword_rule("Talk to a person", &["human"], "A colleague takes over.");
        let leave_to_person = true;
        self.add_rule(&RuleDraft {
            leave_to_person,
            ..rule
        })
        .await;
    }

    async fn disclose(&self, line: &str) {
        let tenants = self.tenants();
        tenants.set_disclosure(self.tenant, line, Actor::Command).await.unwrap();
    }

    /// What the overview says needs somebody.
    async fn attention(&self) -> Vec<String> {
        let attention = self.overview().page().await.unwrap().attention;
        attention.into_iter().map(|one| one.what).collect()
    }
}

#[tokio::test]
async fn a_person_wrote_and_for_twelve_hours_concierge_keeps_quiet() {
    tell(async |world| {
        world.person_writes().await;
        world.asks("thanks, and what does it cost?").await;
        world.ended_for(Reason::HumanActive).await;
        assert_eq!(world.balance().await, 10, "nothing was charged");
        assert_eq!(world.sealed_content().await, 0);
        let quiet = world.quiet().await;
        assert_eq!(quiet.len(), 1);
        assert!(!quiet[0].waits_for_person);
        assert_eq!(quiet[0].until.at, quiet[0].since.at + hours(12));

        world.pass(hours(12));
        world.asks("hello again").await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
        assert_eq!(world.quiet().await, []);
    })
    .await;
}

#[tokio::test]
async fn an_account_decides_how_long_and_zero_is_off() {
    tell(async |world| {
        world.quiet_hours(1).await;
        world.person_writes().await;
        world.asks("one").await;
        assert!(world.replies().is_empty());
        world.pass(hours(1));
        world.asks("two").await;
        assert_eq!(world.replies().len(), 1);

        world.quiet_hours(0).await;
        world.person_writes().await;
        world.asks("three").await;
        assert_eq!(world.replies().len(), 2);
        assert_eq!(world.quiet().await, []);
        let accounts = world.accounts();
        let too_long = accounts.set_quiet_hours(world.account, 169, Actor::Command).await;
        assert!(too_long.is_err());
    })
    .await;
}

#[tokio::test]
async fn our_own_echoes_and_reactions_quiet_nothing() {
    tell(async |world| {
        world.asks("hello").await;
        world.event(CustomerEvent::Reaction);
        world.event(CustomerEvent::Read);
        world.deliver().await;
        world.asks("and?").await;
        assert_eq!(world.replies(), [DEFAULT_REPLY; 2]);
        assert_eq!(world.quiet().await, []);
    })
    .await;
}

#[tokio::test]
async fn a_person_in_one_conversation_quiets_no_other() {
    tell(async |world| {
        world.person_writes().await;
        world.pass(seconds(1));
        world.customer_writes_as("ben", "hello");
        world.deliver().await;
        world.work().await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn resuming_lets_the_next_message_be_answered_until_a_person_writes_again() {
    tell(async |world| {
        world.person_writes().await;
        world.asks("one").await;
        world.resume().await;
        assert!(
            world.replies().is_empty(),
            "what was asked before is not answered later"
        );
        world.asks("two").await;
        assert_eq!(world.replies().len(), 1);
        world.person_writes().await;
        world.asks("three").await;
        assert_eq!(world.replies().len(), 1);
        assert_eq!(world.quiet().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn resuming_counts_although_the_persons_words_are_of_a_clock_ahead_of_ours() {
    tell(async |world| {
        world.asks("one").await;
        // Without a pause: the sandbox gives who answers at once the time to type.
        world
            .meta()
            .human_reply(&world.username, CUSTOMER, "It is me, Ana.")
            .unwrap();
        world.deliver().await;
        world.resume().await;
        world.customer_asks("two").await;
        assert_eq!(world.replies(), [DEFAULT_REPLY; 2]);
    })
    .await;
}

#[tokio::test]
async fn the_gate_is_looked_at_again_just_before_sending() {
    tell(async |world| {
        world.person_replies("It is me, Ana.");
        let late_echo = world.webhooks().await;
        world.meta().fault(FaultKind::RateLimit {
            code: 613,
            regain_minutes: 5,
        });
        world.asks("hello").await;
        assert_eq!(world.balance().await, 9, "paid and waiting");
        world.meta().clear_faults();
        world.receive(&late_echo[0]).await;
        world.wait(minutes(6)).await;
        world.ended_for(Reason::HumanActive).await;
        assert!(world.replies().is_empty());
        assert_eq!(world.balance().await, 10, "the credit came back");
    })
    .await;
}

#[tokio::test]
async fn a_rule_answers_and_then_leaves_the_conversation_to_a_person() {
    tell(async |world| {
        world.grant_credits(100).await;
        world.talk_to_a_person().await;
        world.asks("hello").await;
        assert_eq!(world.attention().await, Vec::<String>::new());
        world.asks("I want a human").await;
        assert_eq!(
            world.replies().last().map(String::as_str),
            Some("A colleague takes over.")
        );
        let quiet = world.quiet().await;
        assert!(quiet[0].waits_for_person);
        assert_eq!(world.attention().await, ["has a customer who waits for a person"]);

        world.asks("are you there?").await;
        assert_eq!(world.replies().len(), 2, "nobody but a person answers now");
        assert_eq!(
            world.log().await.last().unwrap().reason.as_deref(),
            Some("human_active")
        );

        world.person_writes().await;
        assert!(!world.quiet().await[0].waits_for_person, "a person is there");
        assert_eq!(world.attention().await, Vec::<String>::new());
        world.resume().await;
        world.asks("and the price?").await;
        assert_eq!(world.replies().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn who_asked_for_a_person_gets_one_even_where_people_quiet_nothing() {
    tell(async |world| {
        world.talk_to_a_person().await;
        world.quiet_hours(0).await;
        world.asks("a human please").await;
        world.asks("hello?").await;
        assert_eq!(world.replies().len(), 1);
        world.pass(hours(12));
        world.asks("hello?").await;
        assert_eq!(world.replies().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_first_reply_says_that_it_is_automated_and_so_does_the_first_after_a_week() {
    tell(async |world| {
        world.disclose(LINE).await;
        let with_line = format!("{LINE}\n\n{DEFAULT_REPLY}");
        world.asks("one").await;
        world.asks("two").await;
        assert_eq!(world.replies(), [with_line.as_str(), DEFAULT_REPLY]);
        world.pass(days(6));
        world.asks("three").await;
        world.pass(days(7));
        world.asks("four").await;
        assert_eq!(world.replies()[2..], [DEFAULT_REPLY, with_line.as_str()]);

        world.pass(seconds(1));
        world.customer_writes_as("ben", "hello");
        world.deliver().await;
        world.work().await;
        assert_eq!(world.replies().last(), Some(&with_line), "each conversation for itself");
        world.disclose(" ").await;
        world.pass(seconds(1));
        world.customer_writes_as("ada", "hello");
        world.deliver().await;
        world.work().await;
        assert_eq!(world.replies().last().map(String::as_str), Some(DEFAULT_REPLY));
    })
    .await;
}

#[tokio::test]
async fn back_from_a_person_concierge_says_again_that_it_is_automated() {
    tell(async |world| {
        world.disclose(LINE).await;
        world.talk_to_a_person().await;
        let with_line = format!("{LINE}\n\n{DEFAULT_REPLY}");
        world.asks("one").await;
        world.person_writes().await;
        world.resume().await;
        world.asks("two").await;
        world.asks("three").await;
        assert_eq!(world.replies(), [with_line.as_str(), &with_line, DEFAULT_REPLY]);

        world.asks("a human please").await;
        world.resume().await;
        world.asks("no, never mind").await;
        assert_eq!(world.replies().last(), Some(&with_line), "it had been left to a person");
    })
    .await;
}

#[tokio::test]
async fn an_echo_of_a_disclosed_reply_is_our_own() {
    tell(async |world| {
        world.disclose(LINE).await;
        world.meta().fault(FaultKind::CutAfter);
        world.customer_writes("hello");
        world.deliver().await;
        world.run_due().await;
        assert_eq!(world.states().await, ["sending"]);
        world.deliver().await;
        assert_eq!(world.states().await, ["sent"]);
        assert_eq!(world.authors().await, ["inbound customer", "outbound concierge"]);
    })
    .await;
}

#[tokio::test]
async fn who_asks_for_a_person_after_six_replies_is_answered_and_left_to_one() {
    tell(async |world| {
        world.talk_to_a_person().await;
        for _ in 0..6 {
            world.asks("hello").await;
        }
        world.asks("hello?").await;
        assert_eq!(world.last_reason().await, Some(Reason::ConversationLimit));
        world.asks("let me talk to a human").await;
        assert_eq!(world.last_reason().await, None);
        assert_eq!(
            world.replies().last().map(String::as_str),
            Some("A colleague takes over.")
        );
        assert_eq!(
            (world.replies().len(), world.balance().await),
            (7, 3),
            "it cost one credit"
        );
        assert!(world.quiet().await[0].waits_for_person);

        world.asks("a human!").await;
        assert_eq!(world.last_reason().await, Some(Reason::HumanActive));
        world.resume().await;
        world.asks("hello again").await;
        assert_eq!(world.last_reason().await, Some(Reason::ConversationLimit));
        assert_eq!((world.replies().len(), world.balance().await), (7, 3));
    })
    .await;
}

#[tokio::test]
async fn a_reply_beyond_the_limit_that_had_to_wait_goes_out_too() {
    tell(async |world| {
        world.talk_to_a_person().await;
        for _ in 0..6 {
            world.asks("hello").await;
        }
        world.meta().fault(FaultKind::RateLimit {
            code: 613,
            regain_minutes: 5,
        });
        world.asks("a human, now").await;
        assert_eq!(world.states().await.last().map(String::as_str), Some("composed"));
        world.meta().clear_faults();
        world.wait(minutes(6)).await;
        assert_eq!(
            world.replies().last().map(String::as_str),
            Some("A colleague takes over.")
        );
        assert!(world.quiet().await[0].waits_for_person);
    })
    .await;
}
