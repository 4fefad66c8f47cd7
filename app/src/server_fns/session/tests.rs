//! The sign-in redirects to pages of the admin UI only.

use super::safe_next;

#[test]
fn only_pages_of_ours_are_gone_to_after_a_sign_in() {
    assert_eq!(safe_next("/admin/credits?show=used".into()), "/admin/credits?show=used");
    for elsewhere in [
        "",
        "//evil.example",
        "https://evil.example",
        "/admin\\evil.example",
        "/administrator",
        "javascript:1",
        "/admin:1",
    ] {
        assert_eq!(safe_next(elsewhere.into()), "/admin", "{elsewhere}");
    }
}
