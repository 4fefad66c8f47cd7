//! Claims an answer must not make: that something was done or will be given, and that a person is writing.
//!
//! Phrases stand in `phrases.rs` for eight languages. A sentence is looked at clause by clause, so that *I cannot book that for
//! you* and *once your order is confirmed* stay what they are.

mod clauses;
mod phrases;

use clauses::{Clause, clauses_of};
use phrases::{ALONE, CONDITIONS, DENIALS, DENIALS_ALONE, NEGATIONS, PROMISES, Promise};

use super::text::Text;

/// Whether `answer` promises something that no approved text promises in the same words.
pub(crate) fn promises(answer: &Text, approved: &[Text]) -> bool {
    let clauses = clauses_of(answer);
    let mut found = clauses.iter().flat_map(promises_in).peekable();
    if found.peek().is_none() {
        return false;
    }
    let approved: Vec<Clause> = approved.iter().flat_map(clauses_of).collect();
    found.any(|said| {
        !approved
            .iter()
            .any(|clause| clause.holds(&said) && !is_negated(clause, clause.end_of(&said), false))
    })
}

/// What `clause` promises: the last words of each promise with the word before them.
fn promises_in(clause: &Clause) -> Vec<String> {
    if ALONE.split('|').any(|alone| clause.is(alone)) {
        return vec![clause.whole()];
    }
    let found = PROMISES.iter().filter_map(|promise| {
        let (start, end) = spans(clause, promise)?;
        let excused = is_negated(clause, end, promise.verb_last) || (promise.act && is_conditional(clause, start));
        (!excused).then(|| clause.ending(end))
    });
    found.collect()
}

/// Where a promise begins and ends in the clause: one of its starts, then within its gap one of its ends.
fn spans(clause: &Clause, promise: &Promise) -> Option<(usize, usize)> {
    promise.starts.split('|').find_map(|start| {
        clause.places(start).into_iter().find_map(|(at, after)| {
            if promise.ends.is_empty() {
                return Some((at, after));
            }
            promise.ends.split('|').find_map(|end| {
                let mut places = clause.places(end).into_iter();
                places
                    .find(|(from, _)| *from >= after && from - after <= promise.gap)
                    .map(|(_, to)| (at, to))
            })
        })
    })
}

/// Whether the clause says *not*: before the end of the promise, or anywhere where the verb stands last.
fn is_negated(clause: &Clause, end: usize, anywhere: bool) -> bool {
    let until = if anywhere { usize::MAX } else { end };
    clause
        .words_before(until)
        .any(|word| NEGATIONS.split(' ').any(|negation| negation == word))
}

fn is_conditional(clause: &Clause, start: usize) -> bool {
    CONDITIONS
        .split('|')
        .any(|condition| clause.places(condition).into_iter().any(|(at, _)| at < start))
}

/// Whether `answer` says that a person is writing.
pub(crate) fn denies_being_automated(answer: &Text) -> bool {
    clauses_of(answer).iter().any(|clause| {
        DENIALS_ALONE.split('|').any(|alone| clause.is(alone))
            || DENIALS.iter().any(|(phrase, negates)| {
                let place = clause.places(phrase).into_iter().next();
                place.is_some_and(|(start, _)| *negates || !is_negated(clause, start, false))
            })
    })
}
