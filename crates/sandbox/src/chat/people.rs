//! The left column: whom to write as, and to which account.

use super::html::{esc, hidden, initials, query};
use super::view::View;

/// The column as HTML.
pub fn render(view: &View) -> String {
    let mut rows = String::new();
    for row in &view.people {
        let current = if row.handle == view.customer {
            " aria-current=\"true\""
        } else {
            ""
        };
        rows.push_str(&format!(
            "<li><a href=\"/?to={}&amp;as={}\"{current}>\
             <span class=\"avatar avatar--sm\" aria-hidden=\"true\">{}</span>\
             <span>{}<small>{}</small></span></a></li>",
            query(&view.account.username),
            query(&row.handle),
            initials(&row.handle),
            esc(&row.handle),
            esc(&row.note),
        ));
    }
    let mut options = String::new();
    for account in &view.accounts {
        let selected = if account.ig_id == view.account.ig_id {
            " selected"
        } else {
            ""
        };
        let name = esc(&account.username);
        options.push_str(&format!("<option value=\"{name}\"{selected}>{name}</option>"));
    }
    format!(
        "<section class=\"stack stack--3\" aria-labelledby=\"who\">\
         <h1 class=\"section__title\" id=\"who\">Write as</h1>\
         <ul class=\"people\" id=\"people\">{rows}</ul>\
         <form class=\"field\" method=\"get\" action=\"/\" id=\"choose\">{}\
         <label class=\"field__label\" for=\"to\">to</label>\
         <select class=\"select\" id=\"to\" name=\"to\">{options}</select>\
         <noscript><button class=\"btn btn--sm\">Show this account</button></noscript></form></section>",
        hidden("as", &view.customer),
    )
}
