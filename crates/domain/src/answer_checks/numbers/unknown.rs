//! Sentences that leave a customer's time open: *I don't know whether 3pm is free*, *about today at 3pm please ask Ann*.

use std::ops::Range;

use super::read::listed;
use crate::answer_checks::text::{Kind, Text};
use crate::answer_checks::weekdays::weekday;

/// Words of not knowing, and what is not known.
const KNOWING: &str = "know tell say see promise weiss sagen sehen garantieren sais dire voir saber decir decirte confirmar confirmarte ver dirti dirle sapere dizer sei \
    weet zeggen zien tahu";
const WHETHER: &str = "whether if ob si se of apakah kalau";
/// After *tell* they say that there is nothing else to tell.
const MORE: &str = "more else anything mehr mas mais plus di altro meer lagi";
/// Words that expect the customer: no question is left open by the clause they stand in.
const EXPECTS: &str = "see come arrive expect waiting forget miss works sure great perfect ok okay komm kommen erwarten erwartet wartet vergiss vergessen passt klar \
    ven venir espero esperamos vemos olvides listo perfecto claro vem venha espera esqueca perfeito certo viens venez attend attends attendons \
    oublie oubliez parfait vieni venga aspetta aspetto aspettiamo dimenticare perfetto kom komt verwachten vergeet datang ditunggu lupa siap";
/// What a question is about, anywhere and at the beginning of a sentence.
const ABOUT: &str = "about regarding concerning wegen bezuglich sobre acerca concernant riguardo circa over wegens omtrent soal mengenai";
const FOR: &str = "for fur para pra pour per untuk";
/// So many words before a time its *about* stands: `wegen heute um 16.15`.
const NEAR: usize = 4;

/// Whether the time at token `at` stands in what the `sentence` does not know: after *whether*, in one breath with it.
pub(super) fn leaves_open(text: &Text, sentence: Range<usize>, at: usize, confirms: &dyn Fn(&str) -> bool) -> bool {
    let whether = (sentence.start..at)
        .rev()
        .find(|at| listed(WHETHER, text.word(*at)) && !knows(text, *at));
    let Some(whether) = whether else {
        return false;
    };
    let comma = |at: &usize| text.word(*at) == "," && !text.glued(*at + 1);
    let end = (at..sentence.end).find(comma).unwrap_or(sentence.end);
    let any = |is: &dyn Fn(&str) -> bool| (whether + 1..end).any(|at| is(text.word(at)));
    // `ob am Samstag, 15 Uhr, Platz ist`, and not `if it rains, 3pm it is`
    let dated = |at: usize| text.kind(at) == Kind::Number || weekday(text.word(at)).is_some();
    let mut commas = (whether + 1..at).filter(comma).peekable();
    let apart = commas.peek().is_some();
    let breaks = commas.any(|comma| !dated(comma - 1));
    let told = |at: usize| knows(text, at) && !listed(MORE, text.word(at + 1));
    // `if 3pm is fine, I can't say more`
    let fronted = text.word(whether) != "if";
    let known = (sentence.start..whether).any(told) || (fronted && (at..sentence.end).any(told));
    let expected = any(&|word| listed(EXPECTS, word)) || (apart && any(confirms));
    known && !breaks && !expected
}

/// `non lo so`, `no lo sé`: small words that know after others.
fn knows(text: &Text, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |at| text.word(at));
    let small = matches!(text.word(at), "se" | "so") && matches!(before, "lo" | "no" | "non");
    listed(KNOWING, text.word(at)) || small
}

/// Whether the time at token `at` is what the sentence asks about: `wegen heute 16.15`, `para hoy a las 5 pregunta`.
pub(super) fn is_asked_about(text: &Text, sentence: Range<usize>, at: usize) -> bool {
    let near = at.saturating_sub(NEAR).max(sentence.start);
    let about = (near..at).rev().take_while(|at| !matches!(text.word(*at), "," | ":"));
    let is_about = |at: usize| listed(ABOUT, text.word(at)) || (at == sentence.start && listed(FOR, text.word(at)));
    about.into_iter().any(is_about)
}

/// `it is`, `15 Uhr geht`: whether the clause says yes by itself, and not `ob 15 Uhr geht`.
pub(super) fn affirms(text: &Text, clause: Range<usize>) -> bool {
    if clause.clone().any(|at| listed(WHETHER, text.word(at))) {
        return false;
    }
    clause.into_iter().any(|at| {
        let it_is = text.word(at) == "it" && (text.word(at + 1) == "is" || text.word(at + 1) == "'");
        it_is || listed("geht gehts gaat va funciona serve rola", text.word(at))
    })
}
