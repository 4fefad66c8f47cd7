//! The little HTML writing this page needs. Everything a person typed goes through [`esc`].

/// Safe in text and in quoted attributes.
pub fn esc(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A value for a query string.
pub fn query(value: &str) -> String {
    url::form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

/// A symbol of the sprite.
pub fn icon(name: &str) -> String {
    format!("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-{name}\"/></svg>")
}

/// A hidden input.
pub fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", esc(value))
}

/// Two letters for an avatar: of the first two words, or of the only one, as the admin shows them.
pub fn initials(handle: &str) -> String {
    let words: Vec<&str> = handle.split(['.', '_', ' ']).filter(|word| !word.is_empty()).collect();
    let letters: String = match words.as_slice() {
        [only] => only.chars().take(2).collect(),
        many => many.iter().filter_map(|word| word.chars().next()).take(2).collect(),
    };
    esc(&letters.to_uppercase())
}

/// A `<time>` the script turns into the reader's own zone.
pub fn time(at_ms: i64) -> String {
    let exact = crate::clock::graph_time(at_ms);
    let (date, rest) = exact.split_once('T').unwrap_or((exact.as_str(), ""));
    let clock = rest.get(..8).unwrap_or_default();
    let short = rest.get(..5).unwrap_or_default();
    format!("<time datetime=\"{date}T{clock}Z\">{date}, {short} UTC</time>")
}
