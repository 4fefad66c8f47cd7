//! Words and signs that say what a number counts, with one unit for the same thing in every language.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::unit_table::TABLE;

/// A currency, as coarse as its words: `dollars` does not say whose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Currency {
    /// `$` alone: dollars or pesos.
    DollarSign,
    Dollar,
    Peso,
    Sol,
    Euro,
    Pound,
    Real,
    Rupiah,
    Rupee,
    YenOrYuan,
    Franc,
    Krone,
    Zloty,
    Lira,
    Ruble,
    Won,
    Baht,
    Dong,
    Hryvnia,
    Ringgit,
    Dirham,
    /// The words around call it a price, no currency does.
    Unknown,
}

/// What is measured, after conversion to one size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Measure {
    Seconds,
    Minutes,
    Days,
    Nights,
    Months,
    Millimetres,
    Inches,
    Feet,
    Miles,
    Grams,
    Ounces,
    Millilitres,
    Degrees,
    SquareMetres,
}

/// The unit of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Money(Currency),
    /// Hundredths of a currency that is named elsewhere.
    Cents,
    Percent,
    /// Pounds of money or of weight.
    Pounds,
    Measure(Measure, u64),
    /// `10h`, `10 Uhr`, `10 heures`: a time of day, or hours.
    Clock {
        hours: bool,
    },
}

static UNITS: LazyLock<HashMap<&'static str, Unit>> = LazyLock::new(|| {
    let listed = TABLE
        .iter()
        .flat_map(|(unit, words)| words.split(' ').map(|word| (word, *unit)));
    listed.collect()
});

/// Words between a number and its unit that say nothing about it.
pub(crate) const BETWEEN: &str = " business working full whole calendar more extra first solid volle vollen ganze ganzen weitere weiteren ersten erste mas mais primeros primeras primeiros primeiras premiers premieres primi prime eerste hele volle pertama is робочі робочих рабочих рабочие ";

/// The unit a folded word or sign names. In scripts without spaces the word may go on after it.
pub(crate) fn unit(word: &str) -> Option<Unit> {
    if let Some(unit) = UNITS.get(word) {
        return Some(*unit);
    }
    if word.is_ascii() || !word.starts_with(goes_on) {
        return None;
    }
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).take(4);
    ends.filter_map(|end| UNITS.get(&word[..end])).last().copied()
}

/// Whether the whole word is a unit.
pub(crate) fn is_unit(word: &str) -> bool {
    UNITS.contains_key(word)
}

/// Letters of scripts that write what follows a unit into the same word: `12メートルです`, `320유로입니다`.
fn goes_on(c: char) -> bool {
    crate::answer_checks::characters::writes_without_spaces(c) || matches!(c, '\u{AC00}'..='\u{D7A3}')
}

#[cfg(test)]
mod tests {
    use super::super::unit_table::TABLE;
    use crate::matching::fold;

    #[test]
    fn every_word_stands_here_as_folding_leaves_it() {
        let words = TABLE.iter().flat_map(|(_, words)| words.split(' '));
        let unfolded: Vec<(&str, String)> = words.map(|word| (word, fold(word))).collect();
        let unfolded: Vec<_> = unfolded.into_iter().filter(|(word, folded)| word != folded).collect();
        assert_eq!(unfolded, []);
    }
}
