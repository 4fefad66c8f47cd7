//! Composes a reply to a customer: a sentence in their language, and the fact of the system message that fits best, word for word. What it
//! says is marked as pretended.

use serde_json::json;

use super::languages::Language;
use super::phrases::{ARE_YOU_A_BOT, PERSON_WANTED, TOPICS, any_in};

/// At the end of every reply.
pub const MARK: &str = "(pretend AI)";
/// Where the business's own text begins and ends in Concierge's system message.
const BEGIN: &str = "The business describes itself and how its replies sound:";
const PROMPT: &str = "What the business wants for this message:";
const END: &str = "What follows is a message from a customer.";
/// Lines of a persona that are for the model alone.
const NOT_FOR_CUSTOMERS: &str = "voice:|a good reply:|phrases to use|topics to avoid|call a person when";
/// A reply has 1,000 bytes.
const LONGEST_FACT: usize = 400;

/// What is to be done besides replying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    None,
    HandOver,
}

/// The JSON of a reply.
pub fn json(reply: &str, action: Action) -> String {
    let action = match action {
        Action::None => "none",
        Action::HandOver => "hand_over",
    };
    json!({ "reply": reply, "action": action }).to_string()
}

/// The words and the action that a well-behaved model answers with.
pub fn compose(system: &str, message: &str) -> (String, Action) {
    let language = Language::of(message);
    let asked = message.to_lowercase();
    if any_in(&asked, ARE_YOU_A_BOT) {
        return (marked(language.automated), Action::None);
    }
    if any_in(&asked, PERSON_WANTED) {
        return (marked(language.person), Action::HandOver);
    }
    let reply = match fact(system, &asked).filter(|fact| language.writes(fact)) {
        Some(fact) => format!("{} {fact}", language.thanks),
        None => format!("{} {}", language.thanks, language.unknown),
    };
    (marked(&reply), Action::None)
}

fn marked(reply: &str) -> String {
    format!("{reply} {MARK}")
}

/// The persona and the rule's prompt, without what stands around them.
pub fn business_text(system: &str) -> String {
    let from = system.find(BEGIN).map_or(0, |start| start + BEGIN.len());
    let to = system.find(END).filter(|end| *end >= from).unwrap_or(system.len());
    system[from..to].replace(PROMPT, "").trim().to_owned()
}

fn fact(system: &str, asked: &str) -> Option<String> {
    let text = business_text(system);
    let about: Vec<&str> = TOPICS
        .iter()
        .filter(|(_, words)| any_in(asked, words))
        .map(|(labels, _)| *labels)
        .collect();
    let mut best: Option<(usize, &str)> = None;
    for line in text.lines().flat_map(sentences) {
        let score = score(line, &about, asked);
        if score > best.map_or(0, |(score, _)| score) {
            best = Some((score, line));
        }
    }
    best.map(|(_, line)| shortened(without_label(line)))
}

/// A line with a label is one fact; others are read sentence by sentence.
fn sentences(line: &str) -> Vec<&str> {
    if label(line).is_some() {
        return vec![line];
    }
    let mut rest = line;
    let mut found = Vec::new();
    while let Some(end) = end_of_sentence(rest) {
        found.push(rest[..end].trim());
        rest = &rest[end..];
    }
    found.push(rest.trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// After a mark that nothing but space follows: the point of `3.80` ends no sentence.
fn end_of_sentence(text: &str) -> Option<usize> {
    let mut ends = text.match_indices(['.', '!', '?']).map(|(at, mark)| at + mark.len());
    ends.find(|end| text[*end..].starts_with(char::is_whitespace))
}

fn score(line: &str, about: &[&str], asked: &str) -> usize {
    let line = line.to_lowercase();
    if any_in(&line, NOT_FOR_CUSTOMERS) {
        return 0;
    }
    let labelled = label(&line).unwrap_or_default();
    let topics = about.iter().map(|labels| {
        if any_in(labelled, labels) {
            10
        } else {
            usize::from(any_in(&line, labels)) * 3
        }
    });
    let words = asked
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().count() > 3);
    topics.sum::<usize>() + words.filter(|word| line.contains(word)).count()
}

fn label(line: &str) -> Option<&str> {
    let end = line.find(": ")?;
    (end < 60).then(|| &line[..=end])
}

fn without_label(line: &str) -> &str {
    label(line).map_or(line, |label| line[label.len()..].trim())
}

fn shortened(fact: &str) -> String {
    let mut end = fact.len().min(LONGEST_FACT);
    while !fact.is_char_boundary(end) {
        end -= 1;
    }
    fact[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Action, compose};

    const SYSTEM: &str = "You write replies. Never give prices that are not given.\n\
        The business describes itself and how its replies sound:\nVoice: warm.\nBusiness: Bloom, a florist, Amsterdam\n\
        Opening hours: Tuesday to Saturday, 9:00 to 18:00\nFact, Prices: Bouquets from 25 euros.\n\
        Fact, Shipping: We deliver within the city for 6 euros.\nTopics to avoid: discounts\n\n\
        What the business wants for this message:\nAnswer shortly.\n\nWhat follows is a message from a customer. Set \"action\" to \"hand_over\".";

    #[test]
    fn the_point_of_a_price_ends_no_sentence() {
        let system = SYSTEM.replace(
            "Fact, Prices: Bouquets from 25 euros.",
            "We sell flowers. A rose is 3.80 euros. Come in.",
        );
        let (reply, _) = compose(&system, "how much is a rose?");
        assert!(reply.contains("A rose is 3.80 euros."), "{reply}");
    }

    #[test]
    fn the_fitting_fact_is_told_in_the_customers_language() {
        for (message, reply) in [
            (
                "How much is a bouquet?",
                "Thanks for writing! Bouquets from 25 euros. (pretend AI)",
            ),
            (
                "Wann habt ihr geöffnet?",
                "Danke für die Nachricht! Tuesday to Saturday, 9:00 to 18:00 (pretend AI)",
            ),
            (
                "¿Hacen envío a casa?",
                "¡Gracias por escribir! We deliver within the city for 6 euros. (pretend AI)",
            ),
            (
                "Any discounts?",
                "Thanks for writing! I do not know that; a person of the business can tell you. (pretend AI)",
            ),
            (
                "Сколько стоит букет?",
                "Спасибо за сообщение! Этого я не знаю; вам ответит сотрудник. (pretend AI)",
            ),
        ] {
            assert_eq!(compose(SYSTEM, message), (reply.to_owned(), Action::None), "{message}");
        }
    }

    #[test]
    fn an_own_text_is_read_by_sentences() {
        let own = "You answer for a café. Be kind. A cappuccino costs 4 euros. Do not talk about politics.";
        let (reply, _) = compose(own, "what does a cappuccino cost?");
        assert_eq!(reply, "Thanks for writing! A cappuccino costs 4 euros. (pretend AI)");
    }

    #[test]
    fn a_person_is_called_when_asked_for() {
        for message in [
            "I want to talk to someone",
            "¿Puedo hablar con alguien?",
            "Ich will mit einem Menschen reden",
        ] {
            assert_eq!(compose(SYSTEM, message).1, Action::HandOver, "{message}");
        }
        let (reply, action) = compose(SYSTEM, "are you a real person?");
        assert_eq!(
            (reply.as_str(), action),
            ("I am an automated assistant. (pretend AI)", Action::None)
        );
    }
}
