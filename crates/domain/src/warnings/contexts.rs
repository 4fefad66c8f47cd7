//! What can stand around a keyword, as far as matching can tell: one example of each kind that word segmentation (UAX 29) treats
//! differently, made of signs that occur in no keyword, so that no keyword is found where the example begins or ends.

use std::collections::BTreeSet;

use crate::matching::FORCED_EDGES;

/// Examples of what stands before and after a keyword.
#[derive(Debug)]
pub(super) struct Contexts {
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
}

impl Contexts {
    /// For keywords that are made of `used`.
    pub(super) fn without(used: &BTreeSet<char>) -> Self {
        // Georgian, Ethiopic and Canadian letters: some keyword would have to use a thousand of them.
        let letter = fresh(
            used,
            &[
                '\u{10D0}'..='\u{10F0}',
                '\u{1200}'..='\u{1248}',
                '\u{1401}'..='\u{1676}',
            ],
        );
        let hebrew = fresh(used, &['\u{5D0}'..='\u{5EA}']);
        let kana = fresh(used, &['\u{30A1}'..='\u{30FA}']);
        let flag = fresh(used, &['\u{1F1E6}'..='\u{1F1FF}']);
        // Marks that neither combine with a letter into another nor are removed with accents; and what separates words.
        let mark = fresh(used, &['\u{1AB0}'..='\u{1ABD}', '\u{20D0}'..='\u{20DC}']);
        let sign = fresh(
            used,
            &['!'..='!', '?'..='?', '\u{2200}'..='\u{2211}', '\u{2295}'..='\u{22FF}'],
        );
        let kinds = [letter, hebrew, kana, flag, sign].into_iter().chain(digits(used));
        let mut before: Vec<String> = vec![String::new()];
        let mut after: Vec<String> = vec![String::new()];
        for kind in kinds {
            before.push(format!("{kind} "));
            after.push(format!(" {kind}"));
            before.push(kind.to_string());
            after.push(kind.to_string());
        }
        for glue in ['\u{200D}', mark] {
            before.push(format!("{letter}{glue}"));
            after.push(format!("{glue}{letter}"));
            after.push(glue.to_string());
        }
        // These have an edge on both sides even before a mark, and each joins otherwise what lies beyond.
        for sign in FORCED_EDGES {
            before.push(format!("{letter}{sign}"));
            after.push(format!("{sign}{letter}"));
        }
        Self { before, after }
    }
}

/// A digit that no keyword uses, or all ten: the digits of every script are these.
fn digits(used: &BTreeSet<char>) -> Vec<char> {
    ('0'..='9')
        .find(|digit| !used.contains(digit))
        .map_or_else(|| ('0'..='9').collect(), |fresh| vec![fresh])
}

fn fresh(used: &BTreeSet<char>, ranges: &[std::ops::RangeInclusive<char>]) -> char {
    let all = || ranges.iter().cloned().flatten();
    let first = all().next().unwrap_or('x');
    all().find(|c| !used.contains(c)).unwrap_or(first)
}
