//! Signing in, and what guessing costs.

use std::time::Duration;

use domain::time::Timestamp;
use engine::identity::{AuthenticatedUser, SignInError, authenticated_user};
use secrecy::SecretString;

use crate::world::{NOON, PASSWORD, World, an_owner, tell_with};

const HOME: &str = "192.0.2.7";

async fn attempt(world: &World, email: &str, password: &str, network: &str) -> Result<AuthenticatedUser, SignInError> {
    world
        .sign_in()
        .attempt(email, &SecretString::from(password), network)
        .await
}

fn wait(result: Result<AuthenticatedUser, SignInError>) -> Timestamp {
    match result {
        Err(SignInError::Wait { until }) => until,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_right_password_opens_whatever_the_address_capitalises() {
    tell_with(an_owner, async |world| {
        let user = attempt(world, " OWNER@bloom.example ", PASSWORD, HOME).await.unwrap();
        assert_eq!(user.id, world.owner());
        assert_eq!(authenticated_user(&world.database, user.id).await.unwrap(), Some(user));
        for (email, password) in [
            ("owner@bloom.example", "wrong"),
            ("nobody@bloom.example", PASSWORD),
            ("", ""),
        ] {
            let result = attempt(world, email, password, HOME).await;
            assert!(matches!(result, Err(SignInError::Wrong)), "{result:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn five_wrong_tries_make_one_wait_and_the_wait_grows() {
    tell_with(an_owner, async |world| {
        let email = "owner@bloom.example";
        for _ in 0..5 {
            assert!(matches!(
                attempt(world, email, "wrong", HOME).await,
                Err(SignInError::Wrong)
            ));
        }
        let now = NOON;
        assert_eq!(
            wait(attempt(world, email, PASSWORD, HOME).await),
            now + Duration::from_secs(15)
        );
        assert_eq!(
            attempt(world, email, PASSWORD, "198.51.100.1").await.unwrap().id,
            world.owner(),
            "elsewhere is free"
        );

        world.pass(Duration::from_secs(15));
        assert!(matches!(
            attempt(world, email, "wrong", HOME).await,
            Err(SignInError::Wrong)
        ));
        assert_eq!(
            wait(attempt(world, email, PASSWORD, HOME).await),
            now + Duration::from_secs(15 + 30)
        );
        world.pass(Duration::from_secs(30));
        attempt(world, email, PASSWORD, HOME).await.unwrap();
        for _ in 0..4 {
            assert!(
                matches!(attempt(world, email, "wrong", HOME).await, Err(SignInError::Wrong)),
                "counted anew"
            );
        }
        attempt(world, email, PASSWORD, HOME)
            .await
            .expect("the fifth try is free again");
    })
    .await;
}

#[tokio::test]
async fn strangers_everywhere_delay_an_address_by_thirty_seconds_at_most() {
    tell_with(an_owner, async |world| {
        let email = "owner@bloom.example";
        for guess in 0..30 {
            let _ = attempt(world, email, "wrong", &format!("198.51.100.{guess}")).await;
            world.pass(Duration::from_secs(30));
        }
        let blocked = attempt(world, email, "wrong", "203.0.113.1").await;
        assert!(matches!(blocked, Err(SignInError::Wrong)));
        let until = wait(attempt(world, email, PASSWORD, HOME).await);
        let now = NOON + Duration::from_secs(30 * 30);
        assert_eq!(until.since(now), Duration::from_secs(30));
        world.pass(Duration::from_secs(30));
        attempt(world, email, PASSWORD, HOME)
            .await
            .expect("after that the owner comes in");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_guesses_at_once_are_not_a_hundred_chances() {
    tell_with(an_owner, async |world| {
        let guesses = (0..20).map(|_| {
            let sign_in = world.sign_in();
            tokio::spawn(async move { sign_in.attempt("owner@bloom.example", &"wrong".into(), HOME).await })
        });
        let mut looked_at = 0;
        for guess in guesses.collect::<Vec<_>>() {
            looked_at += i32::from(matches!(guess.await.unwrap(), Err(SignInError::Wrong)));
        }
        assert_eq!(looked_at, 5);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_address_is_throttled_just_the_same() {
    tell_with(an_owner, async |world| {
        for _ in 0..5 {
            assert!(matches!(
                attempt(world, "nobody@x.example", "wrong", HOME).await,
                Err(SignInError::Wrong)
            ));
        }
        wait(attempt(world, "nobody@x.example", "wrong", HOME).await);
        world.pass(Duration::from_secs(2 * 60 * 60));
        assert_eq!(world.sign_in().purge().await.unwrap(), 2);
    })
    .await;
}
