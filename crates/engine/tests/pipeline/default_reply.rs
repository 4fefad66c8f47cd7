//! How often one customer gets the default reply: every time, or at most once a day.

use domain::default_reply::DefaultReplyFrequency;
use domain::reasons::Reason;
use engine::accounts::AccountsError;
use engine::identity::Actor;
use sandbox::{FaultKind, FaultSpec};

use crate::world::{DEFAULT_REPLY, World, days, hours, seconds, tell};

impl World {
    async fn send_default(&self, frequency: DefaultReplyFrequency) {
        let accounts = self.accounts();
        accounts
            .set_default_reply_frequency(self.account, frequency, Actor::Command)
            .await
            .unwrap();
    }

    /// For what each reply was not sent, in the order of the messages.
    async fn reasons(&self) -> Vec<Option<Reason>> {
        let rows = self.reply_rows().await.into_iter();
        rows.map(|row| row.reason.map(|reason| reason.parse().unwrap()))
            .collect()
    }

    async fn asks_later(&self, text: &str) {
        self.pass(seconds(1));
        self.customer_asks(text).await;
    }
}

const SILENT: Option<Reason> = Some(Reason::DefaultReplySent);

#[tokio::test]
async fn a_customer_whom_no_rule_answers_gets_the_default_reply_once_a_day() {
    tell(async |world| {
        world.rule("Price", &["price"], "It costs 20 euros.").await;
        world.send_default(DefaultReplyFrequency::OnceADay).await;
        world.asks_later("zzz").await;
        world.asks_later("zzz").await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
        assert_eq!(world.reasons().await, [None, SILENT]);
        assert_eq!(world.balance().await, 9, "one credit");
        assert_eq!(world.sealed_content().await, 0);

        world.asks_later("what is the price?").await;
        assert_eq!(world.replies(), [DEFAULT_REPLY, "It costs 20 euros."]);
        world.asks_later("zzz").await;
        assert_eq!(world.reasons().await.pop(), Some(SILENT));

        world.customer_writes_as("ada", "zzz");
        world.deliver().await;
        world.work().await;
        assert_eq!(world.replies().len(), 3, "another customer gets it");

        world.pass(hours(24) - seconds(10));
        world.asks_later("zzz").await;
        assert_eq!(world.reasons().await.pop(), Some(SILENT));
        world.pass(seconds(10));
        world.asks_later("zzz").await;
        assert_eq!(world.reasons().await.pop(), Some(None), "a day later");
        assert_eq!((world.replies().len(), world.balance().await), (4, 6));
    })
    .await;
}

#[tokio::test]
async fn a_reply_of_a_rule_counts_for_nothing() {
    tell(async |world| {
        world.rule("Price", &["price"], "It costs 20 euros.").await;
        world.send_default(DefaultReplyFrequency::OnceADay).await;
        world.asks_later("price?").await;
        world.asks_later("zzz").await;
        assert_eq!(world.replies(), ["It costs 20 euros.", DEFAULT_REPLY]);
    })
    .await;
}

#[tokio::test]
async fn messages_that_come_together_get_it_once() {
    tell(async |world| {
        world.send_default(DefaultReplyFrequency::OnceADay).await;
        for text in ["hello", "zzz", "?"] {
            world.customer_writes(text);
        }
        world.deliver().await;
        world.work().await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
        assert_eq!(world.reasons().await, [None, SILENT, SILENT]);
        assert_eq!(world.balance().await, 9);
    })
    .await;
}

#[tokio::test]
async fn what_was_composed_before_the_first_one_arrived_is_not_sent() {
    tell(async |world| {
        world.send_default(DefaultReplyFrequency::OnceADay).await;
        world.meta().fault(FaultSpec::from(FaultKind::CutBefore).times(2));
        world.customer_asks("zzz").await;
        world.customer_asks("zzz").await;
        assert_eq!(world.balance().await, 8, "both are paid and wait");
        world.wait_in_steps(days(1) / 24, seconds(30)).await;
        assert_eq!(world.replies(), [DEFAULT_REPLY]);
        assert_eq!(world.reasons().await, [None, SILENT]);
        assert_eq!(world.balance().await, 9, "the second credit came back");
    })
    .await;
}

#[tokio::test]
async fn it_is_sent_every_time_unless_the_account_says_otherwise() {
    tell(async |world| {
        world.asks_later("zzz").await;
        world.asks_later("zzz").await;
        assert_eq!(world.replies(), [DEFAULT_REPLY; 2]);
        world.send_default(DefaultReplyFrequency::OnceADay).await;
        let said = "audit_log WHERE tenant_id = $1 AND action = 'account.default_reply_frequency_set'
            AND detail = 'The default reply is sent to one customer at most once a day.'";
        assert_eq!(world.count(said).await, 1);
        world.asks_later("zzz").await;
        assert_eq!(world.reasons().await.pop(), Some(SILENT), "what went out before counts");
        world.send_default(DefaultReplyFrequency::EveryTime).await;
        world.asks_later("zzz").await;
        assert_eq!(world.replies(), [DEFAULT_REPLY; 3]);

        let stranger = world.neighbour().await.accounts();
        let frequency = DefaultReplyFrequency::OnceADay;
        let refused = stranger
            .set_default_reply_frequency(world.account, frequency, Actor::Command)
            .await;
        assert!(matches!(refused, Err(AccountsError::NotFound)), "{refused:?}");
    })
    .await;
}
