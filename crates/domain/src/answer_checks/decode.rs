//! What an answer says when it is read as somebody would who asked for it in disguise: backwards, in base64, as rot13.

use super::characters::is_invisible;

/// The other texts `answer` may hold, each once.
pub(crate) fn decoded(answer: &str) -> Vec<String> {
    let visible: String = answer.chars().filter(|c| !is_invisible(*c)).collect();
    let mut texts = vec![visible.chars().rev().collect(), rot13(&visible)];
    let squeezed: String = visible.split_whitespace().collect();
    for (run, least) in runs(&visible).chain(runs(&squeezed)).map(|run| (run, 11)) {
        if run.len() >= least {
            texts.extend((0..4).filter_map(|offset| base64(run.as_bytes().get(offset..)?)));
            texts.extend(hex(run));
        }
    }
    texts
}

/// Pieces that can be base64.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && !"+/-_=".contains(c))
        .filter(|run| run.len() >= 11)
}

pub(crate) fn rot13(text: &str) -> String {
    let turn = |c: char, from: u8| char::from((c as u8 - from + 13) % 26 + from);
    let turned = text.chars().map(|c| match c {
        'a'..='z' => turn(c, b'a'),
        'A'..='Z' => turn(c, b'A'),
        other => other,
    });
    turned.collect()
}

/// The readable text that `run` encodes, cut where it stops being base64.
fn base64(run: &[u8]) -> Option<String> {
    let mut bytes = Vec::with_capacity(run.len());
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in run {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => break,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xFF) as u8);
        }
    }
    readable(&bytes)
}

fn hex(run: &str) -> Option<String> {
    let digits: Vec<u32> = run.chars().map(|c| c.to_digit(16)).collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits
        .chunks_exact(2)
        .map(|pair| (pair[0] * 16 + pair[1]) as u8)
        .collect();
    readable(&bytes)
}

/// Text that is mostly ASCII letters, digits and spaces: chance never decodes to that.
fn readable(bytes: &[u8]) -> Option<String> {
    let plain = bytes
        .iter()
        .filter(|byte| byte.is_ascii_graphic() || **byte == b' ')
        .count();
    (plain * 10 >= bytes.len() * 8 && bytes.len() >= 8).then(|| String::from_utf8_lossy(bytes).into_owned())
}
