//! Names of copies.

use super::*;

#[test]
fn a_copy_of_a_long_name_keeps_the_limit() {
    assert_eq!(copied_label("Prices"), "Prices (copy)");
    assert_eq!(copied_label(&"ü".repeat(80)).chars().count(), 80);
}
