//! Replies that are prepared in one transaction end as each would alone, whatever they are; and a storm leaves room for everybody else.

use std::collections::HashMap;

use super::fates::{End, Fate, ends_of, fate};
use crate::world::{World, hours, seconds, tell_with, with_ai};
use engine::connect::CheckResult;
use engine::identity::Actor;
use engine::storage::sql;
use futures::future::join_all;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

const CASES: usize = 6;

/// The account that a customer writes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shop {
    WithCredits,
    /// Another tenant's, whose credits do not suffice.
    NearlyOut,
    /// The first tenant's second, whose token is dead until it is healed: its replies wait.
    Disconnected,
}

const FEW_CREDITS: usize = 2;

/// Who owns the account of each shop.
struct Shops {
    rich: World,
    poor: World,
    disconnected: World,
}

impl Shops {
    async fn connect(rich: &World) -> Self {
        rich.with_ai_default().await;
        rich.grant_credits(1_000).await;
        let (mut poor, mut disconnected) = (rich.clone(), rich.clone());
        poor.tenant = rich.another_tenant().await;
        (poor.account, poor.username) = rich.connect(1, poor.tenant).await;
        rich.meta().add_pages(0, 1);
        (disconnected.account, disconnected.username) = rich.connect(2, rich.tenant).await;
        for shop in [rich, &poor, &disconnected] {
            shop.rule("Price", &["price"], "It costs 20 euros.").await;
            shop.rule("Person", &["colleague"], "A colleague takes over.").await;
        }
        let text = "UPDATE rules SET leave_to_person = TRUE WHERE label = 'Person'";
        rich.execute(text, []).await;
        let rich = rich.clone();
        Self {
            rich,
            poor,
            disconnected,
        }
    }

    fn shop(&self, shop: Shop) -> &World {
        match shop {
            Shop::WithCredits => &self.rich,
            Shop::NearlyOut => &self.poor,
            Shop::Disconnected => &self.disconnected,
        }
    }

    /// As each phase begins.
    async fn open(&self) {
        self.poor.grant_credits(i64::try_from(FEW_CREDITS).unwrap()).await;
        let left = usize::try_from(self.poor.balance().await).unwrap();
        self.poor.use_up_credits(left - FEW_CREDITS).await;
        self.switch_token(Some(460)).await;
    }

    async fn switch_token(&self, dead: Option<u32>) {
        let shop = &self.disconnected;
        shop.meta().set_token_dead(&shop.username, dead).unwrap();
        let checked = shop
            .engine
            .connections()
            .check(shop.tenant, shop.account, Actor::Command);
        assert_eq!(matches!(checked.await.unwrap(), CheckResult::Broken(_)), dead.is_some());
    }

    /// How the messages of one phase ended: while a token is dead, and after it is alive again.
    async fn phase(&self, phase: &str, customers: &[(Shop, Fate)], work: impl AsyncFn(&World)) -> Vec<[Vec<End>; 2]> {
        self.open().await;
        let customer = |number: usize| format!("{phase}.{number}");
        for (number, (shop, fate)) in customers.iter().enumerate() {
            fate.befall(self.shop(*shop), &customer(number)).await;
        }
        self.rich.deliver().await;
        let mut ends = vec![<[Vec<End>; 2]>::default(); customers.len()];
        for (half, token) in [(0, Some(460)), (1, None)] {
            if token.is_none() {
                self.switch_token(None).await;
            }
            work(&self.rich).await;
            for (number, (shop, _)) in customers.iter().enumerate() {
                ends[number][half] = ends_of(self.shop(*shop), &customer(number)).await;
            }
        }
        ends
    }
}

fn shop() -> impl Strategy<Value = Shop> {
    prop_oneof![
        3 => Just(Shop::WithCredits),
        2 => Just(Shop::NearlyOut),
        2 => Just(Shop::Disconnected),
    ]
}

#[tokio::test]
async fn a_group_of_several_tenants_ends_as_each_would_alone() {
    tell_with(with_ai, async |world| {
        let shops = Shops::connect(world).await;
        let mut runner = TestRunner::deterministic();
        let mut waited = 0;
        for case in 0..CASES {
            let customers = vec((shop(), fate()), 4..16).new_tree(&mut runner).unwrap().current();
            let (alone, together) = (format!("alone{case}"), format!("together{case}"));
            let alone = shops
                .phase(&alone, &customers, async |world| world.run_due_in_turn().await)
                .await;
            let together = shops
                .phase(&together, &customers, async |world| world.run_due().await)
                .await;
            for ((alone, together), customer) in alone.iter().zip(together).zip(&customers) {
                assert!(!alone[0].is_empty(), "{customer:?}");
                assert_eq!(&together, alone, "{customer:?} of {customers:?}");
                waited += alone[0].iter().filter(|end| end.wait_reason.is_some()).count();
            }
        }
        assert!(
            waited > CASES,
            "replies of the account that is disconnected wait: {waited}"
        );
        assert_eq!(world.count("replies WHERE settled_at IS NULL").await, 0);
    })
    .await;
}

/// Credits that do not suffice are spent to the last, and whoever gets none is told so in the log.
#[tokio::test]
async fn a_group_spends_the_last_credits_and_not_one_more() {
    tell_with(
        |_| {},
        async |world| {
            let left = 5usize;
            let balance = usize::try_from(world.balance().await).unwrap();
            world.use_up_credits(balance - left).await;
            let customers: Vec<String> = (0..12).map(|number| format!("ada.{number}")).collect();
            for customer in &customers {
                world.customer_writes_as(customer, "hello");
            }
            world.deliver().await;
            world.run_due().await;
            let mut outcomes = HashMap::<Option<String>, usize>::new();
            for customer in &customers {
                for end in ends_of(world, customer).await {
                    *outcomes.entry(end.reason).or_default() += 1;
                }
            }
            let expected = HashMap::from([(None, left), (Some("no_credits".to_owned()), customers.len() - left)]);
            assert_eq!((outcomes, world.balance().await), (expected, 0));
        },
    )
    .await;
}

/// A reply that breaks its group is tried alone, and its neighbours do not notice.
#[tokio::test]
async fn one_bad_row_does_not_spoil_its_group() {
    tell_with(
        |_| {},
        async |world| {
            for number in 0..8 {
                world.customer_writes_as(&format!("ada.{number}"), "hello");
            }
            world.deliver().await;
            let bad =
                "UPDATE messages SET kind = 'sticker_v2' WHERE id = (SELECT id FROM messages ORDER BY id LIMIT 1)";
            world.execute(bad, []).await;
            let pipeline = world.engine.pipeline();
            let text = "SELECT id FROM replies ORDER BY id";
            let replies = sql::values(world.database.reader(), text, []).await.unwrap();
            join_all(replies.into_iter().map(|reply| pipeline.work(reply))).await;
            let sent = world.count("replies WHERE state = 'sent'").await;
            let faulty = world.count("replies WHERE panics = 1").await;
            assert_eq!((sent, faulty), (7, 1));
            world
                .execute("UPDATE messages SET kind = 'text' WHERE kind = 'sticker_v2'", [])
                .await;
            world.wait(seconds(2)).await;
            assert_eq!(world.count("replies WHERE state = 'sent'").await, 8);
        },
    )
    .await;
}

/// What this process records it takes to work itself; jobs are for what it does not.
#[tokio::test]
async fn a_process_that_works_on_replies_needs_no_job_for_them() {
    tell_with(
        |setup| setup.real_time = true,
        async |world| {
            let servers = world.start_workers();
            while !world.engine.pipeline().dispatcher().is_running() {
                tokio::task::yield_now().await;
            }
            world.customer_writes("hello");
            world.deliver().await;
            while world.count("replies WHERE state = 'sent'").await == 0 {
                tokio::task::yield_now().await;
            }
            let jobs = match world.database.is_postgres() {
                true => "apalis.jobs WHERE job_type = 'replies'",
                false => "Jobs WHERE job_type = 'replies'",
            };
            assert_eq!(world.count(jobs).await, 0);
            servers.stop().await;
            assert!(!world.engine.pipeline().dispatcher().is_running());
            world.customer_writes_as("ben", "hello");
            world.deliver().await;
            assert_eq!(world.count(jobs).await, 1, "somebody else's now");
            world.run_due().await;
        },
    )
    .await;
}

/// What has expired is written off first; then the batch that ends first is used up before the next is touched.
#[tokio::test]
async fn a_group_takes_from_several_batches_in_the_order_in_which_they_end() {
    tell_with(|_| {}, async |world| {
        let balance = usize::try_from(world.balance().await).unwrap();
        world.use_up_credits(balance).await;
        world.grant_credits_until(4, Some(world.now() + hours(1))).await;
        world.pass(hours(2));
        world.grant_credits(3).await;
        world.grant_credits_until(2, Some(world.now() + hours(24))).await;
        for number in 0..6 {
            world.customer_writes_as(&format!("ada.{number}"), "hello");
        }
        world.deliver().await;
        let from = world.now();
        world.run_due().await;
        let text = "SELECT l.kind, l.amount, l.balance_after, b.granted FROM credit_ledger l JOIN credit_batches b ON b.id = l.batch_id
            WHERE l.created_at >= $1 AND l.kind <> 'grant' ORDER BY l.balance_after DESC, l.id";
        let rows: Vec<(String, i64, i64, i64)> = sql::values(world.database.reader(), text, [from.into()]).await.unwrap();
        let deduct = |balance, granted| ("deduct".to_owned(), -1, balance, granted);
        let expected = [
            ("expire".to_owned(), -4, 5, 4),
            deduct(4, 2),
            deduct(3, 2),
            deduct(2, 3),
            deduct(1, 3),
            deduct(0, 3),
        ];
        assert_eq!(rows, expected);
        let unpaid = world.count("messages WHERE reason = 'no_credits'").await;
        assert_eq!((unpaid, world.balance().await), (1, 0));
    })
    .await;
}
