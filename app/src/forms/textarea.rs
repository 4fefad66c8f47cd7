//! Text inside of a `<textarea>`.

/// The text as the child of a `<textarea>`. Leptos writes the children of that element into the page without escaping them, and a
/// browser swallows a line end at the beginning.
#[must_use]
pub fn textarea_text(text: &str) -> String {
    if cfg!(feature = "ssr") {
        format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;"))
    } else {
        text.to_owned()
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use leptos::prelude::*;

    use super::textarea_text;

    #[test]
    fn markup_stays_text() {
        let text = "a & b </textarea><b>";
        let html = view! { <textarea>{textarea_text(text)}</textarea> }.to_html();
        assert!(html.contains("\na &amp; b &lt;/textarea>&lt;b>"), "{html}");
        assert!(!html.contains("<b>"), "{html}");
    }

    #[test]
    fn nothing_stays_nothing() {
        let html = view! { <textarea>{textarea_text("")}</textarea> }.to_html();
        assert!(html.contains(">\n</textarea>"), "{html}");
    }
}
