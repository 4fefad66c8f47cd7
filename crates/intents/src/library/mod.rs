//! Ready-made intents to start a rule from: what people ask a small business, in six languages.

mod afterwards;
mod appointments;
mod buying;
mod choosing;
mod coming;
mod talking;

/// A language that the ready-made intents speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    English,
    Spanish,
    Portuguese,
    German,
    French,
    Indonesian,
}

/// A ready-made intent.
#[derive(Debug)]
pub struct ReadyIntent {
    /// Stable, in lower case: `opening_hours`.
    pub id: &'static str,
    wordings: [Wording; Language::ALL.len()],
}

/// A ready-made intent in one language.
#[derive(Debug)]
pub struct Wording {
    /// The language of everything below.
    pub language: Language,
    /// Two or three words for a list.
    pub label: &'static str,
    /// What the customer wants, for the description of a rule.
    pub description: &'static str,
    /// What customers write. The phrase with the same number says the same in every language.
    pub phrases: [&'static str; PHRASES],
}

/// What a rule starts with.
#[derive(Debug, PartialEq, Eq)]
pub struct Starter {
    /// For the rule's description.
    pub description: &'static str,
    /// For its examples: at most [`MAX_EXAMPLES`], no two alike.
    pub examples: Vec<&'static str>,
}

/// Phrases of a ready-made intent in each language.
pub const PHRASES: usize = 8;

/// The most examples that a rule holds.
pub const MAX_EXAMPLES: usize = 8;

impl Language {
    /// All of them, in the order of the wordings.
    pub const ALL: [Self; 6] = [
        Self::English,
        Self::Spanish,
        Self::Portuguese,
        Self::German,
        Self::French,
        Self::Indonesian,
    ];

    /// Two letters, as in the `lang` of a page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::Portuguese => "pt",
            Self::German => "de",
            Self::French => "fr",
            Self::Indonesian => "id",
        }
    }

    /// The language with these two letters.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

/// Every ready-made intent, the commonest wishes first.
pub fn ready_intents() -> impl Iterator<Item = &'static ReadyIntent> {
    let groups: [&'static [ReadyIntent]; 6] = [
        &coming::INTENTS,
        &choosing::INTENTS,
        &buying::INTENTS,
        &afterwards::INTENTS,
        &appointments::INTENTS,
        &talking::INTENTS,
    ];
    groups.into_iter().flatten()
}

/// The ready-made intent with this id.
pub fn ready_intent(id: &str) -> Option<&'static ReadyIntent> {
    ready_intents().find(|intent| intent.id == id)
}

impl ReadyIntent {
    /// The intent in this language.
    pub fn wording(&self, language: Language) -> &Wording {
        &self.wordings[language as usize]
    }

    /// Description and examples for customers who write in these languages; the description is in the first. English when
    /// none is given.
    ///
    /// The encoder understands across languages, so the languages take turns over different phrases: what is asked in eight
    /// ways finds more messages than two ways in four languages.
    pub fn starter(&self, languages: &[Language]) -> Starter {
        let languages = if languages.is_empty() {
            &[Language::English]
        } else {
            languages
        };
        let mut examples = Vec::with_capacity(MAX_EXAMPLES);
        for (round, phrase) in (0..languages.len()).flat_map(|round| (0..PHRASES).map(move |phrase| (round, phrase))) {
            let example = self.wording(languages[(round + phrase) % languages.len()]).phrases[phrase];
            if examples.len() < MAX_EXAMPLES && !examples.contains(&example) {
                examples.push(example);
            }
        }
        Starter {
            description: self.wording(languages[0]).description,
            examples,
        }
    }
}
