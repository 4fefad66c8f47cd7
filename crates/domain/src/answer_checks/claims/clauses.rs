//! A text cut into clauses, as words with one space around each.

use std::sync::LazyLock;

use super::finder::Finder;
use super::phrases::{BUT, COMFORTS};
use crate::answer_checks::held_piece::Place;
use crate::answer_checks::language::{Language, languages_of};
use crate::answer_checks::numbers::number_word;
use crate::answer_checks::text::{Kind, Text};

static COMFORTING: LazyLock<Finder> = LazyLock::new(|| Finder::new(COMFORTS.split('|')));

/// The words of one clause.
pub(super) struct Clause {
    words: Vec<String>,
    /// Whether `no` negates: in Portuguese it says *in the*.
    no_negates: bool,
    /// The words, each with a space before and after, with comforting phrases taken out.
    line: String,
    /// Where it stands in the folded text.
    place: Place,
}

impl Clause {
    fn new(words: Vec<String>, no_negates: bool, place: Place) -> Self {
        let mut line = format!(" {} ", words.join(" "));
        let mut words = words;
        for hit in COMFORTING.hits(&line) {
            let comfort = COMFORTS.split('|').nth(hit).unwrap_or_default();
            line = line.replace(&format!(" {comfort} "), " ");
            words = line.split_ascii_whitespace().map(str::to_owned).collect();
        }
        Self {
            words,
            no_negates,
            line,
            place,
        }
    }

    pub(super) const fn place(&self) -> Place {
        self.place
    }

    /// Where `phrase` stands, as indices of its first word and of the word after its last.
    pub(super) fn places(&self, phrase: &str) -> Vec<(usize, usize)> {
        let count = phrase.split(' ').count();
        let mut places = Vec::new();
        let mut from = 0;
        while let Some(found) = self.line[from..].find(phrase) {
            let at = from + found;
            let whole = self.line[..at].ends_with(' ') && self.line[at + phrase.len()..].starts_with(' ');
            if whole {
                let first = self.line[..at].split_ascii_whitespace().count();
                places.push((first, first + count));
            }
            from = at + self.line[at..].chars().next().map_or(1, char::len_utf8);
        }
        places
    }

    /// The words, with a space around each.
    pub(super) fn line(&self) -> &str {
        &self.line
    }

    pub(super) fn is(&self, phrase: &str) -> bool {
        self.line.len() == phrase.len() + 2 && self.line.trim() == phrase
    }

    pub(super) fn whole(&self) -> String {
        self.words.join(" ")
    }

    /// Whether one of the words before index `end` is among `negations`.
    pub(super) fn negates(&self, negations: &str, end: usize) -> bool {
        let negation =
            |word: &str| (word != "no" || self.no_negates) && negations.split(' ').any(|negation| negation == word);
        self.words_before(end).any(negation)
    }

    /// The words before index `end`.
    pub(super) fn words_before(&self, end: usize) -> impl Iterator<Item = &str> {
        self.words.iter().take(end).map(String::as_str)
    }

    /// The two words before index `end`.
    pub(super) fn ending(&self, end: usize) -> String {
        self.words[end.saturating_sub(2)..end.min(self.words.len())].join(" ")
    }

    /// The word before index `end` and the two after it, without articles.
    pub(super) fn beginning(&self, end: usize) -> Option<String> {
        let after = self.words.get(end..)?.iter().filter(|word| !is_article(word)).take(2);
        let words: Vec<&str> = self
            .words
            .get(end.checked_sub(1)?)
            .into_iter()
            .chain(after)
            .map(String::as_str)
            .collect();
        (words.len() == 3).then(|| words.join(" "))
    }

    /// The whole numbers of two and more, in digits or in one or two words.
    pub(super) fn numbers(&self) -> Vec<u32> {
        let digits = self.words.iter().filter_map(|word| word.parse().ok());
        let words = self.words.iter().filter_map(|word| number_word(word));
        let pairs = self.words.windows(2).filter_map(|pair| number_word(&pair.join(" ")));
        digits.chain(words).chain(pairs).collect()
    }

    pub(super) fn holds(&self, words: &str) -> bool {
        !self.places(words).is_empty()
    }

    /// The index after the first place of `words`.
    pub(super) fn end_of(&self, words: &str) -> usize {
        self.places(words).first().map_or(0, |(_, end)| *end)
    }
}

fn is_article(word: &str) -> bool {
    const ARTICLES: &str = "the a an el la los las un una o os as um uma der die das den dem ein eine einen le les une il lo gli i de het een";
    ARTICLES.split(' ').any(|article| article == word)
}

/// The clauses of a text: what stands between punctuation, or before and after *but*.
pub(super) fn clauses_of(text: &Text) -> Vec<Clause> {
    let languages = languages_of(text);
    let no_negates = !languages.has(Language::Portuguese) || languages.has(Language::Spanish);
    let mut clauses = Vec::new();
    let mut words: Vec<String> = Vec::new();
    let mut place = (0, 0);
    for (at, token) in text.tokens.iter().enumerate() {
        let word = text.word(at);
        let ends = match text.kind(at) {
            Kind::Break => true,
            Kind::Sign => !matches!(word, "'" | "-" | "\"" | "*" | "_" | "/" | "&" | "%" | "$" | "€"),
            Kind::Word => BUT.split(' ').any(|but| but == word),
            Kind::Number => false,
        };
        if ends && !words.is_empty() {
            clauses.push(Clause::new(std::mem::take(&mut words), no_negates, place));
        } else if !ends && matches!(text.kind(at), Kind::Word | Kind::Number) {
            place = (if words.is_empty() { token.start } else { place.0 }, token.end);
            words.push(word.to_owned());
        }
    }
    if !words.is_empty() {
        clauses.push(Clause::new(words, no_negates, place));
    }
    clauses
}
