//! The head of pages that stand alone, without a script.

/// Names the icon: a browser that is told of none asks for `/favicon.ico`, which is not there.
pub(crate) fn head(title: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} · Concierge</title>\
         <link rel=\"icon\" type=\"image/svg+xml\" href=\"/favicon.svg\"><link rel=\"stylesheet\" href=\"/style.css\"></head>"
    )
}
