//! Keys of programs: shown once, known by a hash, named in the audit log, and gone when an owner says so.

use std::time::Duration;

use domain::api_keys::{ApiKeyDraft, MAX_KEYS, Scope, Scopes};
use engine::api_keys::{
    ANSWERS_KEPT_FOR, ApiKeys, ApiKeysError, Claim, Idempotency, StoredAnswer, authenticate, holds_still,
};
use engine::identity::Actor;

use crate::world::{World, an_owner, draft, tables_with, tell_with};

fn keys(world: &World) -> ApiKeys {
    ApiKeys::for_tenant(&world.database, world.shared_clock(), world.tenant)
}

fn for_a_website(days: Option<u32>) -> ApiKeyDraft {
    ApiKeyDraft {
        name: "Website".into(),
        scopes: Scopes::of([Scope::Read, Scope::WriteRules]),
        days,
    }
}

#[tokio::test]
async fn a_key_proves_its_program_until_it_is_revoked() {
    tell_with(an_owner, async |world| {
        let keys = keys(world);
        let made = keys.create(&for_a_website(None), world.actor()).await.unwrap();
        let text = made.secret.expose();
        let now = world.shared_clock().now();
        let caller = authenticate(&world.database, text, now)
            .await
            .unwrap()
            .expect("it is new");
        assert_eq!((caller.key, caller.tenant), (made.id, world.tenant));
        assert!(caller.may(Scope::Read) && caller.may(Scope::WriteRules));
        assert!(!caller.may(Scope::Switch) && !caller.may(Scope::Credits));

        let mut other = text.to_owned();
        let last = other.pop().unwrap();
        other.push(if last == '0' { '1' } else { '0' });
        assert_eq!(authenticate(&world.database, &other, now).await.unwrap(), None);

        assert_eq!(keys.revoke(made.id, world.actor()).await.unwrap(), "Website");
        assert_eq!(authenticate(&world.database, text, now).await.unwrap(), None);
        assert!(!holds_still(&world.database, made.id, now).await.unwrap());
        assert!(keys.list().await.unwrap().is_empty());
        assert!(matches!(
            keys.revoke(made.id, world.actor()).await,
            Err(ApiKeysError::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn a_key_ends_on_its_day_and_its_last_use_is_known_to_the_minute() {
    tell_with(an_owner, async |world| {
        let keys = keys(world);
        let made = keys.create(&for_a_website(Some(1)), world.actor()).await.unwrap();
        let text = made.secret.expose();
        assert_eq!(keys.list().await.unwrap()[0].last_used, None);
        let used = async || {
            authenticate(&world.database, text, world.shared_clock().now())
                .await
                .unwrap()
        };
        assert!(used().await.is_some());
        let first = keys.list().await.unwrap()[0].last_used.clone();
        assert!(first.is_some());
        world.pass(Duration::from_secs(59));
        used().await;
        assert_eq!(keys.list().await.unwrap()[0].last_used, first);
        world.pass(Duration::from_secs(1));
        used().await;
        assert_ne!(keys.list().await.unwrap()[0].last_used, first);

        world.pass(Duration::from_secs(24 * 60 * 60));
        assert!(used().await.is_none());
        assert!(keys.list().await.unwrap()[0].is_over);
    })
    .await;
}

#[tokio::test]
async fn no_table_holds_the_key() {
    tell_with(an_owner, async |world| {
        let made = keys(world).create(&for_a_website(None), world.actor()).await.unwrap();
        let (beginning, secret) = made.secret.expose().rsplit_once('_').unwrap();
        let prefix = beginning.rsplit_once('_').unwrap().1;
        assert_eq!(tables_with(world, secret).await, Vec::<String>::new());
        // The search finds what is there.
        assert_ne!(tables_with(world, prefix).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn neighbours_neither_see_nor_revoke_a_key() {
    tell_with(an_owner, async |world| {
        let made = keys(world).create(&for_a_website(None), world.actor()).await.unwrap();
        let neighbour = keys(&world.neighbour().await);
        assert!(neighbour.list().await.unwrap().is_empty());
        assert!(matches!(
            neighbour.revoke(made.id, Actor::Command).await,
            Err(ApiKeysError::NotFound)
        ));
        assert_eq!(keys(world).list().await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_workspace_has_so_many_keys_and_what_is_typed_is_checked() {
    tell_with(an_owner, async |world| {
        let keys = keys(world);
        let nameless = ApiKeyDraft {
            name: " ".into(),
            ..for_a_website(None)
        };
        assert!(matches!(
            keys.create(&nameless, world.actor()).await,
            Err(ApiKeysError::Invalid(_))
        ));
        for _ in 0..MAX_KEYS {
            keys.create(&for_a_website(None), world.actor()).await.unwrap();
        }
        let Err(ApiKeysError::Invalid(errors)) = keys.create(&for_a_website(None), world.actor()).await else {
            panic!("one too many");
        };
        assert_eq!(errors[0].field, "keys");
    })
    .await;
}

#[tokio::test]
async fn owners_who_make_keys_at_the_same_moment_make_no_more_than_there_may_be() {
    tell_with(an_owner, async |world| {
        let keys = keys(world);
        for _ in 0..MAX_KEYS - 1 {
            keys.create(&for_a_website(None), world.actor()).await.unwrap();
        }
        let draft = for_a_website(None);
        let at_once = (0..8).map(|_| keys.create(&draft, world.actor()));
        let made = futures::future::join_all(at_once).await;
        assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1);
        assert_eq!(keys.list().await.unwrap().len(), MAX_KEYS);
    })
    .await;
}

#[tokio::test]
async fn the_history_names_the_key_that_changed_a_rule() {
    tell_with(an_owner, async |world| {
        let made = keys(world).create(&for_a_website(None), world.actor()).await.unwrap();
        let rules = world.rules();
        let actor = Actor::ApiKey(made.id);
        rules.add(world.account, &draft("Prices"), None, actor).await.unwrap();
        let history = rules.history(world.account).await.unwrap();
        assert_eq!(history[0].by.as_deref(), Some("API key Website"));
    })
    .await;
}

#[tokio::test]
async fn a_repeated_write_gets_the_first_answer_for_a_day_and_is_never_done_twice() {
    tell_with(an_owner, async |world| {
        let made = keys(world).create(&for_a_website(None), world.actor()).await.unwrap();
        let writes = Idempotency::new(&world.database, world.shared_clock(), world.engine.vault());
        let claim = async |key: &str, digest: &[u8]| writes.claim(made.id, key, digest).await.unwrap();
        assert!(matches!(claim("a", b"one").await, Claim::First));
        assert!(matches!(claim("a", b"one").await, Claim::UnderWay));
        assert!(matches!(claim("a", b"two").await, Claim::AnotherRequest));

        let answer = StoredAnswer {
            status: 201,
            text: "CANARY-ANSWER".into(),
        };
        writes.finish(made.id, "a", &answer).await.unwrap();
        assert!(matches!(claim("a", b"one").await, Claim::Done(kept) if kept == answer));
        assert!(matches!(claim("a", b"two").await, Claim::AnotherRequest));
        assert_eq!(tables_with(world, "CANARY-ANSWER").await, Vec::<String>::new());

        assert!(matches!(claim("lost", b"one").await, Claim::First));
        world.pass(Duration::from_secs(60));
        assert!(matches!(claim("lost", b"one").await, Claim::Unknown));
        writes.release(made.id, "lost").await.unwrap();
        assert!(matches!(claim("lost", b"one").await, Claim::First));

        world.pass(ANSWERS_KEPT_FOR);
        assert!(matches!(claim("a", b"two").await, Claim::First));
    })
    .await;
}
