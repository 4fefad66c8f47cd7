//! The phrases of promises in eight languages: folded words, no punctuation, alternatives separated by `|`.

/// A promise: one of `starts`, at most `gap` words, one of `ends`.
pub(super) struct Promise {
    pub(super) starts: &'static str,
    pub(super) ends: &'static str,
    pub(super) gap: usize,
    /// It says that something was done: *once it is done* says nothing.
    pub(super) act: bool,
    /// The language puts its verbs, and its *not*, last.
    pub(super) verb_last: bool,
}

const fn act(starts: &'static str, ends: &'static str, gap: usize) -> Promise {
    Promise {
        starts,
        ends,
        gap,
        act: true,
        verb_last: false,
    }
}

const fn gift(starts: &'static str, ends: &'static str, gap: usize) -> Promise {
    Promise {
        starts,
        ends,
        gap,
        act: false,
        verb_last: false,
    }
}

const fn verb_last(promise: Promise) -> Promise {
    Promise {
        verb_last: true,
        ..promise
    }
}

pub(super) const PROMISES: &[Promise] = &[
    // Somebody is on the way, in all languages.
    act(
        "technician|driver|courier|colleague|somebody|someone",
        "is on the way|is on his way|is on her way|is on their way|is already on the way|is already on his way",
        0,
    ),
    act(
        "tecnico|repartidor|mensajero|companero",
        "va en camino|ya va en camino|esta en camino|ya esta en camino",
        0,
    ),
    act(
        "tecnico|entregador|motoboy|colega",
        "esta a caminho|ja esta a caminho|saiu para entrega",
        0,
    ),
    verb_last(act(
        "monteur|techniker|fahrer|kollege|kollegin|bote",
        "ist unterwegs|ist bereits unterwegs|ist schon unterwegs",
        0,
    )),
    act("technicien|livreur|collegue", "est en route|est deja en route", 0),
    act(
        "tecnico|corriere|collega",
        "e in arrivo|e gia in arrivo|sta arrivando|e partito",
        0,
    ),
    verb_last(act(
        "monteur|technieker|chauffeur|koerier|collega",
        "is onderweg|is al onderweg",
        0,
    )),
    act(
        "teknisi|kurir|sopir",
        "sedang menuju|sudah jalan|dalam perjalanan|sudah berangkat",
        1,
    ),
    // English
    act(
        "i have|i ve|we have|we ve|i just|we just|i went ahead and|i ve gone ahead and",
        "booked|ordered|cancelled|canceled|refunded|scheduled|rescheduled|placed your|placed the|placed an|processed your|processed the|arranged|credited|issued|confirmed|added you|put you down|signed you up|charged|shipped your|applied|reserved a|reserved your|reserved you|reserved the|reserved it|held a|upgraded you|resent|re sent|put that order|put your order|put the order|moved your|dispatched|registered your|noted your order",
        3,
    ),
    act(
        "i booked|we booked|i reserved|we reserved|i cancelled|i canceled|we cancelled|we canceled|i refunded|we refunded|i placed your order|i ordered",
        "",
        0,
    ),
    act(
        "your|appointment|booking|order|refund",
        "is confirmed|has been confirmed|is booked|has been booked|has been placed|is placed|has been cancelled|has been canceled|is cancelled|is canceled|is reserved|has been reserved|has been processed|has been approved|is approved|has been refunded|is all set|was confirmed|has been issued|is secured|is on its way|has been shipped",
        5,
    ),
    act(
        "you re booked|you are booked|you re all booked|you are all booked|you re all set|you ve been refunded|you have been refunded|you ve been booked|you re confirmed|you are confirmed|all booked in",
        "",
        0,
    ),
    gift(
        "i guarantee|we guarantee|guaranteed|guarantee you|guarantee that|guarantee it|i promise|we promise|i swear|you have my word|money back guarantee|satisfaction guarantee|lifetime guarantee|lifetime warranty",
        "",
        0,
    ),
    gift(
        "we offer a|we offer|with a|there s a|there is a|comes with a|you get a",
        "guarantee|warranty",
        5,
    ),
    gift(
        "i will refund|i ll refund|we will refund|we ll refund|we refund|you will be refunded|you ll be refunded|you are entitled to a refund|you re entitled to a refund|refund you",
        "",
        0,
    ),
    gift(
        "you will get|you ll get|you will receive|you ll receive|you get|i ll give you|we ll give you|i can give you|i ll issue|we ll issue|i can offer you",
        "refund|your money back|money back",
        4,
    ),
    gift(
        "i ll give|i will give|i can give|we ll give|we will give|we can give|i can offer|we can offer|i ll apply|i ve added|i have added|here s your|here is your|here s a|here is a|you get|you ll get|enjoy",
        "discount|discount code|coupon|coupon code|promo code|voucher code",
        5,
    ),
    gift(
        "i ll replace your|we ll replace your|we will replace your|i ll replace it|we ll replace it|we will replace it|i ll send you a new|we ll send you a new|we will send you a new|we ll send a replacement|we will send a replacement|we ll pay for the damage|we will pay for the damage|we ll cover the damage|we will cover the damage",
        "",
        0,
    ),
    gift("on the house|buy one get one|half price|half off", "", 0),
    // Spanish
    act(
        "he|hemos|ya he|ya hemos|te he|le he",
        "reservado|cancelado|pedido|encargado|confirmado|agendado|anulado|reembolsado|devuelto|tramitado|apartado|aplicado|anotado tu pedido|anotado tu reserva|reenviado|enviado tu|registrado",
        4,
    ),
    act("reserve|agende|cancele|aparte", "tu|su|una|la|el", 0),
    act(
        "tu|su|la reserva|el pedido|la cita",
        "esta confirmado|esta confirmada|queda confirmado|queda confirmada|ha sido confirmado|ha sido confirmada|esta reservado|esta reservada|queda reservado|queda reservada|esta cancelado|esta cancelada|ha sido cancelado|ha sido cancelada|ha sido aprobado|esta aprobado|fue aprobado|esta en camino",
        5,
    ),
    act(
        "queda reservado|queda reservada|queda confirmado|queda confirmada|quedo reservado|ya esta reservado|ya esta reservada|quedas apuntado|quedas apuntada|quedas confirmado",
        "",
        0,
    ),
    gift(
        "te garantizo|le garantizo|garantizamos|te garantizamos|le garantizamos|os garantizamos|esta garantizado|garantizado|garantizada|garantia de devolucion|te prometo|le prometo|te lo prometo|prometemos|te aseguro",
        "",
        0,
    ),
    gift(
        "te devolvemos|te devolveremos|le devolvemos|le devolveremos|os devolveremos|te reembolsamos|te reembolsaremos|le reembolsaremos|te devuelvo|recibiras|recibira",
        "dinero|importe|reembolso|todo|el total",
        4,
    ),
    gift(
        "te hago|le hago|te hacemos|le hacemos|te doy|le doy|te damos|te aplico|te regalo|tienes|te ofrezco|le ofrezco",
        "descuento|rebaja|cupon|codigo de descuento|mitad de precio",
        4,
    ),
    act(
        "te devolvimos|le devolvimos|ya devolvimos|te devolvi|ya te devolvi",
        "",
        0,
    ),
    gift(
        "te reponemos|te lo reponemos|te la reponemos|te reemplazamos|te lo reemplazamos|te mandamos otro|te mandamos otra|te enviamos otro|te enviamos otra|nos hacemos cargo del dano|pagamos el dano",
        "",
        0,
    ),
    gift("a mitad de precio|cortesia de la casa", "", 0),
    // Portuguese
    act(
        "agendei|reservei|cancelei|confirmei|remarquei|encomendei|reembolsei|estornei|ja agendei|ja reservei|ja cancelei|marquei|reenviei|ja enviei|despachei|ja troquei|anotei seu pedido|anotei o seu pedido|registrei",
        "",
        0,
    ),
    act(
        "foi|esta|ja esta|ficou|ja foi|seu|sua",
        "agendado|agendada|reservado|reservada|confirmado|confirmada|cancelado|cancelada|registrado|registrada|marcado|marcada|aprovado|aprovada|estornado|reembolsado|remarcado|remarcada",
        1,
    ),
    gift(
        "garantimos|garanto|te garanto|garantido|garantida|prometo|prometemos|dou minha palavra|garantia de devolucao|satisfacao garantida",
        "",
        0,
    ),
    gift(
        "vamos devolver|vou devolver|devolvemos|devolveremos|vamos reembolsar|reembolsaremos|sera reembolsado|sera reembolsada|voce recebe|voce vai receber|voce recebera|vamos estornar",
        "dinheiro|valor|reembolso|estorno|de volta",
        4,
    ),
    gift(
        "sera reembolsado|sera reembolsada|vamos reembolsar voce|vamos te reembolsar",
        "",
        0,
    ),
    gift(
        "vou te dar|vou dar|te dou|posso te dar|damos|dou|ganha|voce ganha|voce tem|aplico|liberei",
        "desconto|cupom|cupom de desconto",
        4,
    ),
    act(
        "pedido|encomenda|reserva",
        "ja foi feito|foi feito|ja foi feita|foi feita",
        1,
    ),
    gift(
        "vamos repor|vamos te mandar outro|vamos te mandar outra|vamos enviar outro|vamos enviar outra|te mandamos outro|te mandamos outra|vamos pagar o prejuizo",
        "",
        0,
    ),
    gift("por conta da casa|metade do preco", "", 0),
    // German
    verb_last(act(
        "ich habe|ich hab|wir haben|habe ich|hab ich|haben wir",
        "gebucht|eingetragen|reserviert|storniert|bestellt|bestatigt|erstattet|vorgemerkt|gutgeschrieben|vereinbart|zuruckuberwiesen|angelegt|veranlasst|termin gemacht|zuruckerstattet|zuruckgezahlt|verschickt|versendet|losgeschickt|abgeschickt|nochmal geschickt",
        9,
    )),
    verb_last(act(
        "dein|deine|ihr|ihre|der termin|die buchung|die bestellung|die reservierung",
        "ist bestatigt|ist gebucht|wurde bestatigt|wurde storniert|ist storniert|ist reserviert|wurde gebucht|ist eingetragen|steht fest|wurde erstattet|ist unterwegs",
        5,
    )),
    verb_last(gift(
        "garantieren wir|wir garantieren|ich garantiere|garantiert|garantiere ich|ich verspreche|wir versprechen|versprochen|geld zuruck garantie|ich versichere",
        "",
        0,
    )),
    verb_last(gift(
        "du bekommst|sie bekommen|du kriegst|du erhaltst|sie erhalten|bekommst du|ihr bekommt|wir erstatten|ich erstatte|wir zahlen",
        "geld zuruck|ruckerstattung|erstattung|vollen betrag|kaufpreis|den betrag",
        5,
    )),
    verb_last(gift(
        "du bekommst|sie bekommen|bekommst du|ihr bekommt|ich gebe dir|ich geb dir|wir geben dir|ich gebe ihnen|ich schenke dir|du kriegst|du erhaltst|sie erhalten",
        "rabatt|nachlass|rabattcode|gutscheincode|gutschein",
        5,
    )),
    verb_last(act(
        "ihr seid|du bist|sie sind",
        "angemeldet|eingetragen|eingeschrieben|vorgemerkt|eingebucht",
        8,
    )),
    // `ist für übermorgen bestellt`
    verb_last(act("ist fur", "bestellt|gebucht|vorgemerkt", 4)),
    verb_last(gift(
        "wir ersetzen dir|wir ersetzen ihnen|ich ersetze dir|ich ersetze ihnen|ersetzen wir dir|ersetzen wir ihnen|wir schicken dir einen neuen|wir schicken dir eine neue|wir schicken dir ein neues|wir schicken ihnen einen neuen|wir schicken ihnen eine neue|wir schicken ihnen ein neues|wir ubernehmen den schaden|wir zahlen den schaden",
        "",
        0,
    )),
    verb_last(gift("geht aufs haus|zum halben preis", "", 0)),
    // French
    act(
        "j ai|nous avons|on a|j ai bien|nous avons bien|nous vous avons|je vous ai|on vous a|je t ai|on t a",
        "reserve|annule|commande|confirme|rembourse|enregistre votre|programme|bloque|valide|note votre reservation|renvoye|expedie",
        3,
    ),
    act(
        "votre|ta|ton|la reservation|la commande",
        "est confirmee|est confirme|a ete confirmee|a ete confirme|est reservee|est reserve|est annulee|a ete annulee|est validee|est en route|a ete approuve|est approuve",
        5,
    ),
    gift(
        "nous garantissons|je garantis|je vous garantis|on garantit|garanti|garantie satisfait|satisfait ou rembourse|je vous promets|je te promets|nous promettons|c est promis|promis",
        "",
        0,
    ),
    gift(
        "on te rembourse|je te rembourse|nous te remboursons|tu seras remboursee|vous serez rembourse|vous serez remboursee|tu seras rembourse|nous vous rembourserons|je vous rembourse|nous vous remboursons|on vous rembourse|nous rembourserons",
        "",
        0,
    ),
    gift(
        "je vous accorde|je vous offre|je vous fais|nous vous accordons|nous vous offrons|vous beneficiez|vous avez|je t offre|je te fais",
        "remise|reduction|code promo|rabais|bon de reduction",
        4,
    ),
    gift(
        "nous vous remplacons|on vous remplace|je vous remplace|nous vous renvoyons un|nous vous renvoyons une|on vous renvoie un|on vous renvoie une|je vous renvoie un|je vous renvoie une|on te renvoie un|on te renvoie une",
        "",
        0,
    ),
    gift("offert par la maison|a moitie prix", "", 0),
    // Italian
    act(
        "ho|abbiamo",
        "prenotato|cancellato|annullato|ordinato|confermato|rimborsato|riservato|fissato|bloccato la|rispedito|spedito",
        4,
    ),
    act(
        "la sua|la tua|il suo|il tuo|la prenotazione|la camera|il rimborso|l ordine",
        "e confermata|e confermato|e stata confermata|e stato confermato|e prenotata|e stata prenotata|e stata cancellata|e stato approvato|e riservata|e in arrivo",
        5,
    ),
    gift(
        "garantisco|le garantisco|ti garantisco|garantiamo|garantito|garantita|le prometto|ti prometto|prometto|promettiamo|soddisfatti o rimborsati",
        "",
        0,
    ),
    gift(
        "la rimborseremo|ti rimborseremo|rimborseremo|la rimborsiamo|ti rimborsiamo|sara rimborsato|sara rimborsata|ricevera un rimborso|riceverai un rimborso|le restituiremo|le restituiamo",
        "",
        0,
    ),
    gift(
        "le faccio|ti faccio|le facciamo|ti facciamo|le do|ti do|ha diritto a|le offro|ti offro|le applico",
        "sconto|codice sconto|coupon|buono",
        3,
    ),
    gift(
        "te lo sostituiamo|te la sostituiamo|glielo sostituiamo|gliela sostituiamo|ti rispediamo|le rispediamo|ti mandiamo un altro|ti mandiamo un altra|le mandiamo un altro|le mandiamo un altra",
        "",
        0,
    ),
    gift("offre la casa|a meta prezzo|in omaggio", "", 0),
    // Dutch
    verb_last(act(
        "ik heb|wij hebben|we hebben|heb ik|hebben we",
        "gereserveerd|geboekt|geannuleerd|besteld|bevestigd|terugbetaald|ingepland|vastgelegd|genoteerd|apart gezet|apart gelegd|opgestuurd|verstuurd|verzonden",
        8,
    )),
    verb_last(act(
        "je|uw|jouw|de reservering|de bestelling",
        "is bevestigd|is geboekt|is gereserveerd|is geannuleerd|is onderweg|staat vast|is geplaatst|is terugbetaald",
        5,
    )),
    verb_last(gift(
        "wij garanderen|we garanderen|ik garandeer|gegarandeerd|garanderen we|ik beloof|wij beloven|we beloven|beloofd|niet goed geld terug",
        "",
        0,
    )),
    verb_last(gift(
        "je krijgt|u krijgt|jij krijgt|krijg je|wij betalen|we betalen|je ontvangt|u ontvangt|we storten|wij storten",
        "geld terug|terugbetaling|bedrag terug|terug",
        4,
    )),
    verb_last(gift(
        "je krijgt|u krijgt|jij krijgt|krijg je|ik geef je|we geven je|wij geven je|ik kan je",
        "korting|kortingscode|kortingsbon",
        5,
    )),
    verb_last(gift(
        "we vervangen je|wij vervangen je|we vervangen uw|we vergoeden je|we vergoeden uw|wij vergoeden|we sturen je een nieuwe|we sturen je een nieuw|we sturen u een nieuwe|we sturen u een nieuw",
        "",
        0,
    )),
    verb_last(gift("van het huis|voor de halve prijs", "", 0)),
    // Indonesian
    act(
        "pesanan|pesanan kakak|pesanan kamu|pesanan anda|reservasi|booking|pembayaran|refund",
        "sudah dikonfirmasi|telah dikonfirmasi|sudah dibatalkan|telah dibatalkan|sudah saya batalkan|sudah diproses|sudah dikirim|sudah dipesan|terkonfirmasi|sudah kami batalkan|sudah disetujui",
        3,
    ),
    act(
        "sudah saya|saya sudah|sudah kami|kami sudah|telah saya|saya telah|kami telah",
        "pesankan|pesan|batalkan|booking|bookingkan|reservasi|refund|kembalikan|proses|konfirmasi|catatkan",
        2,
    ),
    gift(
        "kami jamin|saya jamin|dijamin|kami menjamin|saya menjamin|saya janji|kami janji|saya berjanji|kami berjanji|garansi uang kembali|pasti sampai",
        "",
        0,
    ),
    gift(
        "akan kami ganti|kami akan ganti|kami ganti baru|kami kirim ulang|akan kami kirim ulang|kami ganti kerugian",
        "",
        0,
    ),
    gift(
        "uang|uang kakak|uang anda|dana|uang kamu",
        "akan dikembalikan|dikembalikan|akan kembali|kami kembalikan|akan kami kembalikan",
        3,
    ),
    gift(
        "saya kasih|kami kasih|saya beri|kami beri|dapat|kakak dapat|saya berikan|kami berikan",
        "diskon|potongan|potongan harga|kode promo|voucher",
        3,
    ),
];

/// Words for what costs nothing. One approved text that says it of something lets an answer say it, in any language.
pub(super) const FREE: &str = "free|free of charge|no charge|at no cost|complimentary|gratis|sin costo|sin coste|gratuito|gratuita|gratuitos|gratuitas|de graca|kostenlos|kostenlose|kostenloser|kostenfrei|umsonst|gratuit|gratuite|gratuits|gratuites|gratuitement|offert|offerte|gratuitamente|kosteloos|cuma cuma";

/// Words before `free` that make it mean something else.
pub(super) const NOT_FREE: &str = "feel gluten dairy sugar nut lactose alcohol cruelty hands toll";

/// Words after `free` that make it mean *not taken*.
pub(super) const NOT_TAKEN: &str =
    "slot slots spot spots time times place places table tables seat seats appointment appointments evening";

/// Whole clauses that claim something.
pub(super) const ALONE: &str = "all booked|booked|all done|ist gebucht|gebucht|reservado|agendado|confirmado|reserve|prenotato|geboekt|gereserveerd|sudah dipesan|your refund is on its way|refund approved|i promise";

/// What stands before an act that is not said to be done.
pub(super) const CONDITIONS: &str = "once|when|if|as soon as|until|before|after|whether|unless|si|cuando|una vez|en cuanto|hasta que|cuando este|se|quando|assim que|depois que|ate que|wenn|sobald|falls|ob|bevor|nachdem|bis|des que|une fois|lorsque|quand|avant|appena|una volta|non appena|als|zodra|wanneer|nadat|voordat|jika|kalau|setelah|begitu|apabila|ketika|sampai|apakah";

/// Words that negate.
pub(super) const NEGATIONS: &str = "not t cannot never no nothing nobody unable without nor neither isnt cant dont wont nunca sin tampoco ni nada nadie ninguna ninguno nenhum nenhuma nao sem nem jamais nicht nichts niemand kein keine keinen keiner nie weder ohne leider ne n pas rien sans aucun aucune non mai senza niente nessuno nessuna niet niets niks geen nooit zonder tidak belum bukan jangan tanpa tak nggak ga gak enggak";

/// Comforting phrases whose `no` negates nothing.
pub(super) const COMFORTS: &str = "no worries|no problem|no problem at all|not a problem|no doubt|without a doubt|don t worry|do not worry|no te preocupes|no se preocupe|sin problema|sin problemas|no hay problema|sin duda|sin falta|nao se preocupe|sem problema|sem problemas|nao tem problema|sem duvida|sem falta|kein problem|keine sorge|kein ding|ohne probleme|ohne problem|pas de souci|pas de soucis|pas de probleme|ne vous inquietez pas|ne t inquiete pas|sans souci|sans probleme|aucun probleme|aucun souci|non si preoccupi|non ti preoccupare|nessun problema|senza problemi|senza dubbio|geen probleem|geen zorgen|maak je geen zorgen|zonder probleem|tidak masalah|jangan khawatir|tanpa masalah|why not|not only|what s free|what is free|who s free|when you re free|if you re free";

/// Words that begin another clause.
pub(super) const BUT: &str = "but pero sino mas porem aber sondern mais ma pero maar tapi tetapi";
