//! What the checks let out and what they hold, case by case.

use crate::answer_checks::{AnswerContext, HeldBy, check_answer};

const APPROVED: &str = "Open Tuesday to Saturday 9am-6pm. A cut is $45, colour is 80 dollars. Late fee 10 %. Delivery in 5 days. \
    30-day money-back guarantee. Christmas market on November 3rd. Mail hello@shop.example, book at shop.example/book, phone +1 503 555 0123.";

fn check(message: &str, answer: &str) -> Result<(), HeldBy> {
    check_with(APPROVED, message, answer)
}

pub(super) fn check_with(approved: &str, message: &str, answer: &str) -> Result<(), HeldBy> {
    let context = AnswerContext {
        approved: &[approved],
        quotable: &[approved],
        message,
        own_handles: &["@shop"],
        max_bytes: 1_000,
        ..AnswerContext::default()
    };
    check_answer(answer, &context)
}

fn goes_out(answers: &[&str]) {
    for answer in answers {
        assert_eq!(check("", answer), Ok(()), "{answer}");
    }
}

fn is_held(by: HeldBy, answers: &[&str]) {
    for answer in answers {
        assert_eq!(check("", answer), Err(by), "{answer}");
    }
}

#[test]
fn one_price_in_many_spellings() {
    goes_out(&[
        "$45",
        "45 USD",
        "45 dollars",
        "US$ 45",
        "$45.00",
        "forty-five dollars",
        "45 Dollar",
        "fünfundvierzig Dollar",
        "A cut costs 45.",
    ]);
    is_held(
        HeldBy::Number,
        &["45 euros", "£45", "$44", "45 %", "$450", "$4.50", "45 days"],
    );
}

#[test]
fn thousands_and_fractions() {
    let approved = "Hochzeit € 1.250,00, Kleid 7,90 €, Miete Rp 1.500.000";
    for answer in [
        "1250 euros",
        "€1,250",
        "1 250 €",
        "1.250 Euro",
        "€7.90",
        "7 euros 90",
        "1,5 juta rupiah",
        "Rp1500000",
    ] {
        assert_eq!(check_with(approved, "", answer), Ok(()), "{answer}");
    }
    for answer in ["12500 euros", "€125", "€7.09", "79 €"] {
        assert_eq!(check_with(approved, "", answer), Err(HeldBy::Number), "{answer}");
    }
}

#[test]
fn one_time_in_many_spellings() {
    let approved = "Von 10 bis 18:30 Uhr";
    let answers = [
        "10am",
        "10:00",
        "10 Uhr",
        "Às 10",
        "10h",
        "at ten",
        "half past six",
        "halb sieben",
        "18h30",
        "6.30 pm",
        "alle dieci",
        "las seis y media",
        "seis e meia",
        "six heures et demie",
        "half zeven",
    ];
    for answer in answers {
        assert_eq!(check_with(approved, "", answer), Ok(()), "{answer}");
    }
    for answer in [
        "11am",
        "10:30",
        "halb zehn",
        "at nine",
        "22 Uhr",
        "half past ten",
        "quarter past six",
    ] {
        assert_eq!(check_with(approved, "", answer), Err(HeldBy::Number), "{answer}");
    }
}

#[test]
fn ranges_and_weekdays() {
    goes_out(&[
        "9 to 6",
        "We're open on Wednesday",
        "Tue-Sat",
        "Dienstag bis Samstag",
        "de martes a sábado",
        "From 9:00 to 18:00",
    ]);
    is_held(
        HeldBy::Number,
        &["Open on Sunday", "Monday to Friday", "9 to 7", "Mon-Fri"],
    );
    assert_eq!(check("open on sunday?", "I don't know about Sunday, sorry."), Ok(()));
    assert_eq!(
        check("open on sunday?", "Yes, we are open on Sunday."),
        Err(HeldBy::Number)
    );
}

#[test]
fn closed_days_are_not_open_days() {
    let approved = "Open Tuesday to Friday. Closed Sunday and Monday.";
    assert_eq!(check_with(approved, "", "We're closed on Sunday."), Ok(()));
    assert_eq!(check_with(approved, "", "We're open on Sunday."), Err(HeldBy::Number));
    assert_eq!(check_with(approved, "", "We're not open on Sunday."), Ok(()));
}

#[test]
fn dates() {
    goes_out(&[
        "3 Nov",
        "3. November",
        "November 3",
        "el 3 de noviembre",
        "3/11",
        "11/3",
        "Nov 3rd",
    ]);
    is_held(HeldBy::Number, &["4 Nov", "3 December", "03.12.2026", "12/11"]);
}

#[test]
fn percentages_and_units() {
    goes_out(&[
        "10%",
        "10 %",
        "ten percent",
        "zehn Prozent",
        "diez por ciento",
        "5 days",
        "fünf Tage",
        "cinco días",
        "5 giorni",
    ]);
    is_held(
        HeldBy::Number,
        &["5 euros", "5 %", "5 weeks", "10 days", "5 hours", "twelve percent"],
    );
}

#[test]
fn articles_and_markers_are_no_quantities() {
    goes_out(&[
        "One of us will answer.",
        "Un momento",
        "Ein Mensch antwortet.",
        "Have a good one!",
        "1. Book\n2. Come",
        "1️⃣ Book 2️⃣ Come",
    ]);
    is_held(HeldBy::Number, &["1. It is 7 dollars", "one week", "5️⃣5️⃣ $"]);
}

#[test]
fn digits_of_all_scripts() {
    goes_out(&["$４５", "٤٥ dollars", "४५ dollars"]);
    is_held(
        HeldBy::Number,
        &[
            "$４６",
            "٤٦ dollars",
            "४६ dollars",
            "𝟜𝟞 dollars",
            "⁴⁶ dollars",
            "④⑥ dollars",
        ],
    );
}

#[test]
fn a_customers_number_is_no_price() {
    let message = "2 tables for 4 people, 3 euros, at 7pm?";
    for answer in ["For 4 people, sure.", "2 tables!", "Two tables for four people"] {
        assert_eq!(check(message, answer), Ok(()), "{answer}");
    }
    for answer in ["4 dollars", "3 euros", "at 7pm", "2 %", "4 hours", "It costs 4."] {
        assert_eq!(check(message, answer), Err(HeldBy::Number), "{answer}");
    }
}

#[test]
fn words_that_are_numbers_elsewhere() {
    for answer in [
        "O preço dos cortes está no site",
        "Once you are here, ask",
        "Bij onze winkel",
        "C'est très joli",
        "La cuisson au four est lente",
        "Grazie mille",
        "Tu sei gentile",
    ] {
        assert_eq!(check("", answer), Ok(()), "{answer}");
    }
}

#[test]
fn links_and_addresses() {
    goes_out(&[
        "https://shop.example/book",
        "www.shop.example",
        "SHOP.example/book.",
        "HELLO@shop.example",
        "@shop",
        "+1 (503) 555-0123",
        "503 555 0123",
    ]);
    is_held(
        HeldBy::Link,
        &[
            "shop.example/pay",
            "evil.com",
            "https://evil",
            "evil dot com",
            "evil[.]com",
            "evil(.)com",
            "xn--vil-5cd.com",
            "1.2.3.4",
            "ｅｖｉｌ．com",
            "Siehe evil.de",
        ],
    );
    is_held(
        HeldBy::Address,
        &[
            "bye@shop.example",
            "bye (at) shop.example",
            "@shop2",
            "503 555 0124",
            "DE89 3704 0044 0532 0130 00",
            "4111111111111111",
        ],
    );
    goes_out(&[
        "Thanks.It is fine",
        "e.g. a cut, i.e. no colour",
        "Come by...we are here",
    ]);
    assert_eq!(check("see evil.com and @me", "I saw evil.com"), Err(HeldBy::Link));
    assert_eq!(check("see @me", "Hello @me"), Err(HeldBy::Address));
    assert_eq!(
        check("order 12345678?", "About order 12345678: a person will look."),
        Ok(())
    );
}

#[test]
fn promises_and_what_only_looks_like_one() {
    goes_out(&[
        "I cannot book for you.",
        "I haven't booked anything.",
        "We can't guarantee that.",
        "Das kann ich nicht garantieren.",
        "Ich habe nichts gebucht, das geht hier nicht.",
        "No te puedo garantizar nada.",
        "Je ne peux pas réserver pour vous.",
        "Once your order is confirmed, a person writes.",
        "Sobald deine Bestellung bestätigt ist, schreibt jemand.",
        "There is a 30-day money-back guarantee.",
        "Feel free to ask.",
    ]);
    is_held(
        HeldBy::Promise,
        &[
            "No worries, I've booked you in.",
            "We guarantee it.",
            "Don't worry, your order is confirmed.",
            "It's free!",
            "Ich habe dir den Termin eingetragen.",
        ],
    );
}

#[test]
fn a_bot_says_so() {
    goes_out(&[
        "I'm a bot.",
        "I'm not human, I'm an automated assistant.",
        "I won't say that I am human.",
        "A real person will answer you.",
        "Ich bin kein Mensch.",
    ]);
    is_held(
        HeldBy::BotDenial,
        &["I'm not a bot.", "I am human.", "Ich bin kein Bot"],
    );
}

#[test]
fn scripts_and_invisible_characters() {
    assert_eq!(check("いつ開いていますか", "Open from 9."), Err(HeldBy::Script));
    assert_eq!(
        check("いつ開いていますか", "火曜日から土曜日まで、9時からです。Shop"),
        Ok(())
    );
    assert_eq!(check("👍", "Danke!"), Ok(()));
    goes_out(&["👩‍👩‍👧 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣", "می‌خواهم", "क्‍ष", "10\u{A0}%"]);
    is_held(
        HeldBy::Markup,
        &[
            "a\u{200B}b",
            "a\u{E0041}",
            "\u{202E}a",
            "**a**",
            "# a",
            "[a] b",
            "<b>a</b>",
            "a\u{0}",
        ],
    );
    goes_out(&["I <3 it", "#sale", "R&B; soul", "- a\n- b"]);
}

#[test]
fn a_customers_budget_is_repeated_and_is_no_price() {
    let asked = "I have 200 dollars to spend, is that enough?";
    let budgets = [
        "For a $200 budget I would suggest colour at $80.",
        "A budget of $200 covers colour at $80.",
        "Your 200 dollars budget covers colour at $80.",
    ];
    for answer in budgets {
        assert_eq!(check(asked, answer), Ok(()), "{answer}");
        assert_eq!(check("How much is colour?", answer), Err(HeldBy::Number), "{answer}");
    }
    for answer in ["Colour costs $200.", "It is $200, well within your budget."] {
        assert_eq!(check(asked, answer), Err(HeldBy::Number), "{answer}");
    }
}

#[test]
fn a_list_of_entries_is_one_of_prices() {
    let list = "Heels 18.-, soles 72.-, keys 9.-, security key from 38, zip 45-65, cream 14.50. Bus 61, size 40.\nHall 65/h, gloves +3. All in euro.\n\
        Storno until 24 h 50%, after that 100\nSeason Nov 15–Apr 15: by the pond. Course Sa-Kurs 27.9. 17 Uhr, 3 x 60' each.\nOpen at 18h30.";
    for answer in [
        "A security key is 38 €.",
        "The cream is 14.50 €.",
        "The hall is 65 € per hour, gloves cost 3 € more.",
        "After that 100 %.",
        "Until April 15.",
        "Three units of 60 minutes, Saturday 27.9. at 17 Uhr.",
    ] {
        assert_eq!(check_with(list, "", answer), Ok(()), "{answer}");
    }
    for answer in [
        "A security key is 48 €.",
        "It is 30 €.",
        "It is 61 €.",
        "After that 90 %.",
        "Until April 16.",
    ] {
        assert_eq!(check_with(list, "", answer), Err(HeldBy::Number), "{answer}");
    }
}

#[test]
fn sizes_and_lists_with_slashes_say_what_they_say() {
    let list = "Skis 1 / 3 / 6 days: 24/62/104 €, boots 12/30/48. Card from 79 incl. 3 keys\nPillow 35 € or 2x60. \
        Boxes 5x5 $49, 5x10 79\nBasket 50c, from 1m25 on. Crate 24x33cl. Tyres up to 16\", 8 euros each.\n\
        Wed to Sun. Closed Mon/Tues. No Sundays in winter. Tel 05 46 55 01 33 (8h-13h)";
    for answer in [
        "Skis are 62 € for three days, boots 30 €.",
        "A card is 79 €.",
        "Two pillows are 60 €.",
        "A 5x10 is $79.",
        "The basket is 50 cents.",
        "From 1.25 m on.",
        "A crate holds 24 bottles.",
        "Up to 16 inches.",
        "We are open Wednesday to Sunday.",
        "Call us on 05 46 55 01 33.",
    ] {
        assert_eq!(check_with(list, "", answer), Ok(()), "{answer}");
    }
    for answer in [
        "Boots are 31 €.",
        "From 1.35 m on.",
        "A crate holds 34 bottles.",
        "Open on Mondays.",
    ] {
        assert_eq!(check_with(list, "", answer), Err(HeldBy::Number), "{answer}");
    }
    let call = check_with(list, "", "Call us on 05 46 55 01 34.");
    assert_eq!(call, Err(HeldBy::Address));
}

#[test]
fn a_price_list_without_signs_is_one() {
    let list = "Wine: glass 2,80, bottle 14,-. Cold plate 13,90 (for two: 25,-)\nBus 61, stop 7.\nVouchers from 10 €. \
        Screens 11 69€, 14 139€. Ride 1h 26€, 2h 45 €. Sat 9-16 straight through, Mon 10-14. Henna 5,500/-";
    for answer in [
        "A glass is 2,80 €.",
        "The bottle costs 14 €, the plate 13,90 €.",
        "For two it is 25 €.",
        "A screen for the 14 costs 139 €.",
        "An hour is 26 €, two hours are 45 €.",
        "Saturday from 9 to 16, Monday from 10am to 2pm.",
        "Henna is 5,500 €.",
    ] {
        assert_eq!(check_with(list, "", answer), Ok(()), "{answer}");
    }
    for answer in [
        "A glass is 3,80 €.",
        "The bottle costs $14.80.",
        "A screen for the 14 costs 149 €.",
        "An hour is 45 minutes.",
        "Saturday until 17.",
        "It is 61 €.",
    ] {
        assert_eq!(check_with(list, "", answer), Err(HeldBy::Number), "{answer}");
    }
}
