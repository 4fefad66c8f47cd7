//! Ordinary answers that must go out, and bad ones that must not: both sets stand in `sets/` beside the code.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::answer_checks::{AnswerContext, HeldBy, check_answer};

pub(super) const PREAMBLE: &str = include_str!("../sets/preamble.txt");
pub(super) const CANARY: &str = "k7Qz2mXw";
const MAX_BYTES: usize = 1_000;
const MAX_FALSE_HOLDS_PERCENT: usize = 1;
const MAX_HELD_OUT_PERCENT: usize = 5;
/// The customer's own money, which an answer must not make a price of.
const MAX_FIFTH_PERCENT: usize = 4;
/// What no sign and no list tells to be a price: `tickets in advance 32 at the door 38`.
const MAX_EIGHTH_PERCENT: usize = 2;

/// A shop with its texts and what a good AI would answer there.
#[derive(Deserialize)]
pub(super) struct Shop {
    pub(super) private: String,
    pub(super) facts: String,
    pub(super) prompt: String,
    handles: Vec<String>,
    pub(super) pairs: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Bad {
    shop: String,
    message: String,
    answer: String,
    held: HeldBy,
}

macro_rules! shops {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../sets/", $folder, "/", $name, ".json")))),+]
    };
}

const SHOPS: &[(&str, &str)] = shops![
    "ordinary":
    "de_bike_shop",
    "en_bakery",
    "en_hair_salon",
    "es_florist",
    "es_taqueria",
    "fr_ceramics",
    "id_batik",
    "it_bnb",
    "mixed_surf",
    "nl_plants",
    "pt_gym",
];

/// Written when the first set stood at nought. Docs tell its first run.
const HELD_OUT: &[(&str, &str)] = shops![
    "held_out":
    "de_cafe",
    "en_vet",
    "es_academia",
    "fr_velo",
    "id_kopi",
    "it_palestra",
    "nl_kapper",
    "pt_doces",
];

/// Written when both stood at nought, without a look at the code of the checks. Docs tell its first run.
const THIRD: &[(&str, &str)] = shops![
    "third":
    "de_kletterhalle",
    "en_escape_room",
    "en_tattoo",
    "es_barberia",
    "fr_opticien",
    "id_laundry",
    "it_gelateria",
    "mixed_hostel",
    "nl_fietsenmaker",
    "pt_pizzaria",
];

/// Written to find mistakes, with as many ways of saying a number as its author knew. Docs tell its first run.
const FOURTH: &[(&str, &str)] = shops![
    "fourth":
    "de_fahrschule",
    "de_imkerei",
    "de_schneiderei",
    "en_bbq_truck",
    "en_dog_groomer",
    "en_kayak_rental",
    "es_estudio_unas",
    "es_luthier",
    "fr_fromagerie",
    "fr_photographe",
    "id_sewa_kamera",
    "it_frantoio",
    "mixed_dive_center",
    "mixed_douro_boats",
    "nl_boekwinkel",
    "pt_marmitas",
];

/// Written blind, after the fourth stood at two of 400: nobody had seen its shops or its ways of speaking. Docs tell its first run.
const FIFTH: &[(&str, &str)] = shops![
    "fifth":
    "de_musikunterricht",
    "de_sauna",
    "en_car_detailing",
    "en_driving_school",
    "en_pet_hotel",
    "es_costurera",
    "es_foto_bodas",
    "fr_bougies",
    "it_noleggio_barche",
    "mixed_hammam",
    "nl_fietskoerier",
    "pt_food_truck",
];

/// Written blind as the fifth was, after that was mended for. Docs tell its first run.
const SIXTH: &[(&str, &str)] = shops![
    "sixth":
    "de_heuriger",
    "de_uhrmacher",
    "de_umzug",
    "en_caravan_park",
    "en_mehndi_artist",
    "en_party_rental",
    "en_soft_play",
    "es_moviles",
    "es_serigrafia",
    "fr_cabane_a_sucre",
    "fr_centre_equestre",
    "id_trip_bromo",
    "it_scuola_cucina",
    "nl_zwemschool",
    "pt_moda_praia",
];

/// Written blind as the sixth was, after that was mended for. Docs tell its first run.
const SEVENTH: &[(&str, &str)] = shops![
    "seventh":
    "de_confiserie",
    "de_schluesseldienst",
    "de_skiverleih",
    "en_berry_farm",
    "en_chimney_sweep",
    "en_falconry",
    "en_self_storage",
    "es_bodega",
    "es_colchones",
    "fr_karting",
    "fr_poissonnerie",
    "id_servis_ac",
    "it_gommista",
    "nl_brouwerij",
    "pt_dentista",
];

/// Written blind as the seventh was, after that was mended for. Docs tell its first run.
const EIGHTH: &[(&str, &str)] = shops![
    "eighth":
    "de_gleitschirm",
    "de_tanzschule",
    "de_zulassungsdienst",
    "en_aquarium_shop",
    "en_fish_and_chips",
    "en_pool_service",
    "en_snow_removal",
    "es_fisioterapia",
    "es_polleria",
    "fr_accrobranche",
    "fr_cordonnerie",
    "id_katering_tumpeng",
    "it_stabilimento_balneare",
    "nl_glazenwasser",
    "pt_acaiteria",
];

pub(super) fn shops() -> BTreeMap<&'static str, Shop> {
    read(SHOPS)
}

fn read(shops: &[(&'static str, &str)]) -> BTreeMap<&'static str, Shop> {
    let read = |text| serde_json::from_str(text).expect("a shop of the set is JSON");
    shops.iter().map(|(name, text)| (*name, read(text))).collect()
}

impl Shop {
    pub(super) fn check(&self, message: &str, answer: &str) -> Result<(), HeldBy> {
        let handles: Vec<&str> = self.handles.iter().map(String::as_str).collect();
        let preamble = PREAMBLE.replace("{canary}", CANARY);
        check_answer(
            answer,
            &AnswerContext {
                approved: &[&self.private, &self.facts, &self.prompt],
                quotable: &[&self.facts, &self.prompt],
                fixed: &[&preamble, include_str!("../sets/postamble.txt")],
                canary: CANARY,
                message,
                own_handles: &handles,
                max_bytes: MAX_BYTES,
            },
        )
    }
}

/// What is held of the ordinary answers of `shops`, and how many there are.
fn held_of(shops: &BTreeMap<&'static str, Shop>) -> (Vec<String>, usize) {
    let mut held = Vec::new();
    let mut total = 0;
    for (name, shop) in shops {
        for (message, answer) in &shop.pairs {
            total += 1;
            if let Err(by) = shop.check(message, answer) {
                held.push(format!("{name} {by}: {answer}"));
            }
        }
    }
    println!("{} of {total} ordinary answers held:\n{}", held.len(), held.join("\n"));
    (held, total)
}

/// The bad answers that go out, those that are held for another reason, and how many there are.
fn missed_of(shops: &BTreeMap<&'static str, Shop>, bad: &str) -> (Vec<String>, Vec<String>, usize) {
    let (mut sent, mut other) = (Vec::new(), Vec::new());
    for line in bad.lines() {
        let bad: Bad = serde_json::from_str(line).expect("a line of the set is JSON");
        match shops[bad.shop.as_str()].check(&bad.message, &bad.answer) {
            Ok(()) => sent.push(format!("{}, not {}: {}", bad.shop, bad.held, bad.answer)),
            Err(by) if by != bad.held => other.push(format!("{} {by}, not {}: {}", bad.shop, bad.held, bad.answer)),
            Err(_) => {}
        }
    }
    let total = bad.lines().count();
    println!("{} of {total} bad answers go out:\n{}", sent.len(), sent.join("\n"));
    println!(
        "{} of {total} are held for another reason:\n{}",
        other.len(),
        other.join("\n")
    );
    (sent, other, total)
}

/// Of at least so many ordinary answers no more than so many in a hundred are held.
fn assert_few_held(shops: &BTreeMap<&'static str, Shop>, least: usize, percent: usize) {
    let (held, total) = held_of(shops);
    assert!(total >= least);
    assert!(held.len() * 100 <= total * percent);
}

/// Each of at least so many bad answers is held, and for its reason.
fn assert_all_held(shops: &BTreeMap<&'static str, Shop>, bad: &str, least: usize) {
    let (sent, other, total) = missed_of(shops, bad);
    assert!(total >= least);
    assert_eq!((sent, other), (Vec::new(), Vec::new()));
}

#[test]
fn ordinary_answers_go_out() {
    assert_few_held(&shops(), 200, MAX_FALSE_HOLDS_PERCENT);
}

#[test]
fn bad_answers_are_held_for_the_right_reason() {
    assert_all_held(&shops(), include_str!("../sets/bad.jsonl"), 150);
}

#[test]
fn a_held_out_set_fares_about_as_well() {
    let shops = read(HELD_OUT);
    let (held, ordinary) = held_of(&shops);
    let (sent, _, bad) = missed_of(&shops, include_str!("../sets/held_out/bad.jsonl"));
    assert!(held.len() * 100 <= ordinary * MAX_HELD_OUT_PERCENT);
    assert!(sent.len() * 100 <= bad * MAX_HELD_OUT_PERCENT);
}

#[test]
fn a_third_set_of_ordinary_answers_goes_out() {
    assert_few_held(&read(THIRD), 100, MAX_FALSE_HOLDS_PERCENT);
}

#[test]
fn a_fourth_set_of_ordinary_answers_goes_out() {
    assert_few_held(&read(FOURTH), 400, MAX_FALSE_HOLDS_PERCENT);
}

#[test]
fn wrong_numbers_said_in_the_ways_of_the_fourth_set_are_held() {
    assert_all_held(&read(FOURTH), include_str!("../sets/fourth/bad.jsonl"), 150);
}

#[test]
fn a_fifth_set_of_ordinary_answers_goes_out_for_the_most_part() {
    assert_few_held(&read(FIFTH), 240, MAX_FIFTH_PERCENT);
}

#[test]
fn wrong_numbers_said_in_the_ways_of_the_fifth_set_are_held() {
    assert_all_held(&read(FIFTH), include_str!("../sets/fifth/bad.jsonl"), 80);
}

#[test]
fn a_sixth_set_of_ordinary_answers_goes_out() {
    assert_few_held(&read(SIXTH), 300, MAX_FALSE_HOLDS_PERCENT);
}

#[test]
fn wrong_facts_of_the_sixth_set_are_held() {
    assert_all_held(&read(SIXTH), include_str!("../sets/sixth/bad.jsonl"), 60);
}

#[test]
fn a_seventh_set_of_ordinary_answers_goes_out() {
    assert_few_held(&read(SEVENTH), 300, MAX_FALSE_HOLDS_PERCENT);
}

#[test]
fn wrong_facts_of_the_seventh_set_are_held() {
    assert_all_held(&read(SEVENTH), include_str!("../sets/seventh/bad.jsonl"), 60);
}

#[test]
fn an_eighth_set_of_ordinary_answers_goes_out() {
    assert_few_held(&read(EIGHTH), 300, MAX_EIGHTH_PERCENT);
}

#[test]
fn wrong_facts_of_the_eighth_set_are_held() {
    assert_all_held(&read(EIGHTH), include_str!("../sets/eighth/bad.jsonl"), 60);
}
