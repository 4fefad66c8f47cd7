//! The claim that folding by script costs little: at most a fifth more than Unicode's compatibility forms, letter case and Latin
//! accents alone, which any matcher has to pay. Messages of several scripts, and short keywords.

use std::hint::black_box;
use std::time::Duration;

use caseless::Caseless;
use domain::matching::fold;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::measure::timed;

/// Folding takes at most so many times what the baseline takes.
pub const CLAIM: f64 = 1.2;

pub const TEXTS: [(&str, &[&str]); 11] = [
    (
        "English",
        &["Hi! I saw your story: what are the opening hours on Saturday, and what does the blue dress cost?"],
    ),
    (
        "Portuguese",
        &["Olá! Vi o vosso story e queria saber o preço do vestido azul e se há promoções até amanhã 👋🏽"],
    ),
    (
        "German",
        &["Hallo, habt ihr die grünen Schlüsselanhänger noch für 3,50 €? Könnt ihr sie nach Köln schicken?"],
    ),
    (
        "Greek",
        &["Καλησπέρα! Πόσο κοστίζει το μπλε φόρεμα και ποιες είναι οι ώρες λειτουργίας το Σάββατο;"],
    ),
    (
        "Russian",
        &["Здравствуйте! Сколько стоит синее платье, и ещё: как вы работаете в субботу?"],
    ),
    (
        "Arabic",
        &["السلام عليكم، كم سعر الفستان الأزرق؟ وهل التوصيل متاح إلى مدينة الإسكندرية يوم السبت الساعة ٥؟"],
    ),
    (
        "Japanese",
        &["こんにちは！ストーリーを見ました。青いワンピースの値段と土曜日の営業時間を教えてください🙏"],
    ),
    (
        "Hindi",
        &["नमस्ते! नीली ड्रेस की कीमत क्या है और शनिवार को दुकान कितने बजे खुलती है?"],
    ),
    (
        "Urdu marks",
        &["نِیلے کپڑے کی قِیمَت کیا ہے؟ اور ہفتے کو دُکان کَب کھُلتی ہے؟ ﷲ"],
    ),
    ("Thai", &["สวัสดีค่ะ ชุดสีน้ำเงินราคาเท่าไหร่คะ แล้ววันเสาร์เปิดกี่โมง ๕๐๐ บาทได้ไหม"]),
    (
        "keywords",
        &[
            "price",
            "Öffnungszeiten",
            "preço",
            "how much",
            "السعر",
            "値段",
            "メニュー",
            "цена",
            "ώρες",
            "👍",
        ],
    ),
];

/// The quickest round of one text.
#[derive(Debug, Clone, Copy)]
pub struct Folding {
    pub name: &'static str,
    pub now: Duration,
    pub baseline: Duration,
}

impl Folding {
    pub fn ratio(&self) -> f64 {
        self.now.as_secs_f64() / self.baseline.as_secs_f64()
    }
}

/// Rounds alternate between the two, so that a busy machine is unfair to both alike.
pub fn quickest() -> Vec<Folding> {
    let measured = |(name, texts): (&'static str, &[&str])| {
        let mut best = Folding {
            name,
            now: Duration::MAX,
            baseline: Duration::MAX,
        };
        let all = |folded: fn(&str) -> String| texts.iter().map(|text| folded(black_box(text)).len()).sum::<usize>();
        for _ in 0..200 {
            best.now = best.now.min(timed(|| all(fold)));
            best.baseline = best.baseline.min(timed(|| all(unicode_alone)));
        }
        best
    };
    TEXTS.into_iter().map(measured).collect()
}

/// NFKC, full case folding, Latin letters without their accents.
pub fn unicode_alone(text: &str) -> String {
    if text.is_ascii() {
        return collapse(text.chars().map(|c| c.to_ascii_lowercase())).collect();
    }
    let decomposed = text.nfd().default_case_fold().nfkd().default_case_fold().nfkd();
    let mut after_latin = false;
    let without_accents = decomposed.filter(move |c| {
        if is_combining_mark(*c) {
            return !after_latin;
        }
        after_latin = c.is_ascii_alphabetic() || matches!(*c, '\u{C0}'..='\u{24F}');
        true
    });
    collapse(without_accents).nfkc().collect()
}

fn collapse(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let (mut started, mut gap) = (false, false);
    chars.flat_map(move |c| {
        if c.is_whitespace() {
            gap = started;
            return None.into_iter().chain(None);
        }
        started = true;
        let space = std::mem::take(&mut gap).then_some(' ');
        space.into_iter().chain(Some(c))
    })
}
