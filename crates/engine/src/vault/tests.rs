//! A sealed value opens at its own place only.

use domain::ids::TenantId;
use proptest::prelude::*;
use secrecy::SecretString;
use uuid::Uuid;

use super::*;

fn ring(entries: &[&SecretString]) -> KeyRing {
    use secrecy::ExposeSecret;
    let list: Vec<&str> = entries.iter().map(|entry| entry.expose_secret()).collect();
    KeyRing::parse(&list.join(",").into()).unwrap()
}

fn place() -> (TenantId, Uuid) {
    (TenantId::from_uuid(Uuid::now_v7()), Uuid::now_v7())
}

proptest! {
    #[test]
    fn what_is_sealed_opens_again(text in ".{0,300}") {
        let vault = Vault::new(ring(&[&generate_key("a")]), DigestKey::random());
        let (tenant, owner) = place();
        let sealed = vault.seal(SealedPurpose::InboundBody, tenant, owner, text.as_bytes()).unwrap();
        prop_assert_eq!(vault.open(SealedPurpose::InboundBody, tenant, owner, &sealed).unwrap(), text.as_bytes());
    }
}

#[test]
fn a_moved_value_is_worthless() {
    let vault = Vault::new(ring(&[&generate_key("a")]), DigestKey::random());
    let (tenant, owner) = place();
    let (other_tenant, other_owner) = place();
    let sealed = vault.seal(SealedPurpose::PageToken, tenant, owner, b"token").unwrap();
    let open = |purpose, tenant, owner| vault.open(purpose, tenant, owner, &sealed);
    assert!(open(SealedPurpose::PageToken, tenant, owner).is_ok());
    assert!(open(SealedPurpose::UserToken, tenant, owner).is_err());
    assert!(open(SealedPurpose::PageToken, other_tenant, owner).is_err());
    assert!(open(SealedPurpose::PageToken, tenant, other_owner).is_err());
}

#[test]
fn an_older_key_still_opens_and_a_missing_one_is_named() {
    let (old, new) = (generate_key("old"), generate_key("new"));
    let (tenant, owner) = place();
    let sealed = Vault::new(ring(&[&old]), DigestKey::random())
        .seal(SealedPurpose::PageToken, tenant, owner, b"token")
        .unwrap();
    let rotated = Vault::new(ring(&[&new, &old]), DigestKey::random());
    assert_eq!(
        rotated.open(SealedPurpose::PageToken, tenant, owner, &sealed).unwrap(),
        b"token"
    );
    let without = Vault::new(ring(&[&new]), DigestKey::random());
    let error = without
        .open(SealedPurpose::PageToken, tenant, owner, &sealed)
        .unwrap_err();
    assert!(matches!(error, VaultError::UnknownKey(id) if id == "old"));
}

#[test]
fn a_digest_depends_on_its_purpose_and_on_no_encryption_key() {
    let digest_key = DigestKey::random();
    let vault = Vault::new(ring(&[&generate_key("a")]), digest_key.clone());
    let rotated = Vault::new(ring(&[&generate_key("b")]), digest_key);
    assert_eq!(vault.digest("event", b"text"), rotated.digest("event", b"text"));
    assert_ne!(vault.digest("event", b"text"), vault.digest("echo", b"text"));
    assert_ne!(vault.digest("event", b"text"), vault.digest("event", b"texts"));
}

#[test]
fn a_wrong_key_list_says_which_entry() {
    let parse = |list: &str| KeyRing::parse(&list.to_owned().into()).unwrap_err();
    assert_eq!(parse(" , "), KeyRingError::Empty);
    assert_eq!(parse("nocolon"), KeyRingError::Malformed { position: 1 });
    assert_eq!(parse("a b:xx"), KeyRingError::BadId { position: 1 });
    assert_eq!(parse("k1:AAAA"), KeyRingError::BadKey { id: "k1".into() });
}
