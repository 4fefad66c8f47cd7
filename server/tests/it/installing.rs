//! The admin on the home screen of a phone: a manifest whose icons exist, and pages that name both.

use std::path::Path;

use crate::shared::TestDatabases;
use crate::support::World;

#[tokio::test]
async fn every_page_names_the_manifest_the_icons_and_its_colours() {
    let database = TestDatabases::sqlite().await;
    let world = World::open(&database).await;
    let page = world.browser().get("/login").await;
    for named in [
        "rel=\"manifest\" href=\"/manifest.webmanifest\"",
        "rel=\"apple-touch-icon\" href=\"/apple-touch-icon.png\"",
        "name=\"theme-color\"",
    ] {
        assert!(page.body.contains(named), "{named}: {}", page.body);
    }
    let policy = page.header("content-security-policy");
    assert!(policy.contains("manifest-src 'self'"), "{policy}");
}

#[test]
fn the_manifest_opens_the_admin_and_its_icons_have_the_sizes_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style/public");
    let manifest = std::fs::read_to_string(folder.join("manifest.webmanifest")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["start_url"], "/admin");
    let icons = manifest["icons"].as_array().unwrap();
    assert!(icons.iter().any(|icon| icon["purpose"] == "maskable"), "{icons:?}");
    for icon in icons {
        let file = folder.join(icon["src"].as_str().unwrap().trim_start_matches('/'));
        let (width, height) = png_size(&std::fs::read(&file).unwrap());
        assert_eq!(icon["sizes"], format!("{width}x{height}"), "{}", file.display());
    }
    assert_eq!(
        png_size(&std::fs::read(folder.join("apple-touch-icon.png")).unwrap()),
        (180, 180)
    );
    for icon in ["favicon.svg", "favicon-trouble.svg"] {
        assert!(folder.join(icon).is_file(), "{icon}");
    }
}

/// From the header, which is the same in every PNG.
fn png_size(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}
