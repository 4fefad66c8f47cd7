use proptest::prelude::*;
use url::Url;

use super::*;

#[test]
fn ways_out_of_the_site_are_no_paths() {
    for way_out in [
        "",
        "admin",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/admin\r\nset-cookie: a=b",
        "https://evil.example",
        "javascript:alert(1)",
        "/ä",
        "/a b",
    ] {
        assert_eq!(LocalPath::parse(way_out), None, "{way_out:?}");
    }
    assert_eq!(
        LocalPath::parse("/admin/credits?show=used#batches").unwrap().path(),
        "/admin/credits"
    );
}

proptest! {
    #[test]
    fn whatever_is_taken_stays_on_the_site(text in "[/\\\\a-z:@?#.\t\n %]{0,12}") {
        let base = Url::parse("https://concierge.example/admin").unwrap();
        if let Some(path) = LocalPath::parse(&text) {
            let target = base.join(path.as_str()).unwrap();
            prop_assert_eq!(target.origin(), base.origin());
        }
    }

    #[test]
    fn the_way_back_is_whole(page in "/[ -~]{0,40}") {
        let path = LocalPath::sign_in(&page);
        prop_assert_eq!(LocalPath::parse(path.as_str()), Some(path.clone()));
        let url = Url::parse("https://concierge.example").unwrap().join(path.as_str()).unwrap();
        let next = url.query_pairs().find(|(name, _)| name == "next").unwrap().1.into_owned();
        prop_assert_eq!(next, page);
    }
}
