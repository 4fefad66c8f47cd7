//! Orders to leave the rules: *ignore previous* and its kin, in eight languages, and what claims to be another role.

use super::ScreenCategory;
use crate::answer_checks::{Kind, Text};

/// Verbs that drop rules, and the rules they drop, by language; the order may be turned round (`die Regeln ignorieren`).
const ORDERS: [(&str, &str); 8] = [
    (
        "ignore ignoring disregard forget override bypass overrule",
        "instruction instructions rule rules prompt guideline guidelines policy policies restriction restrictions above",
    ),
    (
        "ignora ignorad ignorar ignore olvida olvidad olvidar olvide saltate",
        "instrucciones instruccion reglas normas indicaciones restricciones prompt",
    ),
    (
        "ignora ignorar ignore esqueca esquece esquecer desconsidere desconsidera",
        "instrucoes instrucao regras orientacoes restricoes prompt",
    ),
    (
        "ignoriere ignoriert ignorieren missachte missachten vergiss vergesst umgehe umgehen",
        "anweisung anweisungen regel regeln vorgaben instruktionen richtlinien prompt",
    ),
    (
        "ignore ignorez ignorer oublie oubliez oublier contourne contournez",
        "instruction instructions consignes regles directives prompt",
    ),
    (
        "ignora ignorate ignorare dimentica dimenticate dimenticare trascura",
        "istruzioni istruzione regole direttive prompt",
    ),
    (
        "negeer negeren vergeet vergeten omzeil omzeilen",
        "instructie instructies regels aanwijzingen richtlijnen prompt",
    ),
    (
        "abaikan mengabaikan lupakan hiraukan",
        "instruksi perintah aturan petunjuk prompt",
    ),
];

/// So many words may stand between the two.
const BETWEEN: usize = 4;

/// Words in a row that take another role. They are warnings: an honest text may hold them.
const ROLES: [&str; 12] = [
    "developer mode",
    "jailbreak",
    "without any restrictions",
    "without restrictions",
    "you have no rules",
    "do anything now",
    "modo desarrollador",
    "modo desenvolvedor",
    "entwicklermodus",
    "mode developpeur",
    "modalita sviluppatore",
    "ontwikkelaarsmodus",
];

/// Words that make an order harmless: *never ignore our rules*.
const NEVER: &str = "never not t nunca jamas no nao nie niemals nicht jamais pas mai non nooit niet jangan tidak";

/// All orders of `text`, with their places in the folded text.
pub(super) fn orders_in(text: &Text) -> Vec<(ScreenCategory, (usize, usize))> {
    let words: Vec<usize> = (0..text.tokens.len())
        .filter(|at| text.kind(*at) == Kind::Word)
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(last) = order_at(text, &words, at) else {
            at += 1;
            continue;
        };
        found.push((ScreenCategory::DisableSafety, place(text, words[at], words[last])));
        at = last + 1;
    }
    for role in ROLES {
        let count = role.split(' ').count();
        let named = words.windows(count).filter(|window| {
            window
                .iter()
                .zip(role.split(' '))
                .all(|(at, word)| text.word(*at) == word)
        });
        found.extend(named.map(|window| (ScreenCategory::RoleChange, place(text, window[0], window[count - 1]))));
    }
    found
}

/// The last word of an order that begins with word `at`.
fn order_at(text: &Text, words: &[usize], at: usize) -> Option<usize> {
    let word = |at: usize| text.word(words[at]);
    let before = at.checked_sub(1).map_or("", word);
    let harmless = listed(NEVER, before) || at.checked_sub(2).is_some_and(|two| listed(NEVER, word(two)));
    if harmless {
        return None;
    }
    let end = (at + BETWEEN + 2).min(words.len());
    ORDERS.iter().find_map(|(verbs, rules)| {
        let (first, second) = if listed(verbs, word(at)) {
            (verbs, rules)
        } else if listed(rules, word(at)) {
            (rules, verbs)
        } else {
            return None;
        };
        let last = (at + 1..end).find(|last| listed(second, word(*last)))?;
        // The rules first, then the verb, with *not* between, is what a good text says.
        let kept = first == rules && (at + 1..=last).any(|at| listed(NEVER, word(at)));
        // English and French put the verb first; a rule before it belongs to another clause.
        let turned = first == rules && (*verbs == ORDERS[0].0 || *verbs == ORDERS[4].0);
        (!kept && !turned).then_some(last)
    })
}

fn place(text: &Text, first: usize, last: usize) -> (usize, usize) {
    (text.tokens[first].start, text.tokens[last].end)
}

fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|listed| listed == word)
}
