use domain::limits::FieldError;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use super::AppError;

fn one_of_each() -> Vec<(AppError, u16)> {
    vec![
        (AppError::NotSignedIn, 401),
        (AppError::NotAllowed, 403),
        (AppError::NotFound, 404),
        (
            AppError::Conflict {
                message: "Ana moved it.".into(),
                current: Some("{\"list_version\":4}".into()),
            },
            409,
        ),
        (AppError::invalid("label", "Give the rule a name."), 422),
        (
            AppError::TooMany {
                retry_after_seconds: 30,
                message: "Wait 30 seconds.".into(),
            },
            429,
        ),
        (AppError::Internal { error_id: "abc".into() }, 500),
        (AppError::unavailable("The database is away."), 503),
    ]
}

#[test]
fn every_error_survives_the_wire_and_has_its_status() {
    for (error, status) in one_of_each() {
        assert_eq!(AppError::de(error.ser()), error);
        assert_eq!(error.status(), status);
    }
}

#[test]
fn an_invalid_field_is_named_at_the_top_as_the_api_promises() {
    let error = AppError::Invalid {
        fields: vec![
            FieldError {
                field: "label".into(),
                message: "Give the rule a name.".into(),
            },
            FieldError {
                field: "keywords".into(),
                message: "Add at least one keyword.".into(),
            },
        ],
    };
    let json: serde_json::Value = serde_json::from_slice(&error.ser()).unwrap();
    assert_eq!(json["field"], "label");
    assert_eq!(json["message"], "Give the rule a name.");
    assert_eq!(json["fields"][1]["field"], "keywords");
    assert_eq!(error.field("keywords"), Some("Add at least one keyword."));
}

#[test]
fn an_argument_that_cannot_be_read_is_a_field_error_without_its_value() {
    let missing = AppError::from_server_fn_error(ServerFnErrorErr::Args("missing field `label`".into()));
    assert_eq!(missing, AppError::invalid("label", "This is missing."));

    let wrong = AppError::from_server_fn_error(ServerFnErrorErr::Args("invalid digit found in string".into()));
    assert_eq!(wrong.status(), 422);
    assert!(!wrong.to_string().contains("digit"));
}
