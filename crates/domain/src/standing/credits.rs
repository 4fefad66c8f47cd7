//! Credits in words. How long they last is said from a week of use on: a day or two say nothing about the next ones.

use crate::views::{Outlook, Tone};

/// `312 credits.`
#[must_use]
pub fn credits_left(balance: i64) -> String {
    match balance {
        1 => "1 credit.".into(),
        many => format!("{} credits.", grouped(many)),
    }
}

/// Below the balance in the rail: what the balance means, if anything can be said.
#[must_use]
pub fn credits_note(balance: i64, outlook: &Outlook) -> Option<(Tone, String)> {
    Some(match (balance, outlook) {
        (..=0, _) => (Tone::Bad, "Replies have stopped".into()),
        (_, Outlook::Unused | Outlook::TooEarly) => return None,
        (_, Outlook::Lasts(forecast)) => match forecast.days {
            0 => (Tone::Warn, "less than a day left".into()),
            1 => (Tone::Warn, "about 1 day left".into()),
            days => (Tone::Idle, format!("about {} days left", grouped(i64::from(days)))),
        },
    })
}

/// 1040 → "1,040"; −1040 → "−1,040".
#[must_use]
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "−" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
