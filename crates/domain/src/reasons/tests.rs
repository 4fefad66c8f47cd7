//! The sentences, held by a snapshot, and the style they share.

use std::collections::BTreeSet;
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

/// Two reasons that read the same could not be told apart in the log, nor could a reason and a wait.
#[test]
fn no_two_sentences_are_the_same_and_all_fit_into_others() {
    let reasons = Reason::all().iter().map(|reason| reason.sentence());
    let sentences: Vec<&str> = reasons
        .chain(WaitReason::all().iter().map(|wait| wait.sentence()))
        .collect();
    let different: BTreeSet<&str> = sentences.iter().copied().collect();
    assert_eq!(different.len(), sentences.len());
    for sentence in sentences {
        // Pages put their own words and the full stop behind it.
        assert!(!sentence.ends_with(['.', '!', ' ']), "{sentence}");
        assert!(
            sentence.chars().count() <= 70,
            "{sentence} does not fit into a column of the log"
        );
    }
}

/// What was not tried took no credit, so nothing can be given back.
#[test]
fn only_what_failed_gives_a_credit_back() {
    for reason in Reason::all() {
        let gives_back = reason.sentence().ends_with("Credit given back");
        assert!(!gives_back || reason.outcome_kind() == OutcomeKind::Failed, "{reason}");
    }
}

/// Who waits is told what ends the waiting: they, or nobody has to do anything.
#[test]
fn every_wait_says_how_it_ends() {
    for wait in WaitReason::all() {
        let step = wait.next_step().expect("a wait has an end");
        let by_itself = step.contains("by itself");
        let needs_somebody = matches!(wait, WaitReason::NeedsReconnect | WaitReason::NeedsAttention);
        assert_ne!(by_itself, needs_somebody, "{wait}: {step}");
    }
}
