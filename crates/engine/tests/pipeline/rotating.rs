//! The encryption keys change, and what was noted as a digest before is still recognised.

use engine::Engine;
use engine::connect::SignedRequest;
use engine::storage::sql;
use engine::vault::{DigestKey, KeyRing, Vault, VaultError, generate_key, key_ids_in_use, missing_keys, rotate};
use futures::future::join_all;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::support::for_each_database;
use crate::world::{World, tell};

/// A server that has only the new key, after everything was sealed with it.
async fn after_rotation(world: &World) -> Engine {
    let new = generate_key("new");
    let both = SecretString::from(format!("{},{}", new.expose_secret(), world.key_text().expose_secret()));
    let both = KeyRing::parse(&both).unwrap();
    let vault = Vault::load(&world.database, both).await.unwrap();
    rotate(&world.database, &vault).await.unwrap();
    assert_eq!(key_ids_in_use(&world.database).await.unwrap(), ["new"]);
    let new = KeyRing::parse(&new).unwrap();
    world.engine_with_keys(world.database.handle(), new).await.unwrap()
}

#[tokio::test]
async fn a_postback_without_an_id_that_is_repeated_across_a_rotation_is_answered_once() {
    tell(async |world| {
        world.customer_asks("hello").await;
        let tap = world.element("postback", json!({ "title": "Hours", "payload": "HOURS" }));
        let delivery = world.delivery(&[tap]);
        assert_eq!(world.receive(&delivery).await.replies, 1);
        world.work().await;
        let server = after_rotation(world).await;
        assert_eq!(server.inbox().receive(&delivery).await.unwrap().replies, 0);
        world.work().await;
        assert_eq!(world.replies().len(), 2, "to the words and to the tap");
        assert_eq!(world.states().await, ["sent", "sent"]);
    })
    .await;
}

#[tokio::test]
async fn a_request_for_deletion_that_is_repeated_across_a_rotation_keeps_its_code() {
    tell(async |world| {
        let request = SignedRequest {
            person: "100200300400500".into(),
            issued_at: None,
        };
        let first = world.engine.connections().delete_data_of(&request).await.unwrap();
        let server = after_rotation(world).await;
        let again = server.connections().delete_data_of(&request).await.unwrap();
        assert_eq!(again, first);
    })
    .await;
}

#[tokio::test]
async fn servers_that_start_together_make_the_same_digests() {
    for_each_database(|database| async move {
        let ring = KeyRing::parse(&generate_key("first")).unwrap();
        let mut handles = Vec::new();
        for _ in 0..6 {
            handles.push(database.open_again().await);
        }
        let vaults = join_all(handles.iter().map(|handle| Vault::load(handle, ring.clone()))).await;
        let digests: Vec<String> = vaults
            .into_iter()
            .map(|vault| vault.unwrap().digest("story", b"the same"))
            .collect();
        assert_eq!(digests, vec![digests[0].clone(); 6], "{}", database.kind);
        let another = Vault::new(ring, DigestKey::random());
        assert_ne!(another.digest("story", b"the same"), digests[0]);
    })
    .await;
}

#[tokio::test]
async fn a_digest_key_that_cannot_be_opened_is_never_replaced() {
    for_each_database(|database| async move {
        let first = KeyRing::parse(&generate_key("first")).unwrap();
        Vault::load(&database, first.clone()).await.unwrap();
        let other = KeyRing::parse(&generate_key("other")).unwrap();
        assert_eq!(missing_keys(&database, &other).await.unwrap(), ["first"]);
        let refused = Vault::load(&database, other).await;
        assert!(matches!(refused, Err(VaultError::UnknownKey(id)) if id == "first"));
        let same_id = KeyRing::parse(&generate_key("first")).unwrap();
        let refused = Vault::load(&database, same_id).await;
        assert!(matches!(refused, Err(VaultError::Unreadable)));
        Vault::load(&database, first).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_copy_of_an_earlier_release_needs_no_key_for_digests() {
    for_each_database(|database| async move {
        sql::execute(database.writer(), "DROP TABLE digest_keys", [])
            .await
            .unwrap();
        assert!(key_ids_in_use(&database).await.unwrap().is_empty());
    })
    .await;
}
