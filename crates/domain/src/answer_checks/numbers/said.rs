//! Whether a sentence hands on or turns down what the customer said, so that the customer's own time may stand in it: *I can't book
//! 11:30, please look on our page*, and not *11:30 works*.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::unknown;
use crate::answer_checks::language::{Language, languages_of};
use crate::answer_checks::opening::says_closed;
use crate::answer_checks::text::{Kind, Text};

/// Words that turn something down.
const DENIALS: &str = "not nothing nichts nada rien niente niets t cannot never unable nicht kein keine keinen nie nunca nao nenhum non pas ne aucun niet geen nooit tidak belum nggak \
    gak ga enggak bukan past passed vorbei passou passato voorbij terlambat kelewat";
/// Two words that turn a time down without a word that denies.
const TOO_LATE: &str = "too late|too early|zu spat|zu fruh|demasiado tarde|muy tarde|tarde demais|muito tarde|trop tard|trop tot|troppo tardi|troppo presto|te laat|te vroeg|terlalu malam|sudah lewat|fuori orario|fuera de|fora do|hors des|hors horaires|ausserhalb der|ausserhalb unserer|outside our|outside of|buiten de|buiten onze|di luar";
/// Words that send the customer elsewhere.
const REFERRALS: &str = "ask call text ring phone write email mail message check look request try whether \
    frag frage fragen ruf anrufen schreib schreiben prufen schauen schau melde melden ob anfragen wende \
    pregunta preguntale preguntele pregunte preguntar llama llame llamar escribe escriba escribir mira mirar busca buscar consulta consultar comprueba pide pedir \
    pergunta pergunte perguntar liga ligue ligar escreve escreva escrever veja ver consulte consultar procura procurar confira conferir chama \
    demande demander demandez appelle appeler appelez ecris ecrire ecrivez regarde regarder regardez verifie verifier verifiez vois voir \
    chiedi chiedere chieda chiama chiamare chiami scrivi scrivere scriva guarda guardare controlla controllare verifica verificare cerca \
    vraag vragen bel bellen mail mailen app kijk kijken check checken schrijf schrijven \
    tanya tanyakan hubungi telepon chat cek lewat melalui silakan";
/// Words that confirm, or state hours: with one of them the time is the business's own.
const CONFIRMS: &str = "works fine ok okay sure yes yep great perfect free available open opens opening booked confirmed moved changed scheduled \
    reserved see come arrive start starts begin begins leave leaves depart departs launch launches close closes closed until run runs ready expect waiting still forget miss \
    passt klar gern perfekt frei verfugbar offen offnet offnen geoffnet gebucht bestatigt verschoben eingetragen reserviert komm kommen kommst beginnt beginnen \
    startet schliesst schliessen bis bereit erwarten erwartet wartet notiert noch vergiss vergessen \
    vale claro perfecto listo libre disponible abre abren abrimos abierto reservado reservada confirmado confirmada anotado ven venir vienes venis empieza empiezan sale \
    cierra cierran cerramos hasta espero esperamos vemos aun todavia hay olvides \
    sim certo perfeito livre disponivel abrem aberto marcado marcada agendado agendada vem venha comeca sai fecha fecham fechamos ate pode ainda espera esperamos vemos esqueca \
    oui parfait libre disponible ouvre ouvrent ouvrons ouvert note notee reserve reservee confirme viens venez commence part ferme fermons attend attends attendons encore oublie oubliez \
    certo perfetto libero disponibile apre aprono apriamo aperto prenotato prenotata confermato segnato vieni venga inizia parte chiude chiudiamo fino aspetta aspetto \
    aspettiamo ancora dimenticare \
    prima goed vrij beschikbaar opent gereserveerd geboekt bevestigd ingepland kom komt begint vertrekt sluit sluiten verwachten nog vergeet \
    siap boleh kosong tersedia buka dibuka mulai tutup datang ditunggu oke masih lupa";
/// Words of comfort, whose *no* turns nothing down.
const COMFORTS: &str = "problem problems problema problemas probleme problemi worries worry sorge souci soucis zorgen masalah doubt zweifel duda \
    duvida doute dubbio twijfel hesite hesitez hesiter hesitate dudes hesites zogern zogere esitare aarzel ragu";

struct Words(LazyLock<HashSet<&'static str>>);

impl Words {
    fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

static DENYING: Words = Words(LazyLock::new(|| DENIALS.split_ascii_whitespace().collect()));
static REFERRING: Words = Words(LazyLock::new(|| REFERRALS.split_ascii_whitespace().collect()));
static CONFIRMING: Words = Words(LazyLock::new(|| CONFIRMS.split_ascii_whitespace().collect()));
static COMFORTING: Words = Words(LazyLock::new(|| COMFORTS.split_ascii_whitespace().collect()));

/// Whether what begins at `start` of the folded text stands in a sentence that hands it on, or in a clause that turns it down.
pub(super) fn hands_on(text: &Text, start: usize) -> bool {
    let languages = languages_of(text);
    let no_denies = !languages.has(Language::Portuguese) || languages.has(Language::Spanish);
    let at = text.tokens.partition_point(|token| token.start < start);
    let denies = |word: &str| DENYING.has(word) || (word == "no" && no_denies);
    let confirms = |word: &str| CONFIRMING.has(word) || COMFORTING.has(word);
    let any = |range: Range<usize>, is: &dyn Fn(&str) -> bool| range.into_iter().any(|at| is(text.word(at)));
    // `keinen Start`
    let denied = |at: usize| at > 0 && denies(text.word(at - 1)) && !says_closed(text.word(at));
    let confirmed = |range: Range<usize>| {
        range.into_iter().any(|at| {
            let word = text.word(at);
            COMFORTING.has(word) || (CONFIRMING.has(word) && !denied(at))
        })
    };
    let turned_down = |range: Range<usize>| any(range.clone(), &denies) && !confirmed(range);
    let sentence = around(text, at, &["."]);
    if any(sentence.clone(), &denies) && unknown::leaves_open(text, sentence.clone(), at, &confirms) {
        return true;
    }
    let too_late = sentence.clone().any(|at| {
        let pair = format!("{} {}", text.word(at), text.word(at + 1));
        TOO_LATE.split('|').any(|phrase| phrase == pair)
    });
    if too_late {
        return !any(sentence, &|word| denies(word) || COMFORTING.has(word));
    }
    let refused = any(0..text.tokens.len(), &denies) || unknown::is_asked_about(text, sentence.clone(), at);
    // `ask for Ann` is said to who comes.
    let refers =
        |at: usize| REFERRING.has(text.word(at)) && !matches!(text.word(at + 1), "for" | "por" | "nach" | "naar");
    let referred = sentence.clone().any(refers) && !any(sentence.clone(), &confirms);
    let clause = around(text, at, &[".", ",", ":"]);
    let affirmed = unknown::affirms(text, clause.clone());
    turned_down(clause) || (!affirmed && (turned_down(sentence) || (referred && refused)))
}

/// Whether what begins at `start` stands in what the answer says it does not know.
pub(super) fn is_left_open(text: &Text, start: usize) -> bool {
    let at = text.tokens.partition_point(|token| token.start < start);
    let confirms = |word: &str| COMFORTING.has(word);
    unknown::leaves_open(text, around(text, at, &["."]), at, &confirms)
}

/// The tokens around `at` up to one of `signs` or what ends a sentence.
fn around(text: &Text, at: usize, signs: &[&str]) -> Range<usize> {
    let ends = |at: &usize| {
        let word = text.word(*at);
        let sign = signs.contains(&word) || matches!(word, "!" | "?" | ";" | "。" | "！" | "？" | "，" | "、");
        (sign && !text.glued(*at + 1)) || text.kind(*at) == Kind::Break
    };
    let first = (0..at).rev().find(ends).map_or(0, |at| at + 1);
    first..(at..text.tokens.len()).find(ends).unwrap_or(text.tokens.len())
}
