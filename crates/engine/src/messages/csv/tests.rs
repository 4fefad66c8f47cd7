//! What a spreadsheet must not do.

use super::quoted;

#[test]
fn no_field_can_break_out_or_run() {
    assert_eq!(quoted("Rule 1, \"Hours\""), "\"Rule 1, \"\"Hours\"\"\"");
    assert_eq!(quoted("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
}
