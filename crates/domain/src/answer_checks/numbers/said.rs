//! Whether a sentence hands on or turns down what the customer said, so that the customer's own time may stand in it: *I can't book
//! 11:30, please look on our page*, and not *11:30 works*.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::answer_checks::text::{Kind, Text};

/// Words that turn something down.
const DENIALS: &str = "not t cannot never unable nicht kein keine keinen nie nunca nao nenhum non pas ne aucun niet geen nooit tidak belum nggak \
    gak ga enggak bukan late passed over spat vorbei tard passe passee passou tarde tardi passato laat voorbij lewat terlambat";
/// `no` denies, but not where it says *in the*.
const NO: &str = "no";
/// Words that send the customer elsewhere.
const REFERRALS: &str = "ask call text ring phone write email mail message check look request try whether \
    frag frage fragen ruf anrufen schreib schreiben prufen schauen schau melde melden ob anfragen wende \
    pregunta pregunte preguntar llama llame llamar escribe escriba escribir mira mirar busca buscar consulta consultar comprueba pide pedir \
    pergunta pergunte perguntar liga ligue ligar escreve escreva escrever veja ver consulte consultar procura procurar confira conferir chama \
    demande demander demandez appelle appeler appelez ecris ecrire ecrivez regarde regarder regardez verifie verifier verifiez vois voir \
    chiedi chiedere chieda chiama chiamare chiami scrivi scrivere scriva guarda guardare controlla controllare verifica verificare cerca \
    vraag vragen bel bellen mail mailen app kijk kijken check checken schrijf schrijven \
    tanya tanyakan hubungi telepon chat cek lewat melalui silakan";
/// Words that confirm, or state hours: with one of them the time is the business's own.
const CONFIRMS: &str = "works fine ok okay sure yes yep great perfect free available open opens opening booked confirmed moved changed scheduled \
    reserved see come arrive start starts begin begins leave leaves depart departs launch launches close closes closed until run runs ready expect waiting still \
    passt klar ja gern perfekt frei verfugbar offen offnet offnen geoffnet gebucht bestatigt verschoben eingetragen reserviert komm kommen beginnt beginnen \
    startet schliesst schliessen bis bereit erwarten notiert noch \
    vale claro si perfecto listo libre disponible abre abren abrimos abierto reservado reservada confirmado confirmada anotado ven venir empieza empiezan sale \
    cierra cierran cerramos hasta espero esperamos lugar aun todavia hay \
    sim certo perfeito livre disponivel abrem aberto marcado marcada agendado agendada vem venha comeca sai fecha fecham fechamos ate pode ainda espera esperamos da \
    oui parfait libre disponible ouvre ouvrent ouvrons ouvert note notee reserve reservee confirme viens venez commence part ferme fermons attends attendons encore \
    certo perfetto libero disponibile apre aprono apriamo aperto prenotato prenotata confermato segnato vieni venga inizia parte chiude chiudiamo fino aspetto \
    aspettiamo ancora \
    prima goed vrij beschikbaar opent gereserveerd geboekt bevestigd ingepland kom komt begint vertrekt sluit sluiten verwachten nog \
    siap boleh kosong tersedia buka dibuka mulai tutup datang ditunggu oke masih";
/// Words of comfort, whose *no* turns nothing down.
const COMFORTS: &str = "problem problems problema problemas probleme problemi worries worry sorge souci soucis zorgen masalah doubt zweifel duda \
    duvida doute dubbio twijfel";

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

/// Whether what begins at `start` of the folded text stands in a sentence that hands it on or turns it down.
pub(super) fn hands_on(text: &Text, start: usize) -> bool {
    let at = text.tokens.partition_point(|token| token.start < start);
    let ends = |at: &usize| {
        let full_stop = matches!(text.word(*at), "." | "!" | "?" | ";" | "。" | "！" | "？");
        (full_stop && !text.glued(*at + 1)) || text.kind(*at) == Kind::Break
    };
    let first = (0..at).rev().find(ends).map_or(0, |at| at + 1);
    let last = (at..text.tokens.len()).find(ends).unwrap_or(text.tokens.len());
    let sentence = || (first..last).map(|at| text.word(at));
    let denies = sentence().any(|word| DENYING.has(word) || word == NO);
    let refers = sentence().any(|word| REFERRING.has(word));
    let refuses = (0..text.tokens.len())
        .map(|at| text.word(at))
        .any(|word| DENYING.has(word) || word == NO);
    let confirms = sentence().any(|word| CONFIRMING.has(word) || COMFORTING.has(word));
    (denies || (refers && refuses)) && !confirms
}
