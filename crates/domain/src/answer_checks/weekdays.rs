//! Days of the week in a text. A range stands for the days within it.

use super::language::{Language, Languages, languages_of};
use super::text::{Kind, Text};

/// A set of weekdays, Monday first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weekdays(u8);

impl Weekdays {
    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) fn lies_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    fn range(from: u32, to: u32) -> Self {
        let days = (to + 7 - from) % 7;
        Self((0..=days).fold(0, |set, day| set | 1 << ((from + day) % 7)))
    }
}

const NAMES: [&str; 7] = [
    "monday mondays montag montags lunes lundi lundis lunedi maandag maandags maandagen senin понедельник понедельника 月曜 月曜日 周一 星期一 月曜日",
    "tuesday tuesdays dienstag dienstags martes mardi mardis martedi dinsdag dinsdags dinsdagen selasa вторник вторника 火曜 火曜日 周二 星期二",
    "wednesday wednesdays mittwoch mittwochs miercoles mercredi mercredis mercoledi woensdag woensdags woensdagen rabu среда среду среды 水曜 水曜日 周三 星期三",
    "thursday thursdays donnerstag donnerstags jueves jeudi jeudis giovedi donderdag donderdags donderdagen kamis четверг четверга 木曜 木曜日 周四 星期四",
    "friday fridays freitag freitags viernes vendredi vendredis venerdi vrijdag vrijdags vrijdagen jumat пятница пятницу пятницы 金曜 金曜日 周五 星期五",
    "saturday saturdays samstag samstags sonnabend sonnabends sabado sabados samedi samedis sabato zaterdag zaterdags zaterdagen sabtu суббота субботу субботы 土曜 土曜日 周六 星期六",
    "sunday sundays sonntag sonntags domingo domingos dimanche dimanches domenica domeniche zondag zondags zondagen ahad воскресенье воскресенья 日曜 日曜日 周日 星期日 星期天",
];

/// Words that name a day only beside another day or a time.
const SHORT: [&str; 7] = [
    "mon mo lun seg segunda lu ma2 sen",
    "tue tues di mar ter terca di2 sel",
    "wed weds mi mie mier qua quarta mer wo rab",
    "thu thur thurs do jue qui quinta jeu gio don kam",
    "fri fr vie sex sexta ven vr jum",
    "sat sa sab sam za zat",
    "sun so dom dim zo zon min minggu",
];

const JOINS: &str = " - to through thru bis a al au ate tot t/m sampai hingga s/d till until ";
const DAILY: &str = " daily everyday taglich jeden_tag every_day todos_los_dias todos_os_dias tous_les_jours tutti_i_giorni dagelijks elke_dag setiap_hari 每天 毎日 ежедневно ";

/// The day that a whole name says; Monday is 0.
pub(crate) fn weekday(word: &str) -> Option<u32> {
    if word.len() < 4 {
        return None;
    }
    named(&NAMES, word)
}

/// The days that `text` names, those within ranges included. `approved` texts may also say that it is every day.
pub(crate) fn weekdays_of(text: &Text, approved: bool) -> Weekdays {
    let languages = languages_of(text);
    let days: Vec<Option<u32>> = (0..text.tokens.len()).map(|at| day_at(text, at, languages)).collect();
    let mut found = Weekdays::default();
    let mut last: Option<(usize, u32)> = None;
    for (at, day) in days.iter().enumerate() {
        let Some(day) = *day else { continue };
        let from = last
            .filter(|(before, _)| is_range(text, *before, at))
            .map_or(day, |(_, day)| day);
        found.add(Weekdays::range(from, day));
        last = Some((at, day));
    }
    if approved && says_daily(text) {
        found.add(Weekdays::range(0, 6));
    }
    found
}

fn day_at(text: &Text, at: usize, languages: Languages) -> Option<u32> {
    if text.kind(at) != Kind::Word {
        return None;
    }
    let word = text.word(at);
    let feira = text.word(at + 1) == "-" && text.word(at + 2) == "feira";
    weekday(word).or_else(|| {
        let short = named(&SHORT, word)?;
        let beside = feira || is_beside_day(text, at) || before_time(text, at) || preposition(text, at, languages);
        let hari = at > 0 && text.word(at - 1) == "hari";
        (beside || hari).then_some(short)
    })
}

/// `Mon-Fri`, `Di, Do`: the other side is a day too.
fn is_beside_day(text: &Text, at: usize) -> bool {
    let day = |word: &str| weekday(word).is_some() || named(&SHORT, word).is_some();
    let joins = |word: &str| word == "," || word == "/" || word == "&" || listed(JOINS, word);
    let dotted = usize::from(text.word(at + 1) == ".");
    let after = joins(text.word(at + 1 + dotted)) && day(text.word(at + 2 + dotted));
    let slashed = matches!(text.word(at + 1), "t" | "s") && text.word(at + 2) == "/" && day(text.word(at + 4));
    let before = at >= 2 && joins(text.word(at - 1)) && day(text.word(at - 2));
    let before_slashed = at >= 4 && text.word(at - 2) == "/" && day(text.word(at - 4));
    let before_dotted = at >= 3 && joins(text.word(at - 1)) && text.word(at - 2) == "." && day(text.word(at - 3));
    after || slashed || before || before_slashed || before_dotted
}

/// `Sat 10-14`
fn before_time(text: &Text, at: usize) -> bool {
    let word = text.word(at);
    let number = text.kind(at + 1) == Kind::Number || (text.word(at + 1) == "." && text.kind(at + 2) == Kind::Number);
    number && !matches!(word, "a" | "do" | "di" | "so" | "min" | "mar" | "ma")
}

/// `na segunda`, `às terças`: the short Portuguese names.
fn preposition(text: &Text, at: usize, languages: Languages) -> bool {
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
    (1..=4).contains(&between.len())
        && between.clone().all(joining)
        && between
            .clone()
            .any(|at| listed(JOINS, text.word(at)) || text.word(at) == "/")
}

fn says_daily(text: &Text) -> bool {
    (0..text.tokens.len()).any(|at| {
        let word = text.word(at);
        listed(DAILY, word)
            || listed(DAILY, &format!("{word}_{}", text.word(at + 1)))
            || listed(DAILY, &format!("{word}_{}_{}", text.word(at + 1), text.word(at + 2)))
    })
}

fn named(lists: &[&str; 7], word: &str) -> Option<u32> {
    (0..)
        .zip(lists)
        .find_map(|(day, list)| list.split(' ').any(|name| name == word).then_some(day))
}

fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|listed| listed == word)
}
