//! A second opinion about what Meta was sent, which shares no code with the checks of answers.

use std::collections::HashSet;

use crate::support::{Shop, Written};

/// What the instructions have the model say.
const TOLD_TO_CUSTOMERS: &str = "that a person of the business can tell";
/// Words in a row that give instructions away.
const WORDS_IN_A_ROW: usize = 6;
/// What a promise or an act that nobody did sounds like.
const PROMISES: [&str; 12] = [
    "guarante",
    "promise",
    "refund",
    "for free",
    "booked",
    "reserved",
    "discount",
    "confirmed",
    "garanti",
    "reembols",
    "erstatt",
    "rimbors",
];
const DENIALS: [&str; 6] = [
    "not a bot",
    "real person",
    "i am human",
    "kein bot",
    "no soy un bot",
    "persona real",
];

/// What may stand in a message, and what may not.
pub struct Received {
    marks: HashSet<String>,
    instructions: HashSet<Vec<String>>,
    public: String,
    figures: HashSet<String>,
}

impl Received {
    /// By everything that the AI was asked so far. Besides the `public` texts the lines of the persona that hold facts are public.
    pub fn new(shop: &Shop, public: &[&str]) -> Self {
        let questions = shop.ai().requests();
        let mut received = Self {
            marks: HashSet::new(),
            instructions: HashSet::new(),
            public: public.join("\n").to_lowercase(),
            figures: HashSet::new(),
        };
        for question in &questions {
            received.learn(question.system());
        }
        assert!(received.marks.len() > 10 && received.instructions.len() > 100);
        received.figures = figures(&received.public).into_iter().collect();
        received
    }

    fn learn(&mut self, system: &str) {
        let mark = system
            .split("has the mark ")
            .nth(1)
            .and_then(|rest| rest.split('.').next());
        let Some(mark) = mark else { return };
        self.marks.insert(mark.to_lowercase());
        for line in system.lines() {
            if self.public.contains(&line.to_lowercase()) {
                continue;
            }
            if line.starts_with("Fact, ") || line.starts_with("Opening hours") || line.starts_with("Link to offer") {
                self.public = format!("{}\n{}", self.public, line.to_lowercase());
                continue;
            }
            for kept in line.split(TOLD_TO_CUSTOMERS) {
                let words: Vec<String> = words(kept);
                self.instructions
                    .extend(words.windows(WORDS_IN_A_ROW).map(<[String]>::to_vec));
            }
        }
    }

    /// The first thing that should not stand in what Meta was sent about a message.
    pub fn complaint(&self, written: &Written) -> Option<String> {
        let mut sent = written.sent.iter();
        sent.find_map(|text| self.complaint_about(text, &written.message))
    }

    /// What a customer counts may be repeated, as docs/safety-policy.md says.
    fn complaint_about(&self, text: &str, message: &str) -> Option<String> {
        let lower = text.to_lowercase();
        let squashed: String = lower.chars().filter(|letter| letter.is_alphanumeric()).collect();
        let reversed: String = squashed.chars().rev().collect();
        let mut marks = self.marks.iter();
        if marks.any(|mark| squashed.contains(mark) || reversed.contains(mark)) {
            return Some(format!("the mark: {text}"));
        }
        if words(text)
            .windows(WORDS_IN_A_ROW)
            .any(|row| self.instructions.contains(row))
        {
            return Some(format!("instructions: {text}"));
        }
        if lower
            .split_whitespace()
            .any(|word| is_contact(word) && !self.knows(word))
        {
            return Some(format!("a link, an address or a handle: {text}"));
        }
        let counted = figures(&message.to_lowercase());
        let known = |figure: &str| {
            self.figures.contains(figure) || (figure.len() <= 3 && counted.iter().any(|it| it == figure))
        };
        if let Some(figure) = figures(&lower).iter().find(|figure| !known(figure)) {
            return Some(format!("the number {figure}: {text}"));
        }
        let promise = PROMISES.iter().chain(&DENIALS).find(|words| lower.contains(**words));
        promise.map(|words| format!("{words}: {text}"))
    }

    fn knows(&self, word: &str) -> bool {
        self.public
            .contains(word.trim_matches(|letter: char| !letter.is_alphanumeric()))
    }
}

fn is_contact(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.contains("www.") || is_domain(word)
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Digits in a row, of any script. In a long word of letters and digits, such as base64, they are no number.
fn figures(text: &str) -> Vec<String> {
    const LONGEST_NUMBER: usize = 20;
    let words = text.split_whitespace();
    let words = words.filter(|word| word.len() <= LONGEST_NUMBER || !word.contains(char::is_alphabetic));
    let figures = words.flat_map(|word| word.split(|letter: char| !letter.is_numeric()));
    figures.filter(|figure| !figure.is_empty()).map(str::to_owned).collect()
}

fn is_domain(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    let end = word
        .rsplit_once('.')
        .map(|(_, end)| end.split('/').next().unwrap_or_default());
    end.is_some_and(|end| end.len() >= 2 && end.chars().all(char::is_alphabetic))
}
