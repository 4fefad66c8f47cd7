//! Quoted replies.

use super::shortened;

#[test]
fn a_long_reply_is_cut_between_words() {
    let text = "Thank you for your message! We answer between 9:00 and 18:00.";
    assert_eq!(shortened(text), "Thank you for your message! We answer …");
    assert_eq!(shortened("Hello!"), "Hello!");
}
