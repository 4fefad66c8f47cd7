//! Numbers that name something and count nothing: the code of a model or an order, a year, `24/7`, `a thousand thanks`.

use super::scan::Number;
use crate::answer_checks::language::is_small_word;
use crate::answer_checks::text::{Kind, Text};

const ORDERS: &str = "order orders booking confirmation ticket reference ref nr no number # bestellung auftrag rechnung buchung bestellnummer \
    auftragsnummer pedido numero encomenda reserva commande reservation facture ordine prenotazione fattura bestelling bestelnummer factuur \
    pesanan nomor invoice order";
/// Words that stand before a year.
const BEFORE_YEAR: &str = "of from in since von aus vom im de del do da di dal dell em en du van uit naar about to para per sur over tentang dari tahun";
const THANKS: &str = "thank thanks dank gracias obrigado obrigada obrigados merci mercis grazie bedankt terima desculpas disculpas perdones perdoes \
    excuses scuse sorry apologies kisses besos beijos bisous baci kussen";
const WORDS: &str = "satz satze satzen sentence sentences frase frases phrase phrases frasi zin zinnen kalimat word words wort worte worten palabra palabras palavra palavras mot mots parola parole woord woorden kata";

fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_ascii_whitespace().any(|listed| listed == word)
}

/// `tausend Dank`, `in zwei Worten`: a figure of speech, written in words.
pub(super) fn is_figure_of_speech(text: &Text, number: &Number) -> bool {
    if number.digits {
        return false;
    }
    let next = number.last + 1;
    let round = matches!(number.values.as_slice(), [100_000 | 1_000_000 | 1_000_000_000]);
    let thanks = (next..next + 2).any(|at| listed(THANKS, text.word(at)));
    let before = number.first.checked_sub(1).map_or("", |at| text.word(at));
    let few = number.whole().is_some_and(|count| count <= 3);
    let said_in = matches!(before, "in" | "en" | "em" | "dalam" | "dengan") && listed(WORDS, text.word(next));
    (round && thanks) || (few && said_in)
}

/// What a banknote is worth.
pub(super) fn note_of(word: &str) -> Option<u64> {
    Some(match word {
        "fiver" | "vijfje" | "funfer" => 5,
        "tenner" | "tientje" | "zehner" => 10,
        "zwanziger" | "twintigje" => 20,
        "funfziger" | "fuffi" => 50,
        "hunderter" | "hunni" => 100,
        _ => return None,
    })
}

/// `24/7`, `24h/24`, `7/7`: the numbers it takes.
pub(super) fn takes_around_the_clock(text: &Text, numbers: &[Number], at: usize) -> Option<usize> {
    let next = numbers.get(at + 1)?;
    let pair = (text.word(numbers[at].first), text.word(next.first));
    let first = numbers[at].last + 1;
    let hours = usize::from(matches!(text.word(first), "h" | "u" | "std"));
    let slashed = text.word(first + hours) == "/" && next.first == first + hours + 1;
    (slashed && matches!(pair, ("24", "7" | "24"))).then_some(2)
}

/// `7 jours sur 7`, `7j/7`, `sette giorni su sette`
pub(super) fn is_every_day_of_seven(text: &Text, numbers: &[Number], at: usize) -> bool {
    let (number, Some(next)) = (&numbers[at], numbers.get(at + 1)) else {
        return false;
    };
    let day = |word: &str| {
        matches!(word, "j" | "g" | "d")
            || super::units::unit(word) == Some(super::units::Unit::Measure(super::units::Measure::Days, 1))
    };
    let first = number.last + 1;
    let over = first + usize::from(day(text.word(first)));
    let joined = matches!(text.word(over), "/" | "sur" | "su" | "op" | "von") && next.first == over + 1;
    joined && over > first && number.whole() == Some(7) && next.whole() == Some(7)
}

const AROUND_THE_CLOCK: &str = "24/7|24h/24|24 h/24|24 hours a day|open 24 hours|around the clock|round the clock|rund um die uhr|24 stunden am tag|\
    las 24 horas|24 horas al dia|24 horas por dia|24 horas do dia|abierto 24 h|aberto 24 h|24 heures sur 24|jour et nuit|24 ore su 24|giorno e notte|\
    aperto 24 ore|24 uur per dag|dag en nacht|24 jam nonstop|buka 24 jam|24 jam sehari|reception 24 h|tag und nacht";

/// Whether the text says that something is never closed.
pub(super) fn says_around_the_clock(text: &Text) -> bool {
    AROUND_THE_CLOCK.split('|').any(|phrase| text.folded.contains(phrase))
}

/// Whether digits that a noun seems to follow are called an order or a year, or a small word follows that is no noun.
pub(super) fn identifies(text: &Text, start: usize) -> bool {
    let at = text.tokens.partition_point(|token| token.start < start);
    let called = |back: usize| at.checked_sub(back).is_some_and(|at| listed(ORDERS, text.word(at)));
    let year = matches!(text.word(at).as_bytes(), [b'1', b'9', _, _] | [b'2', b'0', _, _]);
    let before_year = at.checked_sub(1).is_some_and(|at| listed(BEFORE_YEAR, text.word(at)));
    called(1) || called(2) || (year && before_year) || is_small_word(text.word(at + 1))
}

/// The code that the digits at token `at` end: letters and digits without a space, as `a6400` and `hp-20417`.
pub(super) fn code_at(text: &Text, at: usize) -> Option<String> {
    let dash = usize::from(text.word(at.checked_sub(1)?) == "-");
    let letters = at.checked_sub(1 + dash)?;
    let glued = text.glued(at) && (dash == 0 || text.glued(at - 1));
    let named = text.kind(letters) == Kind::Word
        && text.word(letters).len() <= 6
        && super::units::unit(text.word(letters)).is_none();
    (glued && named && text.kind(at) == Kind::Number).then(|| format!("{}{}", text.word(letters), text.word(at)))
}
