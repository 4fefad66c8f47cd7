//! Signatures, held against the example of the specification.

use super::*;

/// From the libraries of the Standard Webhooks project.
#[test]
fn the_example_of_the_specification_is_signed_as_it_says() {
    let secret = WebhookSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let signed = signature(
        &[secret],
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1_614_265_330,
        r#"{"test": 2432232314}"#,
    );
    assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

#[test]
fn a_secret_is_read_as_it_was_written() {
    let secret = WebhookSecret::from_bytes((0..32).collect());
    let again = WebhookSecret::parse(&secret.expose()).unwrap();
    assert_eq!(again.expose(), secret.expose());
    assert!(WebhookSecret::parse("secret").is_none());
}
