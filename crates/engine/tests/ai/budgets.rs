//! What a tenant may use in a day.

use engine::ai::{Budget, DailyUsage, TokenUsage, check_budget, daily_usage, record_usage};

use crate::world::{World, an_owner, hours, tell_with};

const CALL: TokenUsage = TokenUsage {
    prompt: 300,
    completion: 100,
};

async fn budget(world: &World, limit: u64) -> Budget {
    check_budget(world.database.reader(), world.tenant, limit, world.now())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_budget_is_spent_and_begins_anew_with_the_day() {
    tell_with(an_owner, async |world| {
        assert_eq!(budget(world, 800).await, Budget::Open);
        for _ in 0..2 {
            record_usage(world.database.writer(), world.tenant, CALL, world.now())
                .await
                .unwrap();
        }
        let used = daily_usage(world.database.reader(), world.tenant, world.now())
            .await
            .unwrap();
        let expected = DailyUsage {
            requests: 2,
            prompt_tokens: 600,
            completion_tokens: 200,
        };
        assert_eq!((used, used.tokens()), (expected, 800));
        assert_eq!(budget(world, 800).await, Budget::Spent);
        assert_eq!(budget(world, 801).await, Budget::Open);
        assert_eq!(budget(world, 0).await, Budget::Open, "no limit");
        world.pass(hours(24));
        assert_eq!(budget(world, 800).await, Budget::Open);
    })
    .await;
}
