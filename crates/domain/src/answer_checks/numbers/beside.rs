//! The unit that stands beside a number: after it, before it, or beside the number that ends its range.

use super::fractions;
use super::read::{Reader, listed};
use super::scan::Number;
use super::units::{BETWEEN, Currency, Measure, Unit, unit};
use crate::answer_checks::language::Language;
use crate::answer_checks::text::{Kind, Text};

const AND: &str = "and y e et und en con com dan";

impl Reader<'_> {
    /// The unit beside the number, how many numbers that takes, and the values with it.
    pub(super) fn unit_of(&self, at: usize) -> Option<(Unit, usize, Vec<u64>)> {
        let number = &self.numbers[at];
        // `$85 full day`
        if let Some(unit) = self.sign_before(number) {
            return Some((unit, 1, number.values.clone()));
        }
        let after = self.unit_after(number.last);
        if let Some((unit, last)) = after.filter(|(unit, last)| !self.is_prefix_of_next(at, *last, *unit)) {
            let cents = self.cents_after(at, last, unit);
            let takes = 1 + usize::from(cents.is_some());
            let values = number
                .values
                .iter()
                .map(|value| value.saturating_add(cents.unwrap_or_else(|| self.part_after(number, last))));
            return Some((unit, takes, values.collect()));
        }
        let unit = self.currency_before(number.first).or_else(|| {
            // Thousands of what is not said are rupiah.
            (matches!(self.text.word(number.last), "ribu" | "rb" | "juta" | "jt")
                || self.is_thousands_of_rupiah(number))
            .then_some(Unit::Money(Currency::Unknown))
        })?;
        Some((unit, 1, number.values.clone()))
    }

    /// The currency whose sign touches the number, where no unit touches it on the other side.
    fn sign_before(&self, number: &Number) -> Option<Unit> {
        let sign = number.first.checked_sub(1)?;
        let touches = self.text.kind(sign) == Kind::Sign && self.text.glued(number.first);
        let open = touches
            && !self.text.glued(number.last + 1)
            && self
                .unit_after(number.last)
                .is_some_and(|(found, _)| !matches!(found, Unit::Money(_)));
        self.currency_before(number.first).filter(|_| open)
    }

    /// Thousandths that `and a half` adds after the unit that ends at token `last`.
    fn part_after(&self, number: &Number, last: usize) -> u64 {
        let whole = number.values.iter().all(|value| value % 1_000 == 0);
        fractions::after_unit(self.text, last)
            .filter(|_| whole)
            .map_or(0, |(part, _)| part)
    }

    /// The unit and its last token.
    pub(super) fn unit_after(&self, last: usize) -> Option<(Unit, usize)> {
        let text = self.text;
        let mut at = last + 1;
        // `20,- €`
        let bare = matches!(text.word(at), "," | ".") && text.word(at + 1) == "-" && text.glued(at + 1);
        if bare {
            at += 2 + usize::from(text.word(at + 2) == "-");
        }
        if text.word(at) == "-" && text.glued(at) && text.glued(at + 1) && text.kind(at + 1) == Kind::Word {
            at += 1;
        }
        // `un'ora`, `jedes 3. Jahr`
        let each = last
            .checked_sub(1)
            .is_some_and(|at| listed("jedes jeden jede jeder im am alle", text.word(at)));
        let ordinal = self.approved && each && text.word(at) == "." && text.glued(at);
        if text.word(at) == "'" || (ordinal && matches!(unit(text.word(at + 1)), Some(Unit::Measure(..)))) {
            at += 1;
        }
        if self.is_minute_sign(last) {
            return Some((Unit::Measure(Measure::Minutes, 1), last + 1));
        }
        if self.is_no_unit(at) {
            return None;
        }
        if matches!(text.word(at), "per" | "por" | "pour") && matches!(text.word(at + 1), "cent" | "ciento" | "cento") {
            return Some((Unit::Percent, at + 1));
        }
        if let Some(currency) = currency_of_two(text, at) {
            return Some((currency, at + 1));
        }
        if let Some(found) = self.initial_unit(at) {
            return Some((found, at));
        }
        if let Some(found) = unit(text.word(at)).filter(|_| !self.is_age(at)) {
            // `60 °F`
            let sign = text.word(at) == "°" && text.glued(at + 1) && matches!(text.word(at + 1), "c" | "f");
            return Some((found, at + usize::from(sign)));
        }
        if listed(BETWEEN, text.word(at)) {
            // Turkish `iş` of working days: `Menu 2 is € 40` is English.
            let fits = |found: &Unit| text.word(at) != "is" || matches!(found, Unit::Measure(Measure::Days, _));
            return unit(text.word(at + 1)).filter(fits).map(|found| (found, at + 1));
        }
        bare.then_some((Unit::Money(Currency::Unknown), at - 1))
    }

    /// `60 F`; `16 J.` are years in German and Dutch, `3 j` days in French.
    fn initial_unit(&self, at: usize) -> Option<Unit> {
        let years = self.languages.has(Language::German) || self.languages.has(Language::Dutch);
        match (self.text.word(at), years, self.languages.has(Language::French)) {
            ("c" | "f", ..)
                if !matches!(self.text.word(at + 1), "'" | "/") && self.text.kind(at + 1) != Kind::Number =>
            {
                Some(Unit::Measure(Measure::Degrees, 1))
            }
            // Soles are of shoes in English.
            ("soles", ..) if !self.languages.has(Language::English) => Some(Unit::Money(Currency::Sol)),
            // `60in`
            ("in", ..) if self.text.glued(at) => Some(Unit::Measure(Measure::Inches, 1)),
            ("j", false, true) => Some(Unit::Measure(Measure::Days, 1)),
            ("j", ..) => Some(Unit::Measure(Measure::Months, 12)),
            _ => None,
        }
    }

    /// `22k`, and in an approved text `28.000`, where Indonesian names no currency.
    fn is_thousands_of_rupiah(&self, number: &Number) -> bool {
        let last = self.text.word(number.last);
        let dotted = self.approved && last.ends_with(".000");
        self.languages.has(Language::Indonesian) && (last == "k" || dotted)
    }

    /// `10' antes`, and not the end of a quotation.
    fn is_minute_sign(&self, last: usize) -> bool {
        let text = self.text;
        let sign = text.word(last + 1) == "'"
            && text.glued(last + 1)
            && (!text.glued(last + 2) || text.kind(last + 2) == Kind::Sign);
        let quoted = last > 0 && text.word(last - 1) == "'";
        sign && !quoted && text.kind(last) == Kind::Number && text.word(last).len() <= 3
    }

    /// `15th`, `$3 an hour`, `10 c'est`
    fn is_no_unit(&self, at: usize) -> bool {
        match self.text.word(at) {
            "th" => self.text.glued(at),
            // `tanggal 5 dong`
            "dong" => self
                .numbers
                .iter()
                .any(|number| number.last + 1 == at && number.whole().is_some_and(|value| value < 1_000)),
            // Years in French only: `die Nummer 2291 an Mirjam`
            "an" => !self.languages.has(Language::French) || unit(self.text.word(at + 1)).is_some(),
            "c" | "l" | "m" | "d" => self.text.word(at + 1) == "'",
            _ => false,
        }
    }

    /// `7 years old`, `a 7-year-old`, by the token of the years.
    pub(super) fn is_age(&self, at: usize) -> bool {
        let (next, after) = (self.text.word(at + 1), self.text.word(at + 2));
        next == "old" || (next == "-" && after == "old")
    }

    fn currency_before(&self, first: usize) -> Option<Unit> {
        let mut sign = first.checked_sub(1)?;
        if self.text.word(sign) == "." {
            sign = sign.checked_sub(1)?;
        }
        if let Some(currency) = sign.checked_sub(1).and_then(|two| currency_of_two(self.text, two)) {
            return Some(currency);
        }
        let found = unit(self.text.word(sign))?;
        let taken = sign > 0 && self.numbers.iter().any(|number| number.last + 1 == sign);
        let sign_only = self.text.kind(sign) == Kind::Sign;
        (matches!(found, Unit::Money(_)) && (!taken || (sign_only && self.text.glued(first) && !self.text.glued(sign))))
            .then_some(found)
    }

    /// `5 €10` or `from 5 to $10`: the sign belongs to the number after it.
    fn is_prefix_of_next(&self, at: usize, last: usize, unit: Unit) -> bool {
        let next = self
            .numbers
            .get(at + 1)
            .is_some_and(|next| next.first == last + 1 && self.text.glued(next.first));
        next && matches!(unit, Unit::Money(_)) && !self.text.glued(self.numbers[at].last + 1)
    }

    /// `5 euro 50`
    fn cents_after(&self, at: usize, last: usize, unit: Unit) -> Option<u64> {
        let and = usize::from(listed(AND, self.text.word(last + 1)));
        let next = self.numbers.get(at + 1).filter(|next| next.first == last + 1 + and)?;
        let cents = next.whole().filter(|cents| (1..100).contains(cents))?;
        let alone = match self.unit_after(next.last) {
            Some((unit, _)) => unit == Unit::Cents,
            None => !self.counts(next.last + 1) || !(next.digits || self.numbers[at].digits),
        };
        (matches!(unit, Unit::Money(_) | Unit::Pounds) && alone).then_some(u64::from(cents) * 10)
    }

    /// The unit of the number after `to`, or the currency of the one before.
    pub(super) fn borrowed_unit(&self, at: usize) -> Option<Unit> {
        let mut next = at;
        while self.joined(next) {
            next += 1;
            if let Some((unit, ..)) = self.unit_of(next) {
                return Some(unit);
            }
        }
        let before = at.checked_sub(1).filter(|before| self.joined(*before))?;
        if self.counts(self.numbers[at].last + 1) {
            return None;
        }
        self.currency_before(self.numbers[before].first)
    }
}

/// `R$`, `US$` and the like are two tokens.
pub(super) fn currency_of_two(text: &Text, at: usize) -> Option<Unit> {
    let sign = at.wrapping_add(1);
    // `S/ 19.90`
    if text.word(at) == "s" && text.word(sign) == "/" && text.glued(sign) && text.kind(sign + 1) == Kind::Number {
        return Some(Unit::Money(Currency::Sol));
    }
    if text.word(sign) != "$" || !text.glued(sign) {
        return None;
    }
    let currency = match text.word(at) {
        "r" => Currency::Real,
        "mx" | "mex" => Currency::Peso,
        "us" | "ca" | "c" | "a" | "au" | "nz" | "s" | "hk" => Currency::Dollar,
        _ => return None,
    };
    Some(Unit::Money(currency))
}
