use super::*;

fn summary(change: impl FnOnce(&mut PersonaBuilder)) -> String {
    let mut after = florist();
    change(&mut after);
    PersonaDiff::between(&PersonaContent::Builder(florist()), &PersonaContent::Builder(after)).summary()
}

#[test]
fn one_change_is_named_and_several_are_counted() {
    assert_eq!(summary(|_| {}), "changes nothing");
    assert_eq!(summary(|b| b.avoid.push("80 guests".into())), "adds “80 guests”");
    assert_eq!(summary(|b| b.phrases.clear()), "takes out “Lovely to hear from you”");
    assert_eq!(summary(|b| b.opening_hours = "Always".into()), "changes opening hours");
    assert_eq!(summary(|b| b.voice = Voice::Formal), "changes voice");
    assert_eq!(summary(|b| b.avoid.reverse()), "changes topic to avoid");
    assert_eq!(
        summary(|b| {
            b.city = "Delft".into();
            b.facts.clear();
        }),
        "changes 3 things"
    );
}

#[test]
fn texts_of_two_kinds_are_compared_line_by_line() {
    let before = PersonaContent::OwnText("Be kind.\nBe brief.".into());
    let after = PersonaContent::OwnText("Be kind.\nBe funny.".into());
    let diff = PersonaDiff::between(&before, &after);
    let lines: Vec<(&str, &str)> = diff
        .changes
        .iter()
        .map(|c| (c.before.as_str(), c.after.as_str()))
        .collect();
    assert_eq!(lines, [("Be brief.", ""), ("", "Be funny.")]);
    assert!(!PersonaDiff::between(&PersonaContent::Builder(florist()), &after).is_empty());
    assert!(PersonaDiff::between(&after, &after).is_empty());
}
