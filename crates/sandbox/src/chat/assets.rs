//! The files of the chat page, compiled in.

use axum::http::header::{CONTENT_TYPE, HeaderName};

type File = ([(HeaderName, &'static str); 1], &'static str);

const CSS: &str = "text/css; charset=utf-8";

pub async fn tokens() -> File {
    ([(CONTENT_TYPE, CSS)], include_str!("assets/tokens.css"))
}

pub async fn style() -> File {
    ([(CONTENT_TYPE, CSS)], include_str!("assets/chat.css"))
}

pub async fn script() -> File {
    (
        [(CONTENT_TYPE, "text/javascript; charset=utf-8")],
        include_str!("assets/chat.js"),
    )
}

pub async fn icon() -> File {
    ([(CONTENT_TYPE, "image/svg+xml")], include_str!("assets/icon.svg"))
}
