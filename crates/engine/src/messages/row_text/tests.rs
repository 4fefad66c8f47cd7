//! The words of the log.

use super::*;

#[test]
fn the_outcome_is_not_said_twice() {
    assert_eq!(
        plain_reason(Reason::UnsentByCustomer),
        "The customer took the message back"
    );
    for reason in Reason::all() {
        let plain = plain_reason(*reason);
        assert!(
            !plain.starts_with("Not answered") && !plain.starts_with("Failed"),
            "{plain}"
        );
    }
}

#[test]
fn customers_are_four_letters() {
    assert_eq!(last_four("17841400008464821"), "4821");
    assert_eq!(last_four("7"), "7");
}
