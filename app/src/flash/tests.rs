use super::{Flash, PageFlash};
use crate::error::AppError;

fn keywords_form() -> Flash {
    Flash {
        form_id: "new-rule".into(),
        fields: vec![
            ("label".into(), "Prices".into()),
            ("keywords[]".into(), "price".into()),
            ("keywords[]".into(), "cost".into()),
        ],
        error: AppError::invalid("keywords", "Add at least one keyword."),
    }
}

#[test]
fn a_form_finds_what_was_typed_into_it() {
    let flash = keywords_form();
    assert_eq!(flash.value("label"), Some("Prices"));
    assert_eq!(flash.values("keywords[]").collect::<Vec<_>>(), ["price", "cost"]);
}

#[test]
fn a_form_sees_its_own_failure_only() {
    let page = PageFlash {
        failed: Some(keywords_form()),
        saved: None,
    };
    assert!(page.failure_of("new-rule").is_some());
    assert!(page.failure_of("default-reply").is_none());
}
