//! Claims an answer must not make: that something was done or will be given, and that a person is writing.
//!
//! Phrases stand in `phrases.rs` and `denials.rs` for eight languages. A sentence is looked at clause by clause, so that *I cannot book that for
//! you* and *once your order is confirmed* stay what they are.

mod clauses;
mod denials;
mod finder;
mod minus;
mod phrases;

use std::sync::LazyLock;

use clauses::{Clause, clauses_of};
use denials::{DENIALS, DENIALS_ALONE};
use finder::Finder;
use minus::{is_discount, taken_off};
use phrases::{ALONE, CONDITIONS, FREE, NEGATIONS, NOT_FREE, NOT_TAKEN, PROMISES, Promise};

use super::held_piece::Place;
use super::text::Text;

/// The starts of all promises, each with its promise.
struct Starts {
    finder: Finder,
    promises: Vec<&'static Promise>,
}

static STARTS: LazyLock<Starts> = LazyLock::new(|| {
    let starts = || {
        PROMISES
            .iter()
            .flat_map(|promise| promise.starts.split('|').map(move |start| (start, promise)))
    };
    Starts {
        finder: Finder::new(starts().map(|(start, _)| start)),
        promises: starts().map(|(_, promise)| promise).collect(),
    }
});
static FREE_WORDS: LazyLock<Finder> = LazyLock::new(|| Finder::new(FREE.split('|')));
static DENIAL_PHRASES: LazyLock<Finder> = LazyLock::new(|| Finder::new(DENIALS.iter().map(|(phrase, _)| *phrase)));

/// Where `answer` promises something that no approved text promises in the same words.
pub(crate) fn promise(answer: &Text, approved: &[Text]) -> Option<Place> {
    let clauses = clauses_of(answer);
    let free = clauses.iter().find(|clause| says_free(clause));
    if let Some(clause) = free
        && !approved.iter().flat_map(clauses_of).any(|clause| says_free(&clause))
    {
        return Some(clause.place());
    }
    let promised = |clause| promises_in(clause).into_iter().map(move |said| (clause, said));
    let mut found = clauses.iter().flat_map(promised).peekable();
    found.peek()?;
    let minus: Vec<u32> = approved.iter().flat_map(taken_off).collect();
    let approved: Vec<Clause> = approved.iter().flat_map(clauses_of).collect();
    let unapproved = found.find(|(_, said)| {
        if is_discount(&said.what) && said.numbers.iter().any(|number| minus.contains(number)) {
            return false;
        }
        let holds =
            |clause: &Clause, words: &str| clause.holds(words) && !is_negated(clause, clause.end_of(words), false);
        !approved.iter().any(|clause| {
            let same = said.numbers.iter().any(|number| clause.numbers().contains(number));
            said.phrases.iter().any(|said| holds(clause, said)) || (same && holds(clause, &said.what))
        })
    });
    unapproved.map(|(clause, _)| clause.place())
}

/// A promise as it is compared.
struct Said {
    /// Its last words, with the word before them or, of what is given, with those after.
    phrases: Vec<String>,
    /// What is given, and the numbers in its clause: a discount of the same size may be called so in other words.
    what: String,
    numbers: Vec<u32>,
}

impl Said {
    fn whole(clause: &Clause) -> Self {
        Self {
            phrases: vec![clause.whole()],
            what: String::new(),
            numbers: Vec::new(),
        }
    }

    fn ending(clause: &Clause, end: usize, act: bool) -> Self {
        let after = clause.beginning(end).filter(|_| !act);
        Self {
            phrases: std::iter::once(clause.ending(end)).chain(after).collect(),
            what: clause.words_before(end).last().unwrap_or_default().to_owned(),
            numbers: if act { Vec::new() } else { clause.numbers() },
        }
    }
}

fn promises_in(clause: &Clause) -> Vec<Said> {
    if ALONE.split('|').any(|alone| clause.is(alone)) {
        return vec![Said::whole(clause)];
    }
    let mut candidates = STARTS.finder.hits_in(clause);
    candidates.dedup_by_key(|start| std::ptr::from_ref(STARTS.promises[*start]));
    let found = candidates.into_iter().filter_map(|start| {
        let promise = STARTS.promises[start];
        let (start, end) = spans(clause, promise)?;
        let excused = is_negated(clause, end, promise.verb_last) || (promise.act && is_conditional(clause, start));
        (!excused).then(|| Said::ending(clause, end, promise.act))
    });
    found.collect()
}

/// Whether the clause says that something costs nothing, and not in `feel free` or `gluten-free`.
fn says_free(clause: &Clause) -> bool {
    let words: Vec<&str> = FREE.split('|').collect();
    let free = FREE_WORDS
        .hits_in(clause)
        .into_iter()
        .flat_map(|free| clause.places(words[free]));
    let listed = |list: &str, word: &str| list.split(' ').any(|listed| listed == word);
    let mut said = free.filter(|(at, end)| {
        let before = clause.words_before(*at).last().unwrap_or_default();
        let after = clause.words_before(end + 1).nth(*end).unwrap_or_default();
        !listed(NOT_FREE, before) && !listed(NOT_TAKEN, after)
    });
    said.any(|(_, end)| !is_negated(clause, end, false))
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
    clause.negates(NEGATIONS, until)
}

fn is_conditional(clause: &Clause, start: usize) -> bool {
    CONDITIONS
        .split('|')
        .any(|condition| clause.places(condition).into_iter().any(|(at, _)| at < start))
}

/// Where `answer` says that a person is writing.
pub(crate) fn denial_of_being_automated(answer: &Text) -> Option<Place> {
    let clauses = clauses_of(answer);
    let denial = clauses.iter().find(|clause| {
        DENIALS_ALONE.split('|').any(|alone| clause.is(alone))
            || DENIAL_PHRASES.hits_in(clause).into_iter().any(|hit| {
                let (phrase, negates) = DENIALS[hit];
                let place = clause.places(phrase).into_iter().next();
                place.is_some_and(|(start, _)| negates || !is_negated(clause, start, false))
            })
    });
    denial.map(Clause::place)
}
