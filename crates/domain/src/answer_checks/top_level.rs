//! The last part of a domain. Country codes are all of them; of the others, those that shops and swindlers use.

const COUNTRIES: &str = "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca \
    cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh \
    gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz \
    la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr \
    nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy \
    sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw";

const GENERIC: &str = "com net org info biz edu gov mil shop store online site website app dev blog xyz top club live page link click \
    space tech digital agency studio art design email mobi pro name travel jobs cloud group team world today news media social \
    market deals sale promo money cash bank finance pay fun games love style fashion beauty salon fit yoga cafe bar pizza restaurant \
    menu food wine coffee flowers garden photo photos gallery video music events tickets tours hotel house rentals cars bike events \
    support help chat zone wiki vip win work works gift gifts bio icu cyou buzz monster quest zip mov rest one company center berlin \
    hamburg koeln wien paris london amsterdam nyc tokyo africa asia lat ngo onion example test localhost internal рф укр бг срб 中国 \
    公司 网络 भारत";

/// Top-level domains that are ordinary words of some language.
const WORDS: &str = "am as at be by do de es in is it la me my no so to us ma mi se si sa co il al da di ne na pa va ve st im ad id ci \
    ai tu et art bar best blog cafe chat club coffee center design email events fit food fun garden gift gifts group help hotel house \
    jobs live love market media menu money music name news one online page pay photo photos pizza pro promo rest restaurant sale salon \
    shop site social space store studio style support team test today top tours travel video vip website wine win work works world \
    yoga zone bike bank beauty cars cash company gallery";

pub(crate) fn is_top_level(word: &str) -> bool {
    listed(COUNTRIES, word) || listed(GENERIC, word)
}

/// A top-level domain that nobody takes for a word.
pub(crate) fn is_generic(word: &str) -> bool {
    listed(GENERIC, word) && !is_word_too(word)
}

pub(crate) fn is_word_too(word: &str) -> bool {
    listed(WORDS, word)
}

fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_ascii_whitespace().any(|listed| listed == word)
}
