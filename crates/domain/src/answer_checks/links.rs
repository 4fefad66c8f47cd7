//! Links in a text: with a scheme, bare domains, IP addresses, and domains written so that a filter does not see them.

use super::found::{Found, trimmed_chunks};
use super::text::{Kind, Text};
use super::top_level::{is_generic, is_top_level, is_word_too};

const SCHEMES: [&str; 10] = [
    "http:",
    "https:",
    "hxxp:",
    "hxxps:",
    "javascript:",
    "data:",
    "tel:",
    "sms:",
    "whatsapp:",
    "ftp:",
];

/// All links of `text`, each with its host and path as value.
pub(crate) fn links_of(text: &Text) -> Vec<Found> {
    let mut found = Vec::new();
    for (start, chunk) in trimmed_chunks(&text.folded) {
        if let Some((offset, length, value)) = link_in(chunk) {
            found.push(Found {
                start: start + offset,
                end: start + offset + length,
                value,
            });
        }
    }
    found.extend(spelled_domains(text));
    found
}

/// Where in `chunk` a link begins, how long it is, and what it names.
fn link_in(chunk: &str) -> Option<(usize, usize, String)> {
    if let Some(scheme) = scheme_at(chunk) {
        let rest = &chunk[scheme..];
        let address = rest
            .split_once(':')
            .map_or(rest, |(_, address)| address)
            .trim_start_matches('/');
        return Some((scheme, rest.len(), normal(address)));
    }
    // Mail addresses are looked for elsewhere.
    if chunk.contains('@') || !chunk.contains(['.', '。']) {
        return None;
    }
    let mut start = 0;
    for run in chunk.split(|c: char| !is_host_char(c) && !"/:?=&#%~+[]".contains(c)) {
        if let Some((offset, host)) = host_in(run) {
            return Some((start + offset, run.len() - offset, normal(&run[offset..]))).filter(|_| !host.is_empty());
        }
        start += run.len();
        start += chunk[start..].chars().next().map_or(0, char::len_utf8);
    }
    None
}

fn scheme_at(chunk: &str) -> Option<usize> {
    if let Some(colon) = chunk.find("://") {
        let scheme = chunk[..colon].rfind(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c));
        return Some(scheme.map_or(0, |before| {
            before + chunk[before..].chars().next().map_or(1, char::len_utf8)
        }));
    }
    SCHEMES
        .iter()
        .any(|scheme| chunk.len() > scheme.len() && chunk.starts_with(scheme))
        .then_some(0)
}

/// A host at the beginning of a path, or after letters of a script that needs no space.
fn host_in(run: &str) -> Option<(usize, String)> {
    let undone = run.replace("[.]", ".");
    let run = if undone.len() == run.len() {
        run
    } else {
        undone.as_str()
    };
    let end = run
        .find(['/', ':', '?', '#', '&', '=', '%', '~', '+', '[', ']'])
        .unwrap_or(run.len());
    let path = run.len() > end + 1 && run[end..].starts_with('/');
    let host = run[..end].trim_end_matches('.');
    let ascii = host.rfind(super::characters::writes_without_spaces);
    for offset in [
        0,
        ascii.map_or(0, |at| at + host[at..].chars().next().map_or(0, char::len_utf8)),
    ] {
        if is_domain(&host[offset..], path) {
            return Some((offset, host[offset..].to_owned()));
        }
    }
    None
}

fn is_host_char(c: char) -> bool {
    c.is_alphanumeric() || "-._。".contains(c)
}

fn is_domain(host: &str, path: bool) -> bool {
    // An ideographic full stop is a dot between ASCII letters only: elsewhere it ends a sentence.
    if host.contains('。') && host.chars().any(|c| !c.is_ascii() && c != '。') {
        return false;
    }
    let labels: Vec<&str> = host.split(['.', '。']).collect();
    let [.., name, top] = labels.as_slice() else {
        return false;
    };
    if labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok()) {
        return true;
    }
    if labels.iter().any(|label| label.is_empty())
        || !top.chars().all(|c| c.is_alphabetic() || c == '-') && !top.starts_with("xn--")
    {
        return false;
    }
    let letters = name.chars().any(char::is_alphabetic);
    labels[0] == "www" && labels.len() > 2
        || labels.iter().any(|label| label.starts_with("xn--"))
        || (top.len() > 1 && letters && (is_top_level(top) || (path && name.len() > 1)))
        || (top.len() > 1 && is_generic(top))
}

/// Host and path as they are compared: no `www.`, no sign at the end.
fn normal(address: &str) -> String {
    let plain = address.replace("[.]", ".").replace('。', ".");
    let plain = plain.strip_prefix("www.").unwrap_or(&plain);
    plain.trim_end_matches(['/', '.', '?', '#']).to_owned()
}

/// `shop dot com`, `shop(dot)com`, `shop [.] com`, `shop punto com`.
fn spelled_domains(text: &Text) -> Vec<Found> {
    let mut found = Vec::new();
    for at in 1..text.tokens.len() {
        let Some((first, last)) = spelled_dot(text, at) else {
            continue;
        };
        let top = text.word(last + 1);
        let bare = first == last;
        let plausible = if bare {
            is_generic(top) || text.word(at) == "punkt" && is_top_level(top) || (is_top_level(top) && !is_word_too(top))
        } else {
            is_top_level(top)
        };
        if plausible && text.kind(first - 1) != Kind::Break {
            found.push(Found {
                start: text.tokens[first - 1].start,
                end: text.tokens[last + 1].end,
                value: format!("{}.{top}", text.word(first - 1)),
            });
        }
    }
    found
}

/// The tokens of a spelled dot around token `at`, which is the dot itself.
pub(crate) fn spelled_dot(text: &Text, at: usize) -> Option<(usize, usize)> {
    let word = text.word(at);
    let spelled = matches!(word, "dot" | "punkt" | "punto" | "ponto" | "point" | "punt" | "titik");
    if !spelled && word != "." {
        return None;
    }
    let opened = at > 1 && matches!(text.word(at - 1), "(" | "[" | "{" | "<");
    let closed = matches!(text.word(at + 1), ")" | "]" | "}" | ">");
    match (opened, closed) {
        (true, true) if at > 1 => Some((at - 1, at + 1)),
        _ if spelled && text.kind(at + 1) == Kind::Word => Some((at, at)),
        // `shop .com`
        _ if word == "." && !text.glued(at) && text.glued(at + 1) && is_generic(text.word(at + 1)) => Some((at, at)),
        _ => None,
    }
}
