//! E-mail addresses, phone numbers, handles, card and account numbers in a text.

use super::found::{Found, trimmed_chunks};
use super::links::spelled_dot;
use super::numbers::is_currency;
use super::text::{Kind, Text};
use super::top_level::is_top_level;

/// In several groups; in one it may be a price.
const SHORTEST_PHONE: usize = 7;

/// E-mail addresses, also with a spelled `at`.
pub(crate) fn emails_of(text: &Text) -> Vec<Found> {
    let mut found: Vec<Found> = trimmed_chunks(&text.folded)
        .filter_map(|(start, chunk)| email_in(start, chunk))
        .collect();
    found.extend((1..text.tokens.len()).filter_map(|at| spelled_email(text, at)));
    found
}

fn email_in(start: usize, chunk: &str) -> Option<Found> {
    let sign = chunk.find('@')?;
    let part = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
    let local = chunk[..sign]
        .rfind(|c| !part(c))
        .map_or(0, |at| at + chunk[at..].chars().next().map_or(1, char::len_utf8));
    let rest = &chunk[sign + 1..];
    let domain = &rest[..rest.find(|c| !part(c)).unwrap_or(rest.len())];
    let whole = local < sign && domain.trim_matches('.').contains('.');
    let end = sign + 1 + domain.len();
    whole.then(|| Found {
        start: start + local,
        end: start + end,
        value: chunk[local..end].trim_end_matches('.').to_owned(),
    })
}

/// `info (at) shop.de`, `info [at] shop [dot] de`, `info at shop dot com`, `info arroba shop punto com`.
fn spelled_email(text: &Text, at: usize) -> Option<Found> {
    let word = text.word(at);
    if !matches!(
        word,
        "at" | "arroba" | "@" | "chiocciola" | "arobase" | "klammeraffe" | "apenstaartje"
    ) {
        return None;
    }
    let bracket =
        at > 1 && matches!(text.word(at - 1), "(" | "[" | "{") && matches!(text.word(at + 1), ")" | "]" | "}");
    if word == "@" && !bracket && (text.glued(at) || text.glued(at + 1)) {
        return None;
    }
    let (local, name) = if bracket { (at - 2, at + 2) } else { (at - 1, at + 1) };
    let written =
        text.kind(name + 2) == Kind::Word && text.word(name + 1) == "." && text.glued(name + 1) && text.glued(name + 2);
    let spelled = (name + 1..name + 3)
        .find_map(|dot| spelled_dot(text, dot))
        .map(|(_, last)| last + 1);
    let last = if written { Some(name + 2) } else { spelled }?;
    let plain_at = word == "at" && !bracket;
    let right = text.kind(local) == Kind::Word && text.kind(name) == Kind::Word && is_top_level(text.word(last));
    (right && !(plain_at && written)).then(|| Found {
        start: text.tokens[local].start,
        end: text.tokens[last].end,
        value: format!("{}@{}.{}", text.word(local), text.word(name), text.word(last)),
    })
}

/// Handles, without their `@`.
pub(crate) fn handles_of(text: &Text) -> Vec<Found> {
    let mut found = Vec::new();
    for (sign, _) in text.folded.match_indices('@') {
        let before = text.folded[..sign].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || "._%+-".contains(c)) {
            continue;
        }
        let rest = &text.folded[sign + 1..];
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && !"._".contains(c))
            .unwrap_or(rest.len());
        let name = rest[..end].trim_end_matches('.');
        if name.chars().any(char::is_alphabetic) {
            found.push(Found {
                start: sign,
                end: sign + 1 + name.len(),
                value: name.to_owned(),
            });
        }
    }
    found
}

/// Phone, card and other long numbers, as digits.
pub(crate) fn phones_of(text: &Text) -> Vec<Found> {
    let bytes = text.folded.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begins = bytes[at].is_ascii_digit()
            || (matches!(bytes[at], b'+' | b'(') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit));
        if !begins {
            at += 1;
            continue;
        }
        let end = if is_code(bytes, at) {
            at + bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count()
        } else {
            groups_end(bytes, at)
        };
        let run = &text.folded[at..end];
        if is_phone(run) && !beside_currency(text, at, end) {
            found.push(Found {
                start: at,
                end,
                value: run.chars().filter(char::is_ascii_digit).collect(),
            });
        }
        at = end;
    }
    found.extend(accounts_of(text));
    found
}

/// `a6400 150`: few digits that touch a letter are the name of a model, and what follows is another number.
fn is_code(bytes: &[u8], start: usize) -> bool {
    let digits = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let letter = start
        .checked_sub(1)
        .is_some_and(|before| bytes[before].is_ascii_lowercase());
    letter && (1..=4).contains(&digits) && bytes.get(start + digits) == Some(&b' ')
}

/// The end of digits with single separators between their groups.
fn groups_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start + 1;
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_digit() {
            end = at + 1;
        } else if !matches!(byte, b' ' | b'-' | b'.' | b'/' | b'(' | b')') || at - end > 2 {
            break;
        } else if *byte == b'(' && has_digits(bytes, start, at) >= SHORTEST_PHONE {
            // `05 46 55 01 33 (8h-13h)`
            break;
        } else if *byte == b'.' && bytes.get(at + 1) == Some(&b' ') {
            // The end of a sentence: what follows is another number.
            break;
        }
        at += 1;
    }
    end
}

/// Whether what looks like a telephone number can be a list of prices: `32 / 84 / 139`.
pub(crate) fn may_be_prices(run: &str) -> bool {
    run.contains(" / ") && !run.starts_with(['+', '(', '0'])
}

fn has_digits(bytes: &[u8], start: usize, end: usize) -> usize {
    bytes[start..end].iter().filter(|byte| byte.is_ascii_digit()).count()
}

fn is_phone(run: &str) -> bool {
    let groups: Vec<&str> = run
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .collect();
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    if groups.len() == 1 {
        return digits >= 8;
    }
    if digits < SHORTEST_PHONE || is_date_or_range(run, &groups) {
        return false;
    }
    let starts = run.starts_with(['+', '(']) || groups[0].starts_with('0');
    let pairs = groups.iter().all(|group| group.len() <= 2);
    let thousands = groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    match () {
        () if starts => true,
        () if pairs => false,
        () if thousands && (run.contains('.') || groups[0].len() < 3) => false,
        () => groups.iter().all(|group| group.len() > 1),
    }
}

/// `03.11.2026`, `2026-11-03`, `09.00-17.00`, `2025/2026`.
fn is_date_or_range(run: &str, groups: &[&str]) -> bool {
    let year = |group: &str| group.len() == 4 && (group.starts_with("19") || group.starts_with("20"));
    let short = |group: &&str| group.len() <= 2;
    match groups {
        [day, month, last] if short(day) && short(month) => year(last) || last.len() == 2,
        [first, month, day] if short(month) && short(day) => year(first),
        [_, _, _, _] => groups.iter().all(short) && run.contains('.') && !run.starts_with('+'),
        [first, second] => year(first) && year(second),
        _ => false,
    }
}

fn beside_currency(text: &Text, start: usize, end: usize) -> bool {
    let first = text.tokens.partition_point(|token| token.start < start);
    let after = text.tokens.partition_point(|token| token.start < end);
    first
        .checked_sub(1)
        .is_some_and(|before| is_currency(text.word(before)))
        || is_currency(text.word(after))
}

/// International bank account numbers whose check digits agree.
fn accounts_of(text: &Text) -> Vec<Found> {
    (0..text.tokens.len()).filter_map(|at| account_at(text, at)).collect()
}

fn account_at(text: &Text, at: usize) -> Option<Found> {
    let country = text.word(at).len() == 2 && text.kind(at) == Kind::Word && text.word(at).is_ascii();
    if !country || text.kind(at + 1) != Kind::Number || !text.glued(at + 1) {
        return None;
    }
    let mut value = String::new();
    for last in at..text.tokens.len().min(at + 20) {
        let word = text.word(last);
        if !word.bytes().all(|byte| byte.is_ascii_alphanumeric()) || value.len() + word.len() > 34 {
            return None;
        }
        value.push_str(word);
        if value.len() >= 15 && has_check_digits(&value) {
            return Some(Found {
                start: text.tokens[at].start,
                end: text.tokens[last].end,
                value,
            });
        }
    }
    None
}

fn has_check_digits(account: &str) -> bool {
    let (head, tail) = account.split_at(4);
    let digits = tail.bytes().chain(head.bytes()).map(|byte| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        letter => u32::from(letter - b'a') + 10,
    });
    let rest = digits.fold(0, |rest, digit| {
        if digit > 9 {
            (rest * 100 + digit) % 97
        } else {
            (rest * 10 + digit) % 97
        }
    });
    rest == 1
}

/// Whether two phone numbers are the same but for country code and leading noughts.
pub(crate) fn same_phone(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim_start_matches('0'), other.trim_start_matches('0'));
    let (long, short) = if one.len() > other.len() {
        (one, other)
    } else {
        (other, one)
    };
    long == short || (short.len() >= 7 && long.ends_with(short))
}
