//! What the reader of the file found, as sentences for whoever wrote it.

use serde_json::error::Category;

/// The sentence, with the line.
pub(super) fn sentence(error: &serde_json::Error) -> String {
    let told = error.to_string();
    let told = told.rsplit_once(" at line ").map_or(told.as_str(), |(told, _)| told);
    let what = match error.classify() {
        Category::Eof => "The file ends too early".to_owned(),
        Category::Syntax | Category::Io => format!("It cannot be read as JSON: {}", quoted(told)),
        Category::Data => about_data(told),
    };
    match error.line() {
        0 => format!("{what}."),
        line => format!("{what} (line {line})."),
    }
}

fn about_data(told: &str) -> String {
    let (found, expected) = told.split_once(", expected ").unwrap_or((told, ""));
    let expected = quoted(expected.trim_start_matches("one of ")).replace("a boolean", "true or false");
    let after = |prefix: &str| found.strip_prefix(prefix).map(quoted);
    if let Some(name) = after("unknown field ") {
        format!("There is no {name} here; there may be {expected}")
    } else if let Some(name) = after("unknown variant ") {
        format!("{name} is not known here; write {expected}")
    } else if let Some(name) = after("missing field ") {
        format!("{name} is missing")
    } else if let Some(name) = after("duplicate field ") {
        format!("{name} is there twice")
    } else if let Some(value) = after("invalid type: ").or_else(|| after("invalid value: ")) {
        format!("Here stands the {value}, where {expected} belongs")
    } else {
        quoted(told)
    }
}

/// Names in curly quotation marks.
fn quoted(told: &str) -> String {
    let mut inside = false;
    told.chars()
        .map(|letter| match letter {
            '`' => {
                inside = !inside;
                if inside { '“' } else { '”' }
            }
            other => other,
        })
        .collect()
}
