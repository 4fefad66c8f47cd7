//! What the numbers of a text mean: each gets its unit from what stands around it.

use super::amount::{Amount, Reading};
use super::clock::{Clock, expects_time, time_at};
use super::dates::{dates_at, listed_date};
use super::named::{is_every_day_of_seven, is_figure_of_speech, note_of, takes_around_the_clock};
use super::scan::{Number, numbers_of};
use super::spoken::named_time;
use super::units::{Currency, Measure, Unit, unit};
use crate::answer_checks::language::{Languages, is_small_word, languages_of};
use crate::answer_checks::text::{Kind, Text};
use crate::answer_checks::weekdays::weekday;

/// Words that may follow a number without being what it counts.
const FUNCTION_WORDS: &str = " for to and per or until till at on in by from a an is are was the if so but bis fur und oder pro im am zu ab y o e ou et para por con de da do que se si no na em pour par le la les c est alle al alla dal dalla dalle del della dei delle nel nella di per con il voor en of op van tot is untuk dan atau di ya kak saja sampai each every ist sind inklusive inkl incl als wenn je p pp pro only nur solo so somente seulement uniquement alleen hanya soltanto just exactly genau approx aprox ca env max min mind arasi ao aos as las pay pays paying zahlen zahlt bezahlen pagan paga pagas pagano pagam paient paie paient betalen betaalt bayar may must need needs should darf durfen mussen muss puede pueden podem peut peuvent possono mogen moet moeten boleh harus are go goes gehen geht по на и или каждый ежедневно без до с free gratis gratuit gratuito gratuita kostenlos frei please pls plz porfa porfavor bitte grazie merci obrigado obrigada thanks thx gracias svp stp aub dong deh wib wita wit gmt utc cet cest mez mesz est edt pst pdt bst no not nicht niet nao non ne belum - ";
/// `einen Tag vorher` is a quantity.
const BEFOREHAND: &str =
    " before beforehand ahead earlier vorher davor antes avant prima tevoren vooraf sebelumnya sebelum vor ";
/// Words of a day before a time.
const TODAY: &str = "today tonight tomorrow heute morgen vanmiddag vanavond vanochtend vanmorgen vandaag hoy oggi stasera domani hoje besok nanti";
/// Who is counted, so that `sept` is no month and `neuf` not new.
const PEOPLE: &str = " people guests seats person personen gaste platze personne personnes places convives persona personas plazas pessoas lugares persone posti plaatsen gasten orang tamu ";
const PRICE_WORDS: &str = " price prices priced cost costs charge pay paid kostet kosten kost preis preise cuesta cuestan precio vale custa custam preco coute coutent prix costa costano prezzo prijs harga harganya bayar ";

/// All amounts of `text` outside the `masked` ranges. `approved` texts are read generously, an answer strictly.
pub(crate) fn amounts_of(text: &Text, masked: &[(usize, usize)], approved: bool) -> Vec<Amount> {
    let languages = languages_of(text);
    let numbers = numbers_of(text, languages, masked);
    let reader = Reader {
        text,
        numbers: &numbers,
        both_halves: !approved || !uses_24_hours(text, &numbers),
        approved,
        languages,
    };
    let mut amounts = reader.read();
    amounts.extend((0..text.tokens.len()).filter_map(|at| {
        let token = text.tokens[at];
        Some(Amount {
            readings: vec![named(text, at).or_else(|| reader.one_and_a_part(at))?],
            measured: Vec::new(),
            start: token.start,
            end: token.end,
        })
    }));
    amounts
}

/// What a word says without a number: `noon`, `a fiver`.
fn named(text: &Text, at: usize) -> Option<Reading> {
    let note = || note_of(text.word(at)).filter(|_| text.word(at + 1) != "-");
    named_time(text, at)
        .map(Reading::Time)
        .or_else(|| Some(Reading::Money(note()? * 1_000, Currency::Unknown)))
}

/// Whether a text that says 13:00 or later counts the hours to 24, so that its 10:00 is in the morning.
fn uses_24_hours(text: &Text, numbers: &[Number]) -> bool {
    (0..numbers.len()).any(|at| {
        let hour = numbers[at].whole().filter(|hour| (13..24).contains(hour));
        let clock = matches!(unit(text.word(numbers[at].last + 1)), Some(Unit::Clock { .. }));
        hour.is_some() && (clock || time_at(text, numbers, at, false).is_some_and(|clock| clock.sure))
    })
}

pub(super) struct Reader<'t> {
    pub(super) text: &'t Text,
    pub(super) numbers: &'t [Number],
    both_halves: bool,
    pub(super) approved: bool,
    pub(super) languages: Languages,
}

impl Reader<'_> {
    fn read(&self) -> Vec<Amount> {
        let mut amounts = Vec::new();
        let mut at = 0;
        while at < self.numbers.len() {
            let (readings, takes) = self.readings(at);
            let last = self.numbers[at + takes - 1].last;
            if !readings.is_empty() {
                amounts.push(Amount {
                    measured: self.measured(at, &readings),
                    readings,
                    start: self.text.tokens[self.numbers[at].first].start,
                    end: self.text.tokens[last].end,
                });
            }
            at += takes;
        }
        amounts
    }

    /// The values as they are written, where they are measured whole: not those of `deux heures trente`.
    fn measured(&self, at: usize, readings: &[Reading]) -> Vec<u64> {
        let size = match self
            .unit_of(at)
            .map(|(unit, ..)| unit)
            .or_else(|| self.borrowed_unit(at))
        {
            Some(Unit::Measure(_, size)) => size,
            Some(Unit::Clock { hours: true }) => 60,
            _ => 1,
        };
        let whole = |value: &u64| {
            readings
                .iter()
                .any(|reading| matches!(reading, Reading::Measure(measured, _) if value.checked_mul(size) == Some(*measured)))
        };
        self.numbers[at].values.iter().copied().filter(whole).collect()
    }

    fn readings(&self, at: usize) -> (Vec<Reading>, usize) {
        let number = &self.numbers[at];
        if is_figure_of_speech(self.text, number) {
            return (Vec::new(), 1);
        }
        if let Some(takes) = takes_around_the_clock(self.text, self.numbers, at) {
            return (vec![Reading::AroundTheClock], takes);
        }
        if is_every_day_of_seven(self.text, self.numbers, at) {
            return (vec![Reading::EveryDay], 2);
        }
        if let Some((dates, takes)) = dates_at(self.text, self.numbers, at) {
            return (self.with_fraction(at, dates), takes);
        }
        if let Some(date) = listed_date(self.text, self.numbers, at) {
            return (vec![date], 1);
        }
        if let Some(dates) = self.day_after_month(at) {
            return (dates, 1);
        }
        if let Some(minutes) = self.hours_and_minutes(at) {
            return (vec![Reading::Measure(minutes, Measure::Minutes)], 2);
        }
        let clock = time_at(self.text, self.numbers, at, self.both_halves);
        if let Some(clock) = clock.as_ref().filter(|clock| clock.sure) {
            return (self.sure_time(at, clock), clock.takes);
        }
        if let Some(pair) = self.spoken_pair(at) {
            return (pair, 2);
        }
        if let Some((unit, takes, values)) = self.unit_of(at) {
            return (self.with_unit(at, unit, &values, clock), takes);
        }
        if let Some(unit) = self.borrowed_unit(at) {
            return (self.with_unit(at, unit, &number.values, clock), 1);
        }
        (self.without_unit(at, clock), 1)
    }

    fn with_unit(&self, at: usize, unit: Unit, values: &[u64], clock: Option<Clock>) -> Vec<Reading> {
        let values = values.iter().copied();
        match unit {
            Unit::Money(currency) => values.map(|value| Reading::Money(value, currency)).collect(),
            Unit::Cents => values
                .map(|value| Reading::Money(value / 100, Currency::Unknown))
                .collect(),
            Unit::Percent => values.map(Reading::Percent).collect(),
            Unit::Pounds => values
                .flat_map(|value| {
                    [
                        Reading::Money(value, Currency::Pound),
                        Reading::Measure(value.saturating_mul(16), Measure::Ounces),
                        Reading::Measure(value.saturating_mul(500), Measure::Grams),
                    ]
                })
                .collect(),
            Unit::Measure(..) if self.is_wished(at) && values.clone().all(|value| value == 1_000) => Vec::new(),
            Unit::Measure(measure, times) => values
                .filter_map(|value| Some(Reading::Measure(value.checked_mul(times)?, measure)))
                .chain(
                    clock
                        .filter(|_| (measure, times) == (Measure::Minutes, 60) && self.is_late_range(at))
                        .and_then(|clock| clock.minutes.first().copied())
                        .map(Reading::Time),
                )
                .chain(self.is_every_day(at).then_some(Reading::EveryDay))
                .chain(
                    self.is_romance_fortnight(at, measure)
                        .then_some(Reading::Measure(14_000, Measure::Days)),
                )
                .collect(),
            Unit::Clock { hours } => {
                let expected = self.before(at, 1).and_then(expects_time);
                let strong = expected == Some(true);
                let mut readings: Vec<Reading> = Vec::new();
                // `16.15 uur`
                let dotted = self.is_dotted_hour(at);
                if hours && !strong && !dotted {
                    let minutes = values.filter_map(|value| value.checked_mul(60));
                    readings.extend(minutes.map(|value| Reading::Measure(value, Measure::Minutes)));
                }
                // `3 hours` without a word of time are no time of day, `3h` may be one.
                let short = matches!(self.text.word(self.numbers[at].last + 1), "h" | "hs" | "u");
                let day = self.before(at, 1).is_some_and(|word| weekday(word).is_some());
                // In an approved text `até 3 horas` is a span, `até 18 horas` a time.
                let late = !self.approved || self.numbers[at].whole().is_some_and(|hour| hour > 12);
                // `voor vanmiddag 16 uur`
                let today = self.before(at, 1).is_some_and(|word| listed(TODAY, word));
                let late = late && (expected == Some(false) || (today && !self.approved));
                let lasts =
                    self.approved && expected.is_none() && self.numbers[at].whole().is_some_and(|hour| hour < 5);
                let short = short && !lasts;
                if !hours || short || strong || late || day || dotted || self.joined_time(at) {
                    readings.extend(clock.into_iter().flat_map(|clock| clock.minutes).map(Reading::Time));
                }
                readings
            }
        }
    }

    /// `un buen día`, `una semana linda`: an article, not a quantity.
    fn is_wished(&self, at: usize) -> bool {
        let number = &self.numbers[at];
        if !number.article {
            return false;
        }
        let wishes = |word: &str| {
            matches!(
                word,
                "tengas" | "tenga" | "tengan" | "tenha" | "tenham" | "have" | "pase" | "passe" | "buona"
            )
        };
        self.before(at, 1).is_some_and(wishes)
            || matches!(
                unit(self.text.word(number.last + 1)),
                Some(Unit::Measure(Measure::Minutes, 1))
            )
            || (self.text.word(number.first) != "one"
                && self.text.word(number.first) != "satu"
                && matches!(
                    unit(self.text.word(number.last + 1)),
                    Some(Unit::Measure(Measure::Days, 1))
                )
                && !listed(BEFOREHAND, self.text.word(number.last + 2)))
    }

    fn without_unit(&self, at: usize, clock: Option<Clock>) -> Vec<Reading> {
        let number = &self.numbers[at];
        let counts = self.counts(number.last + 1) || self.is_times(at) || self.is_age(number.last + 2);
        let near_time = self.joined_time(at) || self.before(at, 1).is_some_and(|word| weekday(word).is_some());
        let expected = self.before(at, 1).and_then(expects_time).filter(|strong| {
            !self.is_french_a(at) && !self.is_french_day(at) && (*strong || near_time || !self.is_of(at))
        });
        let times = |readings: &mut Vec<Reading>| {
            readings.extend(
                clock
                    .iter()
                    .flat_map(|clock| &clock.minutes)
                    .map(|minutes| Reading::Time(*minutes)),
            );
        };
        let mut readings = Vec::new();
        let hour = matches!(self.before(at, 1), Some("jam" | "pukul" | "ore"));
        if (!counts || hour) && clock.is_some() && expected == Some(true) && !number.article {
            times(&mut readings);
            return readings;
        }
        // `um zehn passt gut`, `a las 12 llama`: what follows may be a verb.
        if counts && self.is_said_hour(at) && !number.article {
            times(&mut readings);
        }
        let people = listed(PEOPLE, self.text.word(number.last + 1));
        if number.needs_unit && (number.article || !(near_time || people)) {
            return readings;
        }
        let dotted = self.text.word(number.first).contains('.');
        if (!counts || near_time) && (expected.is_some() || near_time || dotted) {
            times(&mut readings);
        }
        let priced = !counts
            && (1..=3)
                .filter_map(|back| self.before(at, back))
                .any(|word| listed(PRICE_WORDS, word));
        readings.extend(number.values.iter().map(|value| match priced {
            true => Reading::Money(*value, Currency::Unknown),
            false => Reading::Plain { value: *value, counts },
        }));
        readings
    }

    pub(super) fn before(&self, at: usize, back: usize) -> Option<&str> {
        let at = self.numbers[at].first.checked_sub(back)?;
        Some(self.text.word(at)).filter(|word| !word.is_empty())
    }

    /// `2x1`, `30 x 40`: neither number is a price.
    fn is_times(&self, at: usize) -> bool {
        let number = &self.numbers[at];
        self.text.word(number.last + 1) == "x" || self.before(at, 1) == Some("x")
    }

    pub(super) fn counts(&self, at: usize) -> bool {
        is_noun(self.text, at)
    }
}

/// Whether token `at` can be what a number counts.
pub(super) fn is_noun(text: &Text, at: usize) -> bool {
    text.kind(at) == Kind::Word && !listed(FUNCTION_WORDS, text.word(at)) && !is_small_word(text.word(at))
}

pub(super) fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|listed| listed == word)
}
