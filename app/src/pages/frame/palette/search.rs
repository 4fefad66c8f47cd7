//! Which names fit what is typed, the best first.

/// Something that can be gone to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) label: String,
    /// `Page`, `Account`, `Rule 3 of fernandfjord`.
    pub(super) detail: String,
    pub(super) address: String,
    /// Shown before anything is typed.
    pub(super) is_usual: bool,
}

/// As many as can be read at a glance.
const SHOWN: usize = 12;
/// Two letters in order are in nearly every name.
const FEWEST_LETTERS_IN_ORDER: usize = 3;

/// The targets that fit, the best first; of equal ones those that stand first.
pub(super) fn find(targets: &[Target], typed: &str) -> Vec<Target> {
    let wanted = typed.trim().to_lowercase();
    let mut found: Vec<(u32, usize, &Target)> = targets
        .iter()
        .filter_map(|target| Some((distance(target, &wanted)?, target.label.len(), target)))
        .collect();
    match wanted.is_empty() {
        true => {}
        false => found.sort_by_key(|(distance, length, _)| (*distance, *length)),
    }
    found
        .into_iter()
        .take(SHOWN)
        .map(|(.., target)| target.clone())
        .collect()
}

/// How far a name is from what is wanted, which is in lower case; none when it does not fit.
fn distance(target: &Target, wanted: &str) -> Option<u32> {
    if wanted.is_empty() {
        return target.is_usual.then_some(0);
    }
    let label = target.label.to_lowercase();
    let all = format!("{label} {}", target.detail.to_lowercase());
    let begins_word = |text: &str| {
        text.split(|letter: char| !letter.is_alphanumeric())
            .any(|word| word.starts_with(wanted))
    };
    if label.starts_with(wanted) {
        Some(0)
    } else if begins_word(&label) {
        Some(1)
    } else if label.contains(wanted) {
        Some(2)
    } else if wanted.split_whitespace().all(|word| all.contains(word)) {
        Some(3)
    } else {
        let is_long_enough = wanted.chars().count() >= FEWEST_LETTERS_IN_ORDER;
        (is_long_enough && has_letters_in_order(&label, wanted)).then_some(4)
    }
}

/// `prcs` fits `prices`.
fn has_letters_in_order(label: &str, wanted: &str) -> bool {
    let mut letters = label.chars();
    let mut wanted = wanted.chars().filter(|letter| !letter.is_whitespace());
    wanted.all(|letter| letters.any(|there| there == letter))
}

#[cfg(test)]
mod tests {
    use super::{Target, find};

    fn target(label: &str, detail: &str, is_usual: bool) -> Target {
        Target {
            label: label.into(),
            detail: detail.into(),
            address: format!("/{label}"),
            is_usual,
        }
    }

    fn found(typed: &str) -> Vec<String> {
        let targets = [
            target("Overview", "Page", true),
            target("Credits", "Page", true),
            target("fernandfjord", "Account", true),
            target("Price list", "Rule 1 of fernandfjord", false),
            target("Our prices", "Rule 2 of fernandfjord", false),
            target("Prices", "Rule 1 of copperkettle.coffee", false),
            target("Reprice", "Rule 3 of fernandfjord", false),
        ];
        find(&targets, typed).into_iter().map(|target| target.label).collect()
    }

    #[test]
    fn the_beginning_of_a_name_counts_most_then_of_a_word_then_what_is_inside() {
        assert_eq!(found("pric"), ["Prices", "Price list", "Our prices", "Reprice"]);
        assert_eq!(found(" PRICES "), ["Prices", "Our prices", "Price list"]);
    }

    #[test]
    fn words_may_name_the_account_too_and_letters_may_be_left_out() {
        assert_eq!(found("copper prices"), ["Prices"]);
        assert_eq!(found("ovw"), ["Overview"]);
        assert!(found("zzz").is_empty() && found("ow").is_empty());
    }

    #[test]
    fn pages_and_accounts_are_there_before_anything_is_typed() {
        assert_eq!(found(""), ["Overview", "Credits", "fernandfjord"]);
    }

    #[test]
    fn no_more_than_can_be_read() {
        let many: Vec<Target> = (0..90).map(|n| target(&format!("Rule {n}"), "Rule", false)).collect();
        assert_eq!(find(&many, "rule").len(), 12);
    }
}
