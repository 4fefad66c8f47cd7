//! The sentences, held by a snapshot, and the style they share.

use std::fmt::Write;

use super::*;

#[test]
fn every_sentence() {
    let mut text = String::new();
    for reason in Reason::all() {
        let next = reason.next_step().unwrap_or("–");
        writeln!(
            text,
            "{reason} ({})\n  {}\n  {next}",
            reason.outcome_kind(),
            reason.sentence()
        )
        .expect("text");
    }
    for wait in WaitReason::all() {
        writeln!(
            text,
            "{wait} (waiting)\n  {}\n  {}",
            wait.sentence(),
            wait.next_step().unwrap_or("–")
        )
        .expect("text");
    }
    insta::assert_snapshot!("sentences", text);
}

#[test]
fn the_first_word_says_how_it_ended() {
    for reason in Reason::all() {
        let start = match reason.outcome_kind() {
            OutcomeKind::Failed => "Failed: ",
            OutcomeKind::Skipped => "Not answered: ",
        };
        assert!(reason.sentence().starts_with(start), "{reason}");
    }
    for wait in WaitReason::all() {
        assert!(wait.sentence().starts_with("Waiting: "), "{wait}");
    }
}

#[test]
fn the_style_of_the_house() {
    let said = Reason::all()
        .iter()
        .flat_map(|reason| [Some(reason.sentence()), reason.next_step()]);
    let waits = WaitReason::all()
        .iter()
        .flat_map(|wait| [Some(wait.sentence()), wait.next_step()]);
    for sentence in said.chain(waits).flatten() {
        let lower = sentence.to_lowercase();
        for word in [
            "please",
            "oops",
            "invalid",
            "successfully",
            "skipped",
            "restored",
            "webhook",
        ] {
            assert!(!lower.contains(word), "{sentence}");
        }
    }
    for step in Reason::all().iter().filter_map(|reason| reason.next_step()) {
        assert!(step.ends_with('.'), "{step}");
    }
}
