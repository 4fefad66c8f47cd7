//! Words and signs that say what a number counts, with one unit for the same thing in every language.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A currency, as coarse as its words: `dollars` does not say whose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Currency {
    /// `$` alone: dollars or pesos.
    DollarSign,
    Dollar,
    Peso,
    Euro,
    Pound,
    Real,
    Rupiah,
    Rupee,
    YenOrYuan,
    Franc,
    Krone,
    Zloty,
    Lira,
    Ruble,
    Won,
    Baht,
    Dong,
    Hryvnia,
    Ringgit,
    Dirham,
    /// The words around call it a price, no currency does.
    Unknown,
}

/// What is measured, after conversion to one size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Measure {
    Seconds,
    Minutes,
    Days,
    Nights,
    Months,
    Millimetres,
    Inches,
    Feet,
    Miles,
    Grams,
    Ounces,
    Millilitres,
    Degrees,
    SquareMetres,
}

/// The unit of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Money(Currency),
    /// Hundredths of a currency that is named elsewhere.
    Cents,
    Percent,
    Measure(Measure, u64),
    /// `10h`, `10 Uhr`, `10 heures`: a time of day, or hours.
    Clock {
        hours: bool,
    },
}

static UNITS: LazyLock<HashMap<&'static str, Unit>> = LazyLock::new(|| {
    let listed = TABLE
        .iter()
        .flat_map(|(unit, words)| words.split(' ').map(|word| (word, *unit)));
    listed.collect()
});

use Currency as C;
use Measure as M;

const TABLE: &[(Unit, &str)] = &[
    (Unit::Money(C::DollarSign), "$"),
    (
        Unit::Money(C::Dollar),
        "dollar dollars dolar dolares usd us$ ca$ cad a$ aud buck bucks dollari dollaro доллар доллара долларов ドル 美元 دولار",
    ),
    (Unit::Money(C::Peso), "peso pesos mxn ars cop clp mx$ ₱ php"),
    (
        Unit::Money(C::Euro),
        "€ eur euro euros ευρω ευρω евро ユーロ 欧元 유로 يورو यूरो",
    ),
    (
        Unit::Money(C::Pound),
        "£ gbp pound pounds quid libra libras pfund livres sterling",
    ),
    (Unit::Money(C::Real), "r$ brl real reais"),
    (Unit::Money(C::Rupiah), "rp idr rupiah"),
    (Unit::Money(C::Rupee), "₹ rs inr rupee rupees रुपये रुपए"),
    (Unit::Money(C::YenOrYuan), "¥ jpy yen 円 cny rmb yuan 元 块 块钱"),
    (Unit::Money(C::Franc), "chf franken franc francs sfr"),
    (Unit::Money(C::Krone), "kr sek nok dkk kronen kroner kronor"),
    (Unit::Money(C::Zloty), "zl pln zloty zlotych"),
    (Unit::Money(C::Lira), "₺ tl try lira"),
    (Unit::Money(C::Ruble), "₽ руб рублеи рубля рубль rub рублей"),
    (Unit::Money(C::Won), "₩ krw won 원"),
    (Unit::Money(C::Baht), "฿ thb baht บาท"),
    (Unit::Money(C::Dong), "₫ vnd dong"),
    (Unit::Money(C::Hryvnia), "₴ uah грн гривень"),
    (Unit::Money(C::Ringgit), "myr ringgit"),
    (Unit::Money(C::Dirham), "aed dirham dirhams درهم"),
    (
        Unit::Cents,
        "cent cents centavo centavos centimo centimos centime centimes centesimi pence penny",
    ),
    (Unit::Percent, "% percent prozent procent persen pct процентов процента"),
    (
        Unit::Measure(M::Seconds, 1),
        "second seconds sekunden segundos secondes secondi seconden detik sec secs",
    ),
    (
        Unit::Measure(M::Minutes, 1),
        "minute minutes min mins minuten minuto minutos minuti minuut menit минут минуты 分 分钟 分間 분 دقيقه",
    ),
    (
        Unit::Measure(M::Minutes, 60),
        "hour hours hr hrs stunde stunden jam часа часов 小时 時間 시간 ساعه ساعات saat घंटे",
    ),
    (
        Unit::Measure(M::Days, 1),
        "day days tag tage tagen werktag werktage werktagen arbeitstage arbeitstagen dia dias jour jours giorno giorni dag dagen werkdag werkdagen hari workdays день дня днеи дней 天 日 日間 일 ايام दिन วัน",
    ),
    (
        Unit::Measure(M::Days, 7),
        "week weeks woche wochen semana semanas semaine semaines settimana settimane weken minggu pekan неделя недели недель 周 週間 주",
    ),
    (
        Unit::Measure(M::Nights, 1),
        "night nights nacht nachte nachten noche noches noite noites nuit nuits notte notti malam",
    ),
    (
        Unit::Measure(M::Months, 1),
        "month months monat monate monaten mes meses mois mese mesi maand maanden bulan месяц месяца месяцев 个月 ヶ月 か月",
    ),
    (
        Unit::Measure(M::Months, 12),
        "year years yr yrs jahr jahre jahren ano anos an ans annee annees anno anni jaar jaren tahun год года лет 年 年間",
    ),
    (Unit::Measure(M::Millimetres, 1), "mm"),
    (
        Unit::Measure(M::Millimetres, 10),
        "cm centimetre centimetres centimeter centimeters zentimeter centimetros centimetri",
    ),
    (
        Unit::Measure(M::Millimetres, 1_000),
        "m metre metres meter meters metros metri",
    ),
    (
        Unit::Measure(M::Millimetres, 1_000_000),
        "km kilometre kilometres kilometer kilometers kilometros quilometros chilometri kms",
    ),
    (
        Unit::Measure(M::Inches, 1),
        "inch inches zoll pulgadas polegadas pouces pollici",
    ),
    (Unit::Measure(M::Feet, 1), "ft feet foot"),
    (Unit::Measure(M::Miles, 1), "mile miles"),
    (
        Unit::Measure(M::Grams, 1),
        "g gr gram grams gramm gramos gramas grammes grammi",
    ),
    (Unit::Measure(M::Grams, 1_000), "kg kilo kilos kilogram kilograms chili"),
    (Unit::Measure(M::Ounces, 1), "oz ounce ounces"),
    (Unit::Measure(M::Ounces, 16), "lb lbs"),
    (Unit::Measure(M::Millilitres, 1), "ml"),
    (Unit::Measure(M::Millilitres, 10), "cl"),
    (
        Unit::Measure(M::Millilitres, 1_000),
        "l liter liters litre litres litro litros litri",
    ),
    (
        Unit::Measure(M::Degrees, 1),
        "° degree degrees grad grados graus degres gradi graden derajat",
    ),
    (Unit::Measure(M::SquareMetres, 1), "qm sqm m2"),
    (Unit::Clock { hours: false }, "uhr o'clock oclock 点 點 時 시"),
    (
        Unit::Clock { hours: true },
        "h hs u hora horas heure heures ora ore uur uren час",
    ),
];

/// Words between a number and its unit that say nothing about it.
pub(crate) const BETWEEN: &str =
    " business working full whole calendar more extra volle vollen ganze ganzen weitere weiteren mas mais ";

/// The unit a folded word or sign names. In scripts without spaces the word may go on after it.
pub(crate) fn unit(word: &str) -> Option<Unit> {
    if let Some(unit) = UNITS.get(word) {
        return Some(*unit);
    }
    if word.is_ascii() || !word.starts_with(crate::answer_checks::characters::writes_without_spaces) {
        return None;
    }
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).take(4);
    ends.filter_map(|end| UNITS.get(&word[..end])).last().copied()
}

#[cfg(test)]
mod tests {
    use super::TABLE;
    use crate::matching::fold;

    #[test]
    fn every_word_stands_here_as_folding_leaves_it() {
        let words = TABLE.iter().flat_map(|(_, words)| words.split(' '));
        let unfolded: Vec<(&str, String)> = words.map(|word| (word, fold(word))).collect();
        let unfolded: Vec<_> = unfolded.into_iter().filter(|(word, folded)| word != folded).collect();
        assert_eq!(unfolded, []);
    }
}
