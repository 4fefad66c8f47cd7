//! Number words in eight languages, generated from their parts.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::glued::{glued_hundreds, glued_thousands};
use crate::answer_checks::language::Language;

/// What a number word says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberWord {
    pub(crate) value: u32,
    pub(crate) language: Language,
    /// Also an ordinary word, here or in another language: it counts where the language is sure, or before a unit.
    pub(crate) restricted: bool,
    /// Counts before a unit or after a word of time only: articles, nought, and words with a second meaning in their own language.
    pub(crate) needs_unit: bool,
}

/// Phrases of one to five words, joined by a space, each with its readings.
pub(super) static PHRASES: LazyLock<HashMap<String, Vec<NumberWord>>> = LazyLock::new(|| {
    let mut phrases: HashMap<String, Vec<NumberWord>> = HashMap::new();
    for (language, list) in ALL {
        for (phrase, value) in list() {
            let word = NumberWord {
                value,
                language,
                restricted: RESTRICTED.contains(&phrase.as_str()),
                needs_unit: value <= 1 || NEEDS_UNIT.contains(&phrase.as_str()),
            };
            phrases.entry(phrase).or_default().push(word);
        }
    }
    for (language, phrase, value) in THOUSANDS {
        let word = NumberWord {
            value,
            language,
            restricted: false,
            needs_unit: true,
        };
        phrases.entry(phrase.to_owned()).or_default().push(word);
    }
    phrases
});

/// The first words of all phrases.
static FIRST: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| PHRASES.keys().filter_map(|phrase| phrase.split(' ').next()).collect());

/// Whether a number can begin with `word`.
pub(crate) fn begins_number(word: &str) -> bool {
    FIRST.contains(word)
        || ["hundert", "cento", "honderd", "tausend", "mila", "mille", "duizend"]
            .iter()
            .any(|hundred| word.contains(hundred))
}

/// Writes down the phrases of a language.
type Phrases = fn() -> Vec<(String, u32)>;

const ALL: [(Language, Phrases); 8] = [
    (Language::English, english),
    (Language::Spanish, spanish),
    (Language::Portuguese, portuguese),
    (Language::German, german),
    (Language::French, french),
    (Language::Italian, italian),
    (Language::Dutch, dutch),
    (Language::Indonesian, indonesian),
];

/// Ordinary words of another language, or short ones that turn up anywhere.
const RESTRICTED: [&str; 15] = [
    "dos", "tres", "once", "onze", "due", "elf", "seize", "ten", "four", "sex", "cem", "lima", "cent", "tan", "sette",
];

/// Ordinary words of their own language too: `sei` (you are), `neuf` (new), `mille grazie`, `sept.`
const NEEDS_UNIT: [&str; 6] = ["sei", "neuf", "sept", "acht", "cento", "cien"];

/// A thousand with no number before it; `mil gracias` and `tausend Dank` are no quantities.
const THOUSANDS: [(Language, &str, u32); 9] = [
    (Language::English, "thousand", 1_000),
    (Language::Spanish, "mil", 1_000),
    (Language::Portuguese, "mil", 1_000),
    (Language::German, "tausend", 1_000),
    (Language::French, "mille", 1_000),
    (Language::Italian, "mille", 1_000),
    (Language::Dutch, "duizend", 1_000),
    (Language::Indonesian, "seribu", 1_000),
    (Language::Indonesian, "sejuta", 1_000_000),
];

/// The readings of `phrase`, which is folded words joined by a space.
pub(crate) fn readings(phrase: &str) -> Vec<NumberWord> {
    match PHRASES.get(phrase) {
        Some(words) => words.clone(),
        None => glued_thousands(phrase)
            .or_else(|| glued_hundreds(phrase))
            .into_iter()
            .collect(),
    }
}

/// What a word after a number multiplies it with.
pub(crate) fn multiplier(word: &str) -> Option<u64> {
    Some(match word {
        "thousand" | "tausend" | "mila" | "mille" | "mil" | "duizend" | "ribu" | "rb" | "k" | "тысяч" | "тысячи" => {
            1_000
        }
        "million" | "millionen" | "millones" | "milhoes" | "millions" | "milioni" | "miljoen" | "mln" | "mio"
        | "mill" | "juta" | "jt" => 1_000_000,
        "lakh" => 100_000,
        "万" | "萬" | "만" => 10_000,
        _ => return None,
    })
}

fn parts(list: &str) -> Vec<&str> {
    list.split(' ').collect()
}

fn numbered(list: &str, from: u32) -> Vec<(String, u32)> {
    list.split(' ')
        .zip(from..)
        .map(|(word, value)| (word.replace('_', " "), value))
        .collect()
}

/// Tens with ones, joined by `join`.
fn tens_and_ones(tens: &str, ones: &str, join: impl Fn(&str, &str) -> String, first: u32) -> Vec<(String, u32)> {
    let mut list = Vec::new();
    for (ten, value) in parts(tens).into_iter().zip((first..).step_by(10)) {
        list.push((ten.to_owned(), value));
        for (one, digit) in parts(ones).into_iter().zip(1..) {
            list.extend(one.split('|').map(|one| (join(ten, one), value + digit)));
        }
    }
    list
}

fn hundreds_by(ones: &str, hundred: &str) -> Vec<(String, u32)> {
    parts(ones)
        .into_iter()
        .zip((100..).step_by(100))
        .map(|(one, value)| (format!("{one}{hundred}"), value))
        .collect()
}

fn english() -> Vec<(String, u32)> {
    let mut below = numbered(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
        0,
    );
    let ones = "one two three four five six seven eight nine";
    below.extend(tens_and_ones(
        "twenty thirty forty fifty sixty seventy eighty ninety",
        ones,
        |ten, one| format!("{ten} {one}"),
        20,
    ));
    let mut hundreds = hundreds_by(ones, " hundred");
    hundreds.push(("a hundred".into(), 100));
    let mut list = [below, hundreds].concat();
    list.extend([("dozen".into(), 12), ("fourty".into(), 40)]);
    list
}

fn spanish() -> Vec<(String, u32)> {
    let mut below = numbered(
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho \
         diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve",
        0,
    );
    below.extend([
        ("un".into(), 1),
        ("una".into(), 1),
        ("veintiun".into(), 21),
        ("docena".into(), 12),
    ]);
    let ones = "uno|un|una dos tres cuatro cinco seis siete ocho nueve";
    below.extend(tens_and_ones(
        "treinta cuarenta cincuenta sesenta setenta ochenta noventa",
        ones,
        |ten, one| format!("{ten} y {one}"),
        30,
    ));
    let mut hundreds = numbered_hundreds(
        "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos",
    );
    hundreds.extend(numbered_hundreds(
        "cien doscientas trescientas cuatrocientas quinientas seiscientas setecientas ochocientas novecientas",
    ));
    [below, hundreds].concat()
}

fn numbered_hundreds(list: &str) -> Vec<(String, u32)> {
    parts(list)
        .into_iter()
        .zip((100..).step_by(100))
        .map(|(word, value)| (word.to_owned(), value))
        .collect()
}

fn portuguese() -> Vec<(String, u32)> {
    let mut below = numbered(
        "zero um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove",
        0,
    );
    let more = [
        ("uma", 1),
        ("duas", 2),
        ("catorze", 14),
        ("dezasseis", 16),
        ("dezassete", 17),
        ("dezanove", 19),
        ("duzia", 12),
    ];
    below.extend(more.map(|(word, value)| (word.to_owned(), value)));
    let ones = "um|uma dois|duas tres quatro cinco seis sete oito nove";
    below.extend(tens_and_ones(
        "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
        ones,
        |ten, one| format!("{ten} e {one}"),
        20,
    ));
    let mut hundreds = numbered_hundreds(
        "cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos",
    );
    hundreds.extend([("cem".into(), 100), ("duzentas".into(), 200), ("trezentas".into(), 300)]);
    [below, hundreds].concat()
}

fn german() -> Vec<(String, u32)> {
    let mut below = numbered(
        "null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn",
        0,
    );
    let more = [
        ("ein", 1),
        ("eine", 1),
        ("einen", 1),
        ("einem", 1),
        ("einer", 1),
        ("zwo", 2),
        ("fuenf", 5),
        ("zwoelf", 12),
        ("dutzend", 12),
    ];
    below.extend(more.map(|(word, value)| (word.to_owned(), value)));
    let ones = "ein zwei drei vier funf|fuenf sechs sieben acht neun";
    let tens = "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig";
    below.extend(tens_and_ones(tens, ones, |ten, one| format!("{one}und{ten}"), 20));
    let mut hundreds = hundreds_by("ein zwei drei vier funf sechs sieben acht neun", "hundert");
    hundreds.push(("hundert".into(), 100));
    [below, hundreds].concat()
}

fn french() -> Vec<(String, u32)> {
    let teens = "dix onze douze treize quatorze quinze seize dix_sept dix_huit dix_neuf";
    let ones = "un|une deux trois quatre cinq six sept huit neuf";
    let mut below = numbered("zero un deux trois quatre cinq six sept huit neuf", 0);
    below.extend(numbered(teens, 10));
    below.push(("une".into(), 1));
    below.extend([
        ("septante".into(), 70),
        ("huitante".into(), 80),
        ("nonante".into(), 90),
        ("douzaine".into(), 12),
    ]);
    for join in [" ", " et "] {
        below.extend(tens_and_ones(
            "vingt trente quarante cinquante soixante",
            ones,
            |ten, one| format!("{ten}{join}{one}"),
            20,
        ));
        below.extend(
            numbered(teens, 70)
                .into_iter()
                .map(|(teen, value)| (format!("soixante{join}{teen}"), value)),
        );
    }
    for eighty in ["quatre vingt", "quatre vingts"] {
        below.extend(tens_and_ones(
            "quatre-vingt",
            ones,
            |_, one| format!("quatre vingt {one}"),
            80,
        ));
        below.push((eighty.into(), 80));
        below.extend(
            numbered(teens, 90)
                .into_iter()
                .map(|(teen, value)| (format!("{eighty} {teen}"), value)),
        );
    }
    let mut hundreds = hundreds_by("un deux trois quatre cinq six sept huit neuf", " cent");
    hundreds.remove(0);
    hundreds.extend(
        hundreds
            .clone()
            .into_iter()
            .map(|(word, value)| (format!("{word}s"), value)),
    );
    hundreds.push(("cent".into(), 100));
    [below, hundreds].concat()
}

fn italian() -> Vec<(String, u32)> {
    let mut below = numbered(
        "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
        0,
    );
    let more = [("un", 1), ("una", 1), ("dozzina", 12)];
    below.extend(more.map(|(word, value)| (word.to_owned(), value)));
    let ones = "uno|un due tre quattro cinque sei sette otto nove";
    let tens = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta";
    below.extend(tens_and_ones(
        tens,
        ones,
        |ten, one| {
            let vowel = one.starts_with(['u', 'o']);
            format!("{}{one}", if vowel { &ten[..ten.len() - 1] } else { ten })
        },
        20,
    ));
    let mut hundreds = hundreds_by("un due tre quattro cinque sei sette otto nove", "cento");
    hundreds[0].0 = "cento".into();
    [below, hundreds].concat()
}

fn dutch() -> Vec<(String, u32)> {
    let mut below = numbered(
        "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien",
        0,
    );
    below.push(("dozijn".into(), 12));
    let ones = "een twee drie vier vijf zes zeven acht negen";
    let tens = "twintig dertig veertig vijftig zestig zeventig tachtig negentig";
    below.extend(tens_and_ones(tens, ones, |ten, one| format!("{one}en{ten}"), 20));
    let mut hundreds = hundreds_by(ones, "honderd");
    hundreds[0].0 = "honderd".into();
    [below, hundreds].concat()
}

fn indonesian() -> Vec<(String, u32)> {
    let ones = "satu dua tiga empat lima enam tujuh delapan sembilan";
    let mut below = numbered(
        "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas",
        0,
    );
    below.push(("lusin".into(), 12));
    below.extend(
        parts(ones)
            .into_iter()
            .zip(11..)
            .skip(1)
            .map(|(one, value)| (format!("{one} belas"), value)),
    );
    for (ten, value) in parts(ones).into_iter().zip((10..).step_by(10)).skip(1) {
        below.push((format!("{ten} puluh"), value));
        below.extend(
            parts(ones)
                .into_iter()
                .zip(1..)
                .map(|(one, digit)| (format!("{ten} puluh {one}"), value + digit)),
        );
    }
    let mut hundreds = hundreds_by(ones, " ratus");
    hundreds[0].0 = "seratus".into();
    [below, hundreds].concat()
}
