//! Only Meta's own callbacks are read, and nothing makes the reader fall over.

use base64::Engine as _;
use base64::prelude::{BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD};
use domain::time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use secrecy::SecretString;
use sha2::Sha256;

use super::{SignedRequest, SignedRequestError, read_signed_request};

/// An hour after 1970 began, and a second.
const NOW: Timestamp = Timestamp::from_millis(3_601_000);

fn secrets() -> Vec<SecretString> {
    vec!["new".into(), "old".into()]
}

fn signed(secret: &str, payload: &str, padded: bool) -> String {
    let engine = if padded {
        BASE64_URL_SAFE
    } else {
        BASE64_URL_SAFE_NO_PAD
    };
    let payload = engine.encode(payload);
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(payload.as_bytes());
    format!("{}.{payload}", engine.encode(mac.finalize().into_bytes()))
}

#[test]
fn any_of_the_secrets_proves_it_padded_or_not() {
    let payload = r#"{"user_id":"10229981734501122","algorithm":"hmac-sha256","issued_at":1}"#;
    for secret in ["new", "old"] {
        for padded in [true, false] {
            let read = read_signed_request(&signed(secret, payload, padded), &secrets(), NOW);
            let request = SignedRequest {
                person: "10229981734501122".into(),
                issued_at: Some(Timestamp::from_millis(1_000)),
            };
            assert_eq!(read, Ok(request));
        }
    }
    let number = r#"{"user_id":10229981734501122,"algorithm":"HMAC-SHA256"}"#;
    let read = read_signed_request(&signed("new", number, false), &secrets(), NOW);
    let request = SignedRequest {
        person: "10229981734501122".into(),
        issued_at: None,
    };
    assert_eq!(read, Ok(request));
}

#[test]
fn a_foreign_signature_is_refused_before_the_payload_is_read() {
    let other = signed("other", r#"{"user_id":"1","algorithm":"HMAC-SHA256"}"#, false);
    assert_eq!(
        read_signed_request(&other, &secrets(), NOW),
        Err(SignedRequestError::Signature)
    );
    assert_eq!(
        read_signed_request(&other, &[], NOW),
        Err(SignedRequestError::Signature)
    );
}

#[test]
fn what_was_signed_more_than_an_hour_ago_is_refused() {
    let payload = |issued_at: i64| format!(r#"{{"user_id":"1","algorithm":"HMAC-SHA256","issued_at":{issued_at}}}"#);
    let read = |issued_at| read_signed_request(&signed("new", &payload(issued_at), false), &secrets(), NOW);
    assert_eq!(read(0), Err(SignedRequestError::TooOld));
    assert_eq!(read(i64::MIN), Err(SignedRequestError::TooOld));
    assert!(read(1).is_ok() && read(i64::MAX).is_ok());
}

#[test]
fn another_algorithm_or_a_strange_id_is_malformed() {
    for payload in [
        r#"{"user_id":"1","algorithm":"none"}"#,
        r#"{"user_id":"1"}"#,
        r#"{"algorithm":"HMAC-SHA256"}"#,
        r#"{"user_id":"../1","algorithm":"HMAC-SHA256"}"#,
        r#"{"user_id":"","algorithm":"HMAC-SHA256"}"#,
        "not json",
        "[]",
    ] {
        let read = read_signed_request(&signed("new", payload, false), &secrets(), NOW);
        assert_eq!(read, Err(SignedRequestError::Malformed), "{payload}");
    }
}

proptest! {
    #[test]
    fn nothing_makes_it_fall_over(text in ".{0,200}") {
        let _ = read_signed_request(&text, &secrets(), NOW);
    }

    #[test]
    fn a_changed_character_is_noticed(at in 0usize..100, replacement in "[A-Za-z0-9_-]") {
        let whole = signed("new", r#"{"user_id":"1","algorithm":"HMAC-SHA256"}"#, false);
        let at = at % whole.len();
        let mut changed = whole.clone();
        changed.replace_range(at..=at, &replacement);
        // The last digit of a signature without padding holds bits that carry nothing.
        let carries_nothing = at == whole.find('.').unwrap() - 1;
        prop_assume!(changed != whole && !carries_nothing);
        prop_assert!(read_signed_request(&changed, &secrets(), NOW).is_err());
    }

    #[test]
    fn signed_nonsense_is_malformed_at_worst(payload in any::<Vec<u8>>()) {
        let payload = String::from_utf8_lossy(&payload).into_owned();
        let read = read_signed_request(&signed("new", &payload, false), &secrets(), NOW);
        prop_assert_ne!(read, Err(SignedRequestError::Signature));
    }
}
