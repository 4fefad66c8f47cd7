//! What anybody may read, signed in or not.

use domain::views::DeletionPage;
use leptos::prelude::*;

use crate::error::AppError;
use crate::queries::PrivacySection;

/// A line alone that is no longer than this and ends without a full stop is a heading.
const LONGEST_HEADING: usize = 100;

/// The operator's text about privacy.
#[server(prefix = "/api", endpoint = "public/privacy")]
pub async fn load_privacy() -> Result<Vec<PrivacySection>, AppError> {
    let text = crate::context::privacy().ok_or(AppError::NotFound)?;
    Ok(sections(&text.0))
}

/// What became of a request to delete data.
#[server(prefix = "/api", endpoint = "public/deletion")]
pub async fn load_deletion(code: String) -> Result<DeletionPage, AppError> {
    Ok(crate::context::engine()?.connections().deletion_page(&code).await?)
}

fn sections(text: &str) -> Vec<PrivacySection> {
    let mut sections: Vec<PrivacySection> = Vec::new();
    let text = text.replace("\r\n", "\n");
    for block in text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        match sections.last_mut() {
            _ if is_heading(block) => sections.push(PrivacySection {
                heading: block.to_owned(),
                paragraphs: Vec::new(),
            }),
            Some(section) => section.paragraphs.push(block.to_owned()),
            None => sections.push(PrivacySection {
                heading: String::new(),
                paragraphs: vec![block.to_owned()],
            }),
        }
    }
    sections
}

fn is_heading(block: &str) -> bool {
    block.len() <= LONGEST_HEADING && !block.contains('\n') && !block.ends_with(['.', '!', '?', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lines_that_stand_alone_are_headings() {
        let text = "Before any heading.\r\n\r\nWhat is stored\r\n\r\nIds.\n\n\nAnd times,\nnothing else.\n\nDeletion\n";
        let parsed: Vec<_> = sections(text)
            .into_iter()
            .map(|section| (section.heading, section.paragraphs))
            .collect();
        let expected = [
            ("", vec!["Before any heading."]),
            ("What is stored", vec!["Ids.", "And times,\nnothing else."]),
            ("Deletion", vec![]),
        ];
        let expected = expected.map(|(heading, paragraphs)| {
            (
                heading.to_owned(),
                paragraphs.into_iter().map(str::to_owned).collect::<Vec<_>>(),
            )
        });
        assert_eq!(parsed, expected);
    }
}
