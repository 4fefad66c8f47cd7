use super::Flash;
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
fn a_form_takes_back_its_own_failure_only() {
    let flash = keywords_form();
    assert!(flash.belongs_to("new-rule", &[]));
    assert!(!flash.belongs_to("default-reply", &[]));
}

#[test]
fn a_form_takes_nothing_back_that_was_about_something_else() {
    let flash = keywords_form();
    assert!(flash.belongs_to("new-rule", &[("label", "Prices")]));
    assert!(!flash.belongs_to("new-rule", &[("label", "Hours")]));
    assert!(!flash.belongs_to("new-rule", &[("label", "Prices"), ("account", "1")]));
}
