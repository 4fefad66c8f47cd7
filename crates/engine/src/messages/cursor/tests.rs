//! Cursors in addresses.

use super::*;

#[test]
fn a_cursor_survives_the_address_of_a_page() {
    let key = Key {
        created_at: Timestamp::from_millis(1_795_000_000_000),
        id: Uuid::from_u128(7),
    };
    assert_eq!(Seek::from_cursor(&Cursor::Older(key.to_text())), Seek::OlderThan(key));
    assert_eq!(Seek::from_cursor(&Cursor::Newer("17950.nonsense".into())), Seek::Newest);
}
