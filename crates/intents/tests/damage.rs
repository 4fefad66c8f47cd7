//! A model file that cannot be used is told apart from one that is not there.

mod support;

use std::fs;
use std::path::PathBuf;

use intents::{Encoder, LoadError, MODEL_FILE};

fn written(name: &str, content: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    fs::write(&path, content).expect("the folder for tests can be written");
    path
}

fn refusal(path: &std::path::Path) -> LoadError {
    Encoder::load(path).err().expect("no encoder comes out of this")
}

#[test]
fn no_file_is_missing() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("nothing-here");
    assert!(matches!(refusal(&folder.join(MODEL_FILE)), LoadError::Missing { .. }));
}

#[test]
fn a_folder_is_unreadable() {
    assert!(matches!(
        refusal(env!("CARGO_TARGET_TMPDIR").as_ref()),
        LoadError::Unreadable { .. }
    ));
}

#[test]
fn another_file_is_of_a_wrong_version() {
    for content in [&b""[..], b"USEM3\0v0 and so on", b"PK\x03\x04"] {
        let path = written("other", content);
        assert!(matches!(refusal(&path), LoadError::WrongVersion));
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn a_file_that_is_cut_off_or_changed_is_damaged() {
    if support::encoder().is_none() {
        return;
    }
    let mut model = fs::read(support::model_file()).unwrap();
    let cut = written("cut", &model[..model.len() - 1]);
    let begun = written("begun", &model[..20]);
    let middle = model.len() / 2;
    model[middle] ^= 1;
    let changed = written("changed", &model);
    for path in [cut, begun, changed] {
        assert!(matches!(refusal(&path), LoadError::Damaged), "{}", path.display());
        fs::remove_file(path).unwrap();
    }
}
