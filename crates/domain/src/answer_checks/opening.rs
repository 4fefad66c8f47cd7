//! Whether the days an answer names are the days that approved texts name: an open day must not be one that is only named as closed.

use super::language::{Language, languages_of};
use super::numbers::is_number_word;
use super::text::{Kind, Text};
use super::weekdays::{NamedDays, Weekdays, is_short_for_day, says_daily, weekday, weekdays_of};

const CLOSED: &str = "closed shut cerrado cerrada cerrados cerramos fechado fechada fechados fechamos geschlossen ruhetag \
    ferme fermee fermes fermeture chiuso chiusa chiusi chiudiamo gesloten dicht tutup libur descansamos descanso";
const OPEN: &str = "open opens opening abre abren abrimos abierto abierta abiertos aberto aberta abertos abrem geoffnet offen offnen \
    auf ouvert ouverte ouverts ouvrons aperto aperta aperti apriamo geopend buka";
const NOT: &str =
    "not t cannot never nie nicht kein keine nunca nao non pas ne n niet geen tidak belum unsure whether ob";

/// Whether the word says that something is closed.
pub(crate) fn says_closed(word: &str) -> bool {
    CLOSED.split_ascii_whitespace().any(|listed| listed == word)
}

/// Whether the word says that something is open.
pub(crate) fn says_open(word: &str) -> bool {
    OPEN.split_ascii_whitespace().any(|listed| listed == word)
}

/// The days that texts name.
#[derive(Default)]
pub(crate) struct Days {
    named: Weekdays,
    /// Named, and not as closed.
    open: Weekdays,
}

impl Days {
    pub(crate) fn add(&mut self, text: &Text) {
        for days in weekdays_of(text) {
            self.named.add(days.days);
            // `Closed at 6 on Fridays` is open before.
            let shut = clause_has(text, &days, &[CLOSED]) || ends_shut(text, &days) || is_denied(text, &days);
            if !shut || has_hours(text, &days) {
                self.open.add(days.days);
            }
        }
        if says_daily(text) {
            self.named.add(Weekdays::ALL);
            self.open.add(Weekdays::ALL);
        }
    }

    /// Whether no day of the week is closed.
    pub(crate) fn are_all(&self) -> bool {
        Weekdays::ALL.lies_within(self.open)
    }

    /// Whether texts name the days that are open, and these are not among them.
    fn leaves_out(&self, days: Weekdays) -> bool {
        !self.open.is_empty() && !days.meets(self.open)
    }

    /// The token of a day of `answer` that stands neither here nor in what the customer `said`; a day that it calls open, or gives
    /// hours for, must stand here as an open one.
    pub(crate) fn first_unknown(&self, answer: &Text, said: &Self) -> Option<usize> {
        let mut known = self.named;
        known.add(said.named);
        let is_known = |days: &NamedDays| {
            let opens = clause_has(answer, days, &[OPEN]) || has_hours(answer, days);
            let denied = clause_has(answer, days, &[CLOSED, NOT]) || ends_shut(answer, days) || says_no(answer, days);
            let claimed = opens && !denied;
            days.days.lies_within(if claimed { self.open } else { known })
                || (is_said_closed(answer, days) && self.leaves_out(days.days))
        };
        let mut unknown = weekdays_of(answer).into_iter().filter(|days| !is_known(days));
        unknown.next().map(|days| days.at)
    }
}

/// The tokens of the clause around the days.
fn clause(text: &Text, days: &NamedDays) -> std::ops::Range<usize> {
    let ends = |at: &usize| {
        let short = *at > 0 && (is_short_for_day(text.word(at - 1)) || text.word(at - 1) == "u");
        // `Wed to Sun. Closed Mon`
        let short = short && !(says_closed(text.word(at + 1)) && is_name(text, at + 2));
        match text.word(*at) {
            "." => !short,
            "!" | "?" | ";" | "," | "。" | "、" | "，" => true,
            "but" | "pero" | "mas" | "aber" | "mais" | "maar" | "tapi" => true,
            "ma" => !is_dutch_monday(text, *at),
            // `15-18:30h / Wed closed`
            "/" | "|" | "·" => !text.glued(*at) && !text.glued(*at + 1) && !is_name(text, at.wrapping_sub(1)),
            _ => text.kind(*at) == Kind::Break,
        }
    };
    let start = (0..days.at).rev().find(ends).map_or(0, |at| at + 1);
    let end = (days.at..text.tokens.len()).find(ends).unwrap_or(text.tokens.len());
    start..end
}

/// `Lundi et mardi, c'est fermé`: closed in the same sentence, without hours.
fn is_said_closed(text: &Text, days: &NamedDays) -> bool {
    let ends = |at: &usize| text.kind(*at) == Kind::Break || matches!(text.word(*at), "." | "!" | "?" | ";");
    let first = (0..days.at).rev().find(ends).map_or(0, |at| at + 1);
    let last = (days.at..text.tokens.len()).find(ends).unwrap_or(text.tokens.len());
    let mut words = (first..last).map(|at| text.word(at));
    let numbers = (first..last).any(|at| text.kind(at) == Kind::Number || is_number_word(text.word(at)));
    words.clone().any(says_closed) && !words.any(says_open) && !numbers
}

/// `No Sundays`
fn is_denied(text: &Text, days: &NamedDays) -> bool {
    let before = days.at.checked_sub(1).map_or("", |at| text.word(at));
    let no = before == "no" && !languages_of(text).has(Language::Portuguese);
    no || matches!(
        before,
        "not" | "kein" | "keine" | "keinen" | "geen" | "sem" | "nicht" | "niet"
    )
}

/// `Mi + Fr zu`: at the end of its clause the word says that something is shut.
fn ends_shut(text: &Text, days: &NamedDays) -> bool {
    clause(text, days).next_back().is_some_and(|at| text.word(at) == "zu")
}

/// Dutch `ma` beside another day, a time or a word for closed; Italian `ma` says *but*.
fn is_dutch_monday(text: &Text, at: usize) -> bool {
    let (before, next) = (text.word(at.wrapping_sub(1)), text.word(at + 1));
    let joins = |word: &str| matches!(word, "/" | "-" | "+" | "&" | "en");
    let told = text.kind(at + 1) == Kind::Number || says_closed(next) || says_open(next);
    joins(before) || joins(next) || next == "t" || told
}

fn is_name(text: &Text, at: usize) -> bool {
    is_short_for_day(text.word(at)) || weekday(text.word(at)).is_some()
}

fn clause_has(text: &Text, days: &NamedDays, lists: &[&str]) -> bool {
    clause(text, days).any(|at| {
        let word = text.word(at);
        lists
            .iter()
            .any(|list| list.split_ascii_whitespace().any(|listed| listed == word))
    })
}

/// `no` negates, but not in Portuguese, where it says *in the*.
fn says_no(text: &Text, days: &NamedDays) -> bool {
    clause_has(text, days, &["no"]) && !languages_of(text).has(Language::Portuguese)
}

/// Numbers in the clause are hours more often than not.
fn has_hours(text: &Text, days: &NamedDays) -> bool {
    clause(text, days).any(|at| text.kind(at) == Kind::Number || is_number_word(text.word(at)))
}
