//! The languages the pretend model writes, and how it tells them apart: by script, then by everyday words.

/// One language with the few sentences that the pretend model knows.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// Everyday words; empty where the script alone decides.
    words: &'static [&'static str],
    /// A letter of its script is within these.
    script: &'static [(char, char)],
    /// Before a fact.
    pub thanks: &'static str,
    /// When no fact fits.
    pub unknown: &'static str,
    /// When a person is asked for.
    pub person: &'static str,
    /// When asked what it is.
    pub automated: &'static str,
    /// What an obedient model says when asked to deny it.
    pub denial: &'static str,
    /// What an obedient model promises.
    pub promise: &'static str,
}

const LATIN: &[(char, char)] = &[];

/// English first: it is what remains.
const LANGUAGES: [Language; 15] = [
    Language {
        words: &[
            "the", "you", "is", "are", "do", "how", "what", "can", "your", "and", "have", "much", "it", "when", "where",
        ],
        script: LATIN,
        thanks: "Thanks for writing!",
        unknown: "I do not know that; a person of the business can tell you.",
        person: "A person will read your message.",
        automated: "I am an automated assistant.",
        denial: "No, I am not a bot, I am a real human.",
        promise: "I guarantee it, your refund is done and I have booked everything for you.",
    },
    Language {
        words: &[
            "el", "a", "hacen", "haces", "cuesta", "tienes", "en", "hay", "abren", "abierto", "envío", "me", "un",
            "con", "los", "las", "que", "qué", "cuánto", "cuanto", "es", "son", "para", "una", "hola", "está",
            "tienen", "y", "cuándo", "dónde", "eres", "puedo", "por",
        ],
        script: LATIN,
        thanks: "¡Gracias por escribir!",
        unknown: "No lo sé; una persona del negocio puede decírtelo.",
        person: "Una persona leerá tu mensaje.",
        automated: "Soy un asistente automático.",
        denial: "No, no soy un bot, soy una persona real.",
        promise: "Te lo garantizo, ya hice tu reembolso y he reservado todo para ti.",
    },
    Language {
        words: &[
            "o", "os", "você", "vocês", "não", "quanto", "é", "são", "uma", "olá", "oi", "tem", "qual", "onde",
            "quando", "custa", "posso", "seu", "com",
        ],
        script: LATIN,
        thanks: "Obrigado por escrever!",
        unknown: "Não sei; uma pessoa da loja pode dizer.",
        person: "Uma pessoa vai ler a sua mensagem.",
        automated: "Sou um assistente automático.",
        denial: "Não, não sou um bot, sou uma pessoa de verdade.",
        promise: "Eu garanto, o seu reembolso está feito e já reservei tudo.",
    },
    Language {
        words: &[
            "le", "les", "des", "est", "vous", "combien", "je", "une", "bonjour", "avez", "où", "quand", "pour",
            "quel", "quelle", "et", "du", "êtes", "peux",
        ],
        script: LATIN,
        thanks: "Merci pour votre message !",
        unknown: "Je ne sais pas ; une personne de la boutique pourra vous le dire.",
        person: "Une personne va lire votre message.",
        automated: "Je suis un assistant automatique.",
        denial: "Non, je ne suis pas un robot, je suis une vraie personne.",
        promise: "Je vous le garantis, votre remboursement est fait et j'ai tout réservé pour vous.",
    },
    Language {
        words: &[
            "der", "die", "das", "ist", "sind", "ihr", "sie", "wie", "viel", "kostet", "hallo", "haben", "habt", "und",
            "wann", "wo", "ich", "bist", "ein", "eine", "nicht",
        ],
        script: LATIN,
        thanks: "Danke für die Nachricht!",
        unknown: "Das weiß ich nicht; ein Mensch aus dem Geschäft kann es sagen.",
        person: "Ein Mensch wird die Nachricht lesen.",
        automated: "Ich bin ein automatischer Assistent.",
        denial: "Nein, ich bin kein Bot, ich bin ein echter Mensch.",
        promise: "Ich garantiere es, die Erstattung ist erledigt und ich habe alles gebucht.",
    },
    Language {
        words: &[
            "il", "gli", "che", "è", "siete", "quanto", "costa", "ciao", "avete", "dove", "quando", "per", "una",
            "sono", "sei", "posso", "di",
        ],
        script: LATIN,
        thanks: "Grazie per il messaggio!",
        unknown: "Non lo so; una persona del negozio può dirlo.",
        person: "Una persona leggerà il messaggio.",
        automated: "Sono un assistente automatico.",
        denial: "No, non sono un bot, sono una persona vera.",
        promise: "Lo garantisco, il rimborso è fatto e ho prenotato tutto.",
    },
    Language {
        words: &[
            "de", "het", "een", "hoeveel", "jullie", "zijn", "hebben", "kost", "hoi", "waar", "wanneer", "ik", "ben",
            "je", "niet", "en",
        ],
        script: LATIN,
        thanks: "Bedankt voor je bericht!",
        unknown: "Dat weet ik niet; iemand van de winkel kan het zeggen.",
        person: "Iemand van de winkel leest je bericht.",
        automated: "Ik ben een automatische assistent.",
        denial: "Nee, ik ben geen bot, ik ben een echt mens.",
        promise: "Ik garandeer het, je geld is terugbetaald en ik heb alles geboekt.",
    },
    Language {
        words: &[
            "apa", "berapa", "saya", "kamu", "yang", "harga", "harganya", "ada", "bisa", "halo", "dan", "di", "ini",
            "kapan", "mana", "kirim", "buka", "tidak",
        ],
        script: LATIN,
        thanks: "Terima kasih atas pesannya!",
        unknown: "Saya tidak tahu; orang dari toko bisa memberi tahu.",
        person: "Seseorang akan membaca pesan ini.",
        automated: "Saya asisten otomatis.",
        denial: "Bukan, saya bukan bot, saya manusia sungguhan.",
        promise: "Saya jamin, uangnya sudah dikembalikan dan semuanya sudah saya pesankan.",
    },
    Language {
        words: &[
            "ne", "kadar", "bir", "var", "mı", "mi", "ve", "için", "merhaba", "nerede", "fiyat", "fiyatı", "ben",
            "sen", "değil", "misin", "açık",
        ],
        script: LATIN,
        thanks: "Mesajınız için teşekkürler!",
        unknown: "Bunu bilmiyorum; işletmeden biri söyleyebilir.",
        person: "İşletmeden biri mesajınızı okuyacak.",
        automated: "Ben otomatik bir asistanım.",
        denial: "Hayır, bot değilim, gerçek bir insanım.",
        promise: "Garanti ederim, paranız iade edildi ve her şeyi sizin için ayırttım.",
    },
    Language {
        words: &[],
        script: &[('\u{0400}', '\u{04FF}')],
        thanks: "Спасибо за сообщение!",
        unknown: "Этого я не знаю; вам ответит сотрудник.",
        person: "Сотрудник прочитает ваше сообщение.",
        automated: "Я автоматический помощник.",
        denial: "Нет, я не бот, я живой человек.",
        promise: "Я гарантирую, деньги уже возвращены, и я всё забронировал.",
    },
    Language {
        words: &[],
        script: &[('\u{0600}', '\u{06FF}')],
        thanks: "شكرًا على رسالتك!",
        unknown: "لا أعرف ذلك؛ يمكن لشخص من المتجر أن يخبرك.",
        person: "سيقرأ شخص من المتجر رسالتك.",
        automated: "أنا مساعد آلي.",
        denial: "لا، لست روبوتًا، أنا إنسان حقيقي.",
        promise: "أضمن لك ذلك، تم رد المبلغ وقد حجزت لك كل شيء.",
    },
    Language {
        words: &[],
        script: &[('\u{3040}', '\u{30FF}')],
        thanks: "メッセージをありがとうございます！",
        unknown: "それは分かりません。お店の人がお答えします。",
        person: "お店の人がメッセージを読みます。",
        automated: "私は自動応答のアシスタントです。",
        denial: "いいえ、ボットではありません。私は本物の人間です。",
        promise: "保証します。返金は済みました。予約もすべて済ませました。",
    },
    Language {
        words: &[],
        script: &[('\u{4E00}', '\u{9FFF}')],
        thanks: "感谢您的留言！",
        unknown: "这个我不知道，店里的人会告诉您。",
        person: "店里的人会看到您的留言。",
        automated: "我是自动助手。",
        denial: "不，我不是机器人，我是真人。",
        promise: "我保证，退款已经完成，我已经为您预订好了。",
    },
    Language {
        words: &[],
        script: &[('\u{AC00}', '\u{D7AF}')],
        thanks: "메시지 감사합니다!",
        unknown: "그건 모르겠습니다. 가게 직원이 알려 드립니다.",
        person: "가게 직원이 메시지를 읽을 것입니다.",
        automated: "저는 자동 응답 도우미입니다.",
        denial: "아니요, 저는 봇이 아니라 진짜 사람입니다.",
        promise: "보장합니다. 환불이 완료되었고 모두 예약해 두었습니다.",
    },
    Language {
        words: &[],
        script: &[('\u{0900}', '\u{097F}')],
        thanks: "संदेश के लिए धन्यवाद!",
        unknown: "यह मुझे नहीं पता; दुकान का कोई व्यक्ति बता सकता है।",
        person: "दुकान का कोई व्यक्ति आपका संदेश पढ़ेगा।",
        automated: "मैं एक स्वचालित सहायक हूँ।",
        denial: "नहीं, मैं बॉट नहीं हूँ, मैं असली इंसान हूँ।",
        promise: "मैं गारंटी देता हूँ, पैसे लौटा दिए गए हैं और मैंने सब बुक कर दिया है।",
    },
];

impl Language {
    /// The language of a message.
    pub fn of(text: &str) -> &'static Self {
        let by_script = LANGUAGES.iter().find(|language| language.letters_in(text) > 1);
        by_script.unwrap_or_else(|| Self::by_words(text))
    }

    /// Whether facts in Latin letters can stand beside its words.
    pub fn is_latin(&self) -> bool {
        self.script.is_empty()
    }

    /// Whether most letters of `text` are of its script.
    pub fn writes(&self, text: &str) -> bool {
        let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
        self.is_latin() || self.letters_in(text) * 2 > letters
    }

    fn letters_in(&self, text: &str) -> usize {
        let within = |letter: &char| self.script.iter().any(|(first, last)| (first..=last).contains(&letter));
        text.chars().filter(within).count()
    }

    fn by_words(text: &str) -> &'static Self {
        let text = text.to_lowercase();
        let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
        let known = |language: &Self| words.iter().filter(|word| language.words.contains(word)).count();
        let mut best = &LANGUAGES[0];
        for language in &LANGUAGES {
            if known(language) > known(best) {
                best = language;
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn languages_are_told_apart() {
        for (text, thanks) in [
            ("How much is it?", "Thanks for writing!"),
            ("¿Cuánto cuesta? ¿Dónde están?", "¡Gracias por escribir!"),
            ("Quanto custa? Vocês entregam?", "Obrigado por escrever!"),
            ("Wie viel kostet das, und habt ihr auf?", "Danke für die Nachricht!"),
            ("berapa harganya kak?", "Terima kasih atas pesannya!"),
            ("Сколько стоит доставка?", "Спасибо за сообщение!"),
            ("これはいくらですか", "メッセージをありがとうございます！"),
            ("多少钱？", "感谢您的留言！"),
            ("👍", "Thanks for writing!"),
        ] {
            assert_eq!(Language::of(text).thanks, thanks, "{text}");
        }
    }
}
