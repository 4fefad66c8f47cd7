//! Which of eight languages a text is written in, by its small words. A guess that only decides between readings of a word that
//! means a number in one language and something else in another.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::text::{Kind, Text};

/// The languages whose number words, units and promises are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Spanish,
    Portuguese,
    German,
    French,
    Italian,
    Dutch,
    Indonesian,
}

/// The languages a text may be in; none means that nothing is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Languages(u8);

impl Languages {
    pub(crate) fn only(language: Language) -> Self {
        Self(1 << language as u8)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn has(self, language: Language) -> bool {
        self.0 & (1 << language as u8) != 0
    }
}

const SMALL_WORDS: [&str; 8] = [
    "the is are we you your for of and our it at in with have do yes i can to that on be this not my there from",
    "el la los las es son de que en y por para con un una no si hola nuestra nuestro tenemos puedes esta cuesta al del lo se mi te hacemos abrimos",
    "o os as e um uma de da do que em para com nao sim voce nos por ao na no sao ola temos pode esta custa das dos seu sua aos ate a",
    "der die das ist sind wir ihr du sie und ein eine fur mit nicht ja nein den dem von zu auf im bei kostet haben ich es uns um bis oder kann wird",
    "le la les est sont de des nous vous et un une pour avec ne pas oui non en du au aux sur dans ce il elle je votre notre coute c d l que a",
    "il lo la gli le e sono di che in per con un una non si ciao nostra nostro abbiamo puo costa al del della dalle alle da siamo nel le",
    "de het een is zijn wij we je jij en voor met niet ja nee van te op in bij kost hebben ik er om tot uur of dat kan ze ons onze",
    "yang dan di ke dari untuk dengan tidak ya ada kami kak ini itu bisa saya kita atau pukul jam harga mulai buka tutup sampai hari mau juga",
];

/// Each small word with the languages that have it, a bit for each.
static LANGUAGES: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut languages = HashMap::new();
    for (at, words) in SMALL_WORDS.iter().enumerate() {
        words
            .split(' ')
            .for_each(|word| *languages.entry(word).or_default() |= 1 << at);
    }
    languages
});

/// Whether the word is a small one of any language.
pub(crate) fn is_small_word(word: &str) -> bool {
    LANGUAGES.contains_key(word)
}

/// The languages with the most small words; those that come close count too.
pub(crate) fn languages_of(text: &Text) -> Languages {
    let mut hits = [0_usize; 8];
    for at in (0..text.tokens.len()).filter(|at| text.kind(*at) == Kind::Word) {
        let Some(languages) = LANGUAGES.get(text.word(at)) else {
            continue;
        };
        hits.iter_mut()
            .enumerate()
            .for_each(|(at, hits)| *hits += usize::from(languages >> at & 1));
    }
    let most = hits.iter().copied().max().unwrap_or(0);
    let close = |hits: usize| most > 0 && hits * 4 >= most * 3;
    let bits = hits.iter().enumerate().filter(|(_, hits)| close(**hits));
    Languages(bits.fold(0, |set, (at, _)| set | 1 << at))
}
