//! The files of the chat page, compiled in.

use axum::http::header::{CONTENT_TYPE, HeaderName};

type File = ([(HeaderName, &'static str); 1], &'static str);

const CSS: &str = "text/css; charset=utf-8";

/// Colours and sizes, shared with the admin pages.
pub async fn tokens() -> File {
    ([(CONTENT_TYPE, CSS)], include_str!("assets/tokens.css"))
}

/// The style sheet of the page.
pub async fn style() -> File {
    ([(CONTENT_TYPE, CSS)], include_str!("assets/chat.css"))
}

/// The script of the page.
pub async fn script() -> File {
    (
        [(CONTENT_TYPE, "text/javascript; charset=utf-8")],
        include_str!("assets/chat.js"),
    )
}

/// The icon.
pub async fn icon() -> File {
    ([(CONTENT_TYPE, "image/svg+xml")], include_str!("assets/icon.svg"))
}
