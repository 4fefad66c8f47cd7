use super::*;
use crate::vault::{DigestKey, KeyRing, generate_key};

#[test]
fn a_cookie_opens_under_its_own_name_and_unchanged_only() {
    let vault = Vault::new(KeyRing::parse(&generate_key("test")).unwrap(), DigestKey::random());
    let sealed = vault.seal_cookie("flash", "what was typed").unwrap();
    assert_eq!(vault.open_cookie("flash", &sealed).as_deref(), Some("what was typed"));
    assert_eq!(vault.open_cookie("device", &sealed), None);
    for (index, _) in sealed.char_indices() {
        let mut changed = sealed.clone().into_bytes();
        changed[index] = if changed[index] == b'A' { b'B' } else { b'A' };
        assert_eq!(
            vault.open_cookie("flash", &String::from_utf8(changed).unwrap()),
            None,
            "{index}"
        );
    }
    for nonsense in ["", ".", "test", "test.", "test.!", "other.AAAA"] {
        assert_eq!(vault.open_cookie("flash", nonsense), None);
    }
}
