//! Days of the week in a text. A range stands for the days within it.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::initials::{initials_at, lone_initial};
use super::language::{Language, Languages, languages_of};
use super::opening::{says_closed, says_open};
use super::text::{Kind, Text};

/// A set of weekdays, Monday first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weekdays(u8);

impl Weekdays {
    pub(crate) const ALL: Self = Self(0b111_1111);

    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) fn lies_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn range(from: u32, to: u32) -> Self {
        let days = (to + 7 - from) % 7;
        Self((0..=days).fold(0, |set, day| set | 1 << ((from + day) % 7)))
    }
}

/// Days, and the token of the last of them.
pub(crate) struct NamedDays {
    pub(crate) days: Weekdays,
    pub(crate) at: usize,
}

const NAMES: [&str; 7] = [
    "monday mondays montag montags lunes lundi lundis lunedi maandag maandags maandagen senin понедельник понедельника понедельникам 月曜 月曜日 周一 星期一",
    "tuesday tuesdays dienstag dienstags martes mardi mardis martedi dinsdag dinsdags dinsdagen selasa вторник вторника вторникам 火曜 火曜日 周二 星期二",
    "wednesday wednesdays mittwoch mittwochs miercoles mercredi mercredis mercoledi woensdag woensdags woensdagen rabu среда среду среды средам 水曜 水曜日 周三 星期三",
    "thursday thursdays donnerstag donnerstags jueves jeudi jeudis giovedi donderdag donderdags donderdagen kamis четверг четверга четвергам 木曜 木曜日 周四 星期四",
    "friday fridays freitag freitags viernes vendredi vendredis venerdi vrijdag vrijdags vrijdagen jumat пятница пятницу пятницы пятницам 金曜 金曜日 周五 星期五",
    "saturday saturdays samstag samstags sonnabend sonnabends sabado sabados samedi samedis sabato zaterdag zaterdags zaterdagen sabtu суббота субботу субботы субботам 土曜 土曜日 周六 星期六",
    "sunday sundays sonntag sonntags domingo domingos dimanche dimanches domenica domeniche zondag zondags zondagen ahad воскресенье воскресенья воскресеньям 日曜 日曜日 周日 星期日 星期天",
];

/// Words that name a day only beside another day or a time.
const SHORT: [&str; 7] = [
    "mon mons mo lun seg segunda lu sen ma",
    "tue tues di mar ter terca sel",
    "wed weds me mi mie mier qua quarta mer wo rab",
    "thu je thur thurs do jue qui quinta jeu gio don kam",
    "fri fris fr ve vie sex sexta ven vr jum",
    "sat sats sa sab sam za zat",
    "sun suns so dom dim zo zon min minggu",
];

const JOINS: &str = "- to through thru bis a al au ate tot t/m sampai hingga s/d till until";
const DAILY: &str = "daily|everyday|taglich|jeden tag|every day|todos los dias|todos os dias|tous les jours|tutti i giorni|dagelijks|elke dag|setiap hari|tiap hari|todo dia|todos dias|cada dia|ogni giorno|diariamente|a diario|chaque jour|iedere dag|alle tage|7 tage die woche|7 days a week|7 days/w|7 dias a la semana|7 dias por semana|7 jours sur 7|7 giorni su 7|7j/7|每日|每天|毎日|ежедневно";

/// Each name with its day, and whether it needs a day or time beside it.
static DAYS: LazyLock<HashMap<&'static str, (u32, bool)>> = LazyLock::new(|| {
    let listed = |lists: &[&'static str; 7], short: bool| {
        let days = (0..)
            .zip(*lists)
            .flat_map(move |(day, names)| names.split(' ').map(move |name| (name, (day, short))));
        days.collect::<Vec<_>>()
    };
    [listed(&SHORT, true), listed(&NAMES, false)]
        .concat()
        .into_iter()
        .collect()
});

/// The day that a whole name says; Monday is 0.
pub(crate) fn weekday(word: &str) -> Option<u32> {
    DAYS.get(word).and_then(|(day, short)| (!short).then_some(*day))
}

/// Whether the word can be short for a day.
pub(crate) fn is_short_for_day(word: &str) -> bool {
    DAYS.get(word).is_some_and(|(_, short)| *short)
}

/// The days that `text` names, those within ranges included, in the order of the text.
pub(crate) fn weekdays_of(text: &Text) -> Vec<NamedDays> {
    let languages = languages_of(text);
    let mut found = Vec::new();
    let mut last: Option<(usize, u32)> = None;
    let mut initials = false;
    for at in 0..text.tokens.len() {
        if let Some(days) = initials_at(text, at, languages) {
            initials = true;
            found.push(NamedDays { days, at });
            continue;
        }
        let Some(day) = lone_initial(text, at, initials).or_else(|| day_at(text, at, languages)) else {
            continue;
        };
        let from = last
            .filter(|(before, _)| is_range(text, *before, at))
            .map_or(day, |(_, day)| day);
        found.push(NamedDays {
            days: Weekdays::range(from, day),
            at,
        });
        last = Some((at, day));
    }
    found
}

fn day_at(text: &Text, at: usize, languages: Languages) -> Option<u32> {
    if text.kind(at) != Kind::Word {
        return None;
    }
    let (day, short) = *DAYS.get(text.word(at))?;
    let germanic = languages.has(Language::German) || languages.has(Language::Dutch);
    let sunday = text.word(at) == "di" && languages.has(Language::French) && !germanic;
    let day = if sunday { 6 } else { day };
    if !is_name_in(text.word(at), languages) || is_other_word(text, at) {
        return None;
    }
    let feira = text.word(at + 1) == "-" && text.word(at + 2) == "feira";
    let hari = at > 0 && text.word(at - 1) == "hari";
    let sure = !short || feira || hari;
    let beside = is_beside_day(text, at, languages) || is_before_time(text, at, languages) || is_before_state(text, at);
    let monthly = is_of_the_month(text, at);
    (sure || beside || monthly || has_preposition(text, at, languages)).then_some(day)
}

/// `1er dim du mois`, `jeden 1. Sa`, `every Tue`
fn is_of_the_month(text: &Text, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| text.word(at));
    let numbered = |back: usize| at.checked_sub(back).is_some_and(|at| text.kind(at) == Kind::Number);
    let ordinal = listed("er e st nd rd th . o a eme", before(1)) && numbered(2);
    let every = listed(
        "every each jeden jeder chaque cada ogni elke iedere setiap tiap",
        before(1),
    );
    ordinal || every
}

/// Italian `ma` is no Monday, and `qui` no Thursday.
fn is_name_in(word: &str, languages: Languages) -> bool {
    match word {
        "ma" => languages.has(Language::Dutch) || languages.has(Language::French),
        "me" | "je" | "ve" => languages.has(Language::French),
        "qui" => languages.has(Language::Portuguese),
        _ => true,
    }
}

/// `Fridays, so half five`: a short name that goes on as a sentence does.
fn is_other_word(text: &Text, at: usize) -> bool {
    let ordinary = matches!(
        text.word(at),
        "so" | "zo" | "do" | "di" | "me" | "min" | "mo" | "za" | "mar" | "sen" | "dom"
    );
    let next = text.word(at + 1);
    let goes_on = listed(JOINS, next)
        || listed(
            "and y e u und et en dan von ab van vanaf from um om das de des dalle ist zijn is t m s met",
            next,
        )
        || says_closed(next)
        || says_open(next)
        || listed(PARTS_OF_DAY, next)
        || DAYS.contains_key(next);
    ordinary && text.kind(at + 1) == Kind::Word && !goes_on
}

/// `Mon-Fri`, `Di, Do`: the other side is a day too.
fn is_beside_day(text: &Text, at: usize, languages: Languages) -> bool {
    let day = |word: &str| DAYS.contains_key(word) && is_name_in(word, languages);
    let joins = |word: &str| {
        matches!(
            word,
            "," | "/" | "&" | "+" | "|" | "and" | "y" | "e" | "u" | "und" | "et" | "en" | "dan"
        ) || listed(JOINS, word)
    };
    let dotted = usize::from(text.word(at + 1) == ".");
    // `Mo u. Mi`
    let joined = at + 1 + dotted;
    let short = usize::from(text.word(joined) == "u" && text.word(joined + 1) == ".");
    let after = joins(text.word(joined)) && day(text.word(joined + 1 + short));
    let slashed = matches!(text.word(at + 1), "t" | "s") && text.word(at + 2) == "/" && day(text.word(at + 4));
    let before = at >= 2 && joins(text.word(at - 1)) && day(text.word(at - 2));
    let before_short = at >= 3 && text.word(at - 1) == "." && text.word(at - 2) == "u" && day(text.word(at - 3));
    let before_slashed = at >= 4 && text.word(at - 2) == "/" && day(text.word(at - 4));
    let before_dotted = at >= 3 && joins(text.word(at - 1)) && text.word(at - 2) == "." && day(text.word(at - 3));
    after || slashed || before || before_short || before_slashed || before_dotted
}

/// `Sat 10-14`
fn is_before_time(text: &Text, at: usize, languages: Languages) -> bool {
    let word = text.word(at);
    if matches!(word, "ma" | "me" | "je" | "ve") && !languages.has(Language::Dutch) {
        return false;
    }
    let dotted = usize::from(text.word(at + 1) == ".");
    let number = at + 1 + dotted;
    if matches!(word, "do" | "di" | "so" | "min" | "mar" | "sen") {
        return text.kind(number) == Kind::Number && is_hour_in_digits(text, number);
    }
    // `Fri til 8pm`
    let linked = listed(
        "til till until from to ab bis von tot van dari sampai dalle das ate de jusqu a",
        text.word(number),
    );
    text.kind(number) == Kind::Number || (linked && text.kind(number + 1) == Kind::Number)
}

/// `19.30`, `18-20`, `9h`: digits that can be nothing but an hour after a day.
fn is_hour_in_digits(text: &Text, at: usize) -> bool {
    let clock = matches!(text.word(at).split_once('.'), Some((hour, minutes)) if hour.len() <= 2 && minutes.len() == 2);
    let next = text.word(at + 1);
    let range = next == "-" && text.kind(at + 2) == Kind::Number && text.word(at).len() <= 2;
    clock || range || matches!(next, "h" | "uhr" | "u" | ":")
}

const PARTS_OF_DAY: &str = "morning mornings afternoon evening manana manha matin mattina vormittag nachmittag abend ochtend middag avond tarde noche noite soir sera pagi sore";

/// `Sun closed`, `dom mattina`, `Seg. fechado`, `segunda aberto`: names that are no other word before such a one.
fn is_before_state(text: &Text, at: usize) -> bool {
    const NAMES: &str = "mon tue tues wed weds thu thur thurs fri sat sun lun mie jue vie sab dom seg segunda terca quarta quinta sexta";
    let next = at + 1 + usize::from(matches!(text.word(at + 1), "." | ":"));
    let state = text.word(next);
    const WHAT: &str = "kurs kurse abend termin vormittag nachmittag gruppe training";
    // `Sa-Kurs`
    let compound = text.word(at + 1) == "-" && text.glued(at + 1) && listed(WHAT, text.word(at + 2));
    if compound && matches!(text.word(at), "mo" | "di" | "mi" | "do" | "fr" | "sa" | "so") {
        return true;
    }
    // `Sa +20 %`
    let dearer = state == "+" && text.kind(next + 1) == Kind::Number && text.glued(next + 1);
    if dearer {
        return true;
    }
    listed(NAMES, text.word(at)) && (says_closed(state) || says_open(state) || listed(PARTS_OF_DAY, state))
}

/// `na segunda`, `às terças`: the short Portuguese names.
fn has_preposition(text: &Text, at: usize, languages: Languages) -> bool {
    let long = matches!(text.word(at), "segunda" | "terca" | "quarta" | "quinta" | "sexta");
    long && languages.has(Language::Portuguese) && at > 0 && matches!(text.word(at - 1), "na" | "nas" | "as" | "toda")
}

fn is_range(text: &Text, from: usize, to: usize) -> bool {
    let between = from + 1..to;
    let joining = |at: usize| {
        let word = text.word(at);
        listed(JOINS, word)
            || matches!(
                word,
                "t" | "m" | "s" | "d" | "/" | "." | "feira" | "en" | "met" | "e" | "zum"
            )
    };
    let range = |at: usize| listed(JOINS, text.word(at)) || text.word(at) == "/";
    (1..=4).contains(&between.len()) && between.clone().all(joining) && between.clone().any(range)
}

/// Whether `text` says that it is every day.
pub(crate) fn says_daily(text: &Text) -> bool {
    DAILY.split('|').any(|daily| {
        text.folded.match_indices(daily).any(|(at, _)| {
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic() || !c.is_ascii());
            edge(text.folded[..at].chars().next_back()) && edge(text.folded[at + daily.len()..].chars().next())
        })
    })
}

fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|listed| listed == word)
}
