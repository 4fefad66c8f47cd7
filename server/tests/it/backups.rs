//! A backup is made, checked and restored from the command line; nothing is readable by others, nothing is overwritten.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;

use crate::commands::{code, run, text};

fn set_up(path: &Path) {
    let user = [
        "user",
        "create",
        "--email",
        "ana@shop.example",
        "--tenant",
        "shop",
        "--password-stdin",
    ];
    let grant = [
        "credits", "grant", "--tenant", "shop", "--amount", "25", "--note", "Welcome",
    ];
    assert_eq!(code(&run(path, &["migrate"], "")), 0);
    assert_eq!(code(&run(path, &user, "a long password")), 0);
    assert_eq!(code(&run(path, &grant, "")), 0);
}

fn ok(output: Output) -> String {
    assert_eq!(code(&output), 0, "{}", text(&output));
    text(&output)
}

fn refused(output: Output, words: &str) {
    assert_eq!(code(&output), 1, "{}", text(&output));
    assert!(text(&output).contains(words), "{}", text(&output));
}

fn rights(file: &Path) -> u32 {
    std::fs::metadata(file).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_lost_database_comes_back_from_its_backup() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    set_up(path);
    let said = ok(run(path, &["backup", "copy.db"], ""));
    assert!(said.contains("whole; open replies in it: 0"), "{said}");
    refused(run(path, &["backup", "copy.db"], ""), "copy.db cannot be made");
    ok(run(path, &["restore", "--check", "copy.db"], ""));
    refused(run(path, &["restore", "copy.db"], ""), "a restore never overwrites");

    std::fs::remove_dir_all(path.join("data")).unwrap();
    std::fs::create_dir(path.join("data")).unwrap();
    std::fs::write(
        path.join("data/concierge.db.restoring"),
        "left by a restore that was killed",
    )
    .unwrap();
    let said = ok(run(path, &["restore", "copy.db"], ""));
    assert!(said.contains("is restored"), "{said}");
    assert!(!path.join("data/concierge.db.restoring").exists());
    assert_eq!(rights(&path.join("data/concierge.db")), 0o600);
    ok(run(path, &["credits", "verify"], ""));
    let grant = [
        "credits", "grant", "--tenant", "shop", "--amount", "1", "--note", "One more",
    ];
    assert!(ok(run(path, &grant, "")).contains("shop has 26 credits"));
}

#[test]
fn a_damaged_backup_is_not_restored() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    set_up(path);
    ok(run(path, &["backup", "copy.db"], ""));
    let mut bytes = std::fs::read(path.join("copy.db")).unwrap();
    let half = bytes.len() / 2;
    bytes[half..half + 8192].fill(0x5a);
    std::fs::write(path.join("copy.db"), bytes).unwrap();
    let checked = run(path, &["restore", "--check", "copy.db"], "");
    assert_eq!(code(&checked), 1, "{}", text(&checked));
}

#[test]
fn only_its_owner_reads_the_database_and_its_backup() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    set_up(path);
    ok(run(path, &["backup", "copy.db"], ""));
    for file in ["data/concierge.db", "copy.db"] {
        assert_eq!(rights(&path.join(file)), 0o600, "{file}");
    }
    assert_eq!(rights(&path.join("data")), 0o700);
    std::fs::set_permissions(path.join("data/concierge.db"), PermissionsExt::from_mode(0o644)).unwrap();
    ok(run(path, &["migrate"], ""));
    assert_eq!(
        rights(&path.join("data/concierge.db")),
        0o600,
        "an older release left it open"
    );
}
