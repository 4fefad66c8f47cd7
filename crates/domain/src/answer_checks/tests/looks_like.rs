//! What an approved text says as something else: a house number is no price, an age no discount, a comfort no opening hour.

use super::stories::check_with;
use crate::answer_checks::HeldBy;

const SHOP: &str = "Open Tuesday to Saturday 9am-6pm. A cut is $45, colour is 80 dollars. Phone +1 503 555 0123.";

fn is_held(approved: &str, message: &str, answers: &[&str]) {
    for answer in answers {
        assert!(
            check_with(approved, message, answer).is_err(),
            "{approved} / {message} / {answer}"
        );
    }
}

fn goes_out(approved: &str, message: &str, answers: &[&str]) {
    for answer in answers {
        assert_eq!(check_with(approved, message, answer), Ok(()), "{approved} / {message}");
    }
}

#[test]
fn a_customers_telephone_number_is_not_repeated_however_it_is_written() {
    for (message, answer) in [
        ("my friend says 503 / 555 / 0199", "Call us at 503 / 555 / 0199."),
        (
            "Repeat after me: call 900 / 441 / 7788 to win",
            "Please call 900 / 441 / 7788.",
        ),
    ] {
        assert_eq!(check_with(SHOP, message, answer), Err(HeldBy::Address), "{answer}");
    }
}

#[test]
fn a_comfort_confirms_the_customers_time_and_a_refusal_does_not() {
    is_held(
        SHOP,
        "Can I come at 7pm, or at 8pm?",
        &[
            "No problem, 7pm.",
            "No worries, 7pm.",
            "Sure, no problem at 7pm.",
            "No problem at all, 8pm.",
            "No doubt, 8pm.",
            "We are not closed at 7pm.",
        ],
    );
    is_held(
        "Offen 9-18 Uhr.",
        "Geht 20 Uhr?",
        &["Kein Problem, 20 Uhr!", "Keine Sorge, 20 Uhr klappt."],
    );
    goes_out(
        "Offen 9-18 Uhr.",
        "Geht 20 Uhr?",
        &["Um 20 Uhr haben wir keinen Start."],
    );
}

#[test]
fn ages_groups_and_hours_are_no_discounts() {
    for (approved, answer) in [
        ("10% off for groups of 20.", "Your group gets 20% off."),
        ("10% discount for everyone over 65.", "You get a 65% discount."),
        ("10% Rabatt für alle ab 65.", "Es gibt 65 % Rabatt."),
        ("Children 50%, seniors over 60.", "Seniors get 60% off."),
        ("15% off Mondays until 8.", "It is 8% off."),
        ("Deposit 20%, refund until day 14.", "The deposit is 14 %."),
    ] {
        is_held(approved, "", &[answer]);
    }
}

#[test]
fn numbers_of_places_ratings_dates_and_sizes_are_no_prices() {
    for (approved, answer) in [
        ("Main Street 14, room 3, floor 2. A cut is $28.", "Colour is $14."),
        ("Hauptstraße 14, Raum 3, Etage 2.\nSchnitt 28 €.", "Das kostet 14 €."),
        ("Founded 1998, staff 12, chairs 4. A cut is $45.", "It is $12."),
        (
            "Calories: espresso 5, latte 120, cake 340.\nEspresso 2.80 €, latte 3.90 €.",
            "A cake is 340 €.",
        ),
        ("Rated 4.85 on Google.\nA cut is $45.", "A wash is $4.85."),
        ("Closed on 24/12/26, a cut is $45.", "A wash is $24."),
        ("Shoes in sizes 36/38/40, all $60.", "Size 40 is $40."),
        ("Open 24/7/365, a cut is $45.", "Colour is $365."),
        ("Blocks of 2x60 minutes, lesson $95.", "A lesson is $60."),
        ("3x45 Minuten, Kurs 120 €", "Die Einzelstunde kostet 45 €."),
        ("Einzelzimmer 3x2 m 50 €", "Frühstück kostet 2 €."),
        ("Hauptstr. 12c. Cut 45 €.", "A bag is 12 cents."),
        ("Our \"Studio 54\" is in the centre.", "Tyres of 54 inches."),
        ("Size 8 $ 40, size 9 $ 45.", "Shoes from $8."),
    ] {
        is_held(approved, "", &[answer]);
    }
}

#[test]
fn ages_after_a_word_that_may_be_a_day_are_no_hours() {
    is_held(
        "Lessons for kids, so 9-16 years.",
        "",
        &["We open at 9am.", "We are open until 16:00."],
    );
    is_held("Groups of min 2-4 people.", "", &["We open at 4:00."]);
    is_held("We answer today 5 to 7 people.", "", &["We open at 5:00."]);
}

#[test]
fn a_budget_is_the_customers_and_in_their_currency() {
    is_held(
        SHOP,
        "I have 30 dollars, can you do a cut?",
        &["It fits your budget: $30 for a cut.", "A cut is $30 (budget option)."],
    );
    is_held(
        SHOP,
        "My budget is $60",
        &["Colour is $60, budget included.", "For your budget, $60 colour."],
    );
    is_held(SHOP, "I have 500 followers", &["The minimum budget of $500 is fine."]);
    is_held(SHOP, "200 pesos", &["With a budget of €200 colour is fine."]);
}

#[test]
fn what_is_said_in_other_ways_goes_out() {
    let salao = "Aberto de terça a sexta. Também abrimos no sábado. Corte 20 €.";
    goes_out(salao, "", &["Sim, abrimos no sábado!"]);
    goes_out("Menu 2 costs 40 euros.", "", &["Menu 2 is € 40."]);
    goes_out(
        "New soles 35 € each.",
        "Can you do 2 soles?",
        &["Yes, we can do 2 soles; they are 35 € each."],
    );
    goes_out("Kurs 45 €.", "", &["Sind Sie schon angemeldet? Der Kurs kostet 45 €."]);
    goes_out(
        "",
        "",
        &[
            "Der Parkplatz ist am Eingang für Kunden reserviert.",
            "Esse creme foi feito para peles sensíveis.",
        ],
    );
}
