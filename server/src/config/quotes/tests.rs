use super::*;

#[test]
fn marks_around_a_value_or_each_of_a_list_are_taken_off() {
    let table = [
        ("secret", "secret"),
        ("", ""),
        ("\"\"", ""),
        ("\"secret\"", "secret"),
        ("'secret'\r\n", "secret"),
        (" \" secret \" ", "secret"),
        ("\u{201c}secret\u{201d}", "secret"),
        ("\u{feff}secret", "secret"),
        ("\"new,old\"", "new,old"),
        ("\"new\",\"old\"", "new,old"),
        ("'new', old", "new,old"),
        ("it's", "it's"),
        ("a=\"b\"c", "a=\"b\"c"),
    ];
    for (text, expected) in table {
        assert_eq!(unquote(text).as_deref(), Ok(expected), "{text:?}");
    }
}

#[test]
fn half_a_pair_and_line_ends_within_are_named() {
    for text in ["\"secret", "secret'", "\"new\",\"old", "''secret''", "\u{201c}secret\""] {
        assert!(unquote(text).unwrap_err().contains("quotation mark"), "{text:?}");
    }
    assert!(unquote("two\nlines").unwrap_err().contains("line end"));
}
