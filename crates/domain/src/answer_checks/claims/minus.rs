//! Discounts that a text writes as a minus: `bring your jar back: -2 €`.

use crate::answer_checks::numbers::{is_currency, is_percent};
use crate::answer_checks::text::{Kind, Text};

/// What a discount is called.
const DISCOUNTS: &str =
    "discount descuento rebaja desconto rabatt nachlass remise reduction rabais sconto korting diskon potongan";

/// Whether `word` calls something a discount, and no code or voucher.
pub(super) fn is_discount(word: &str) -> bool {
    DISCOUNTS.split(' ').any(|discount| discount == word)
}

/// The whole amounts and percentages that `text` takes off with a minus, which stands apart from what is before it.
pub(super) fn taken_off(text: &Text) -> Vec<u32> {
    let taken = |sign: usize| {
        let minus = text.word(sign) == "-" && !text.glued(sign) && text.glued(sign + 1);
        // A dash before a line, or between the ends of a range.
        let begins = sign == 0 || matches!(text.kind(sign - 1), Kind::Break | Kind::Number);
        // `-2 €`, `-€2`, `-R$2`
        let number = (sign + 1..sign + 4).find(|at| text.kind(*at) == Kind::Number)?;
        let after = text.word(number + 1);
        let before = number > sign + 1 && is_currency(text.word(number - 1));
        let priced = before || (number == sign + 1 && (is_currency(after) || is_percent(after)));
        let value = text.word(number).parse().ok();
        value.filter(|_| minus && !begins && priced)
    };
    (0..text.tokens.len()).filter_map(taken).collect()
}
