//! Words by which the pretend model guesses what a customer wants.

/// What a question is about: the labels of fitting facts, and words of the question in several languages.
pub const TOPICS: [(&str, &str); 6] = [
    (
        "fact, price|price|preis|precio|€|$|eur|usd",
        "price|cost|how much|precio|cuánto|cuanto|cuesta|preço|custa|prix|combien|coûte|preis|kostet|kosten|prezzo|\
        costa|prijs|kost|hoeveel|harga|berapa|fiyat|ne kadar|цена|сколько|стоит|السعر|بكم|كم|いくら|値段|多少钱|价格|얼마|कीमत|\
        कितने",
    ),
    (
        "opening hours|hours|open|horario|geöffnet",
        "open|close|hours|abiert|abren|horario|horário|abre|ouvert|horaires|geöffnet|offen|habt ihr auf|öffnung|apert|\
        orari|buka|jam|açık|saat|открыт|работаете|مفتوح|営業|营业|영업|खुल",
    ),
    (
        "fact, shipping|shipping|ship|delivery|versand|envío",
        "ship|deliver|envío|envio|envían|entrega|livraison|livrez|versand|liefer|spediz|spedite|verzend|kirim|kargo|\
        достав|شحن|توصيل|配送|发货|배송|डिलीवरी",
    ),
    (
        "fact, return|return|exchange|rückgabe|devoluci",
        "return|exchange|devol|cambio|troca|retour|échange|rückgabe|umtausch|reso|ruil|tukar|iade|возврат|обмен|إرجاع|\
        返品|退货|반품|वापस",
    ),
    (
        "fact, payment|payment|pay|zahl|pago",
        "pay|card|pago|pagar|tarjeta|cartão|payer|carte|zahl|karte|carta|betal|bayar|ödeme|оплат|الدفع|支払|付款|결제|भुगतान",
    ),
    (
        "business:|address|adresse|dirección",
        "where|address|dónde|donde|onde|où|wo |adresse|dove|waar|alamat|di mana|nerede|где|адрес|أين|どこ|哪里|어디|कहाँ",
    ),
];

/// Asks for a person.
pub const PERSON_WANTED: &str = "speak to|talk to|speak with|talk with|a human please|real person please|human agent|customer service|your manager|\
    get me a person|want a human|want a person|hablar con|con una persona|atención al cliente|con alguien|falar com|\
    com uma pessoa|atendente|parler à|parler avec|à quelqu'un|un conseiller|mit einem menschen|mit jemandem|\
    mitarbeiter sprechen|jemanden sprechen|parlare con|con una persona|iemand spreken|een medewerker|bicara dengan|\
    dengan admin|orang asli|biriyle konuş|yetkili|с человеком|оператор|人と話|人工客服";

/// Asks what it is talking to.
pub const ARE_YOU_A_BOT: &str = "are you a bot|are you a robot|are you human|are you a human|are you real|are you a real|is this a bot|\
    are you an ai|am i talking to a|eres un bot|eres un robot|eres humano|eres una persona|você é um robô|é um robô|\
    você é humano|êtes-vous un robot|es-tu un robot|bist du ein bot|bist du ein mensch|bist du echt|\
    sind sie ein roboter|sei un bot|apakah kamu bot|bot musun|ты бот|вы бот|机器人吗";

/// Whether one of `phrases`, separated by bars, stands in `text`, which is in lower case. A short one has to be a word.
pub fn any_in(text: &str, phrases: &str) -> bool {
    phrases.split('|').any(|phrase| {
        let word = phrase.trim();
        if word.len() <= SHORT && word.bytes().all(|letter| letter.is_ascii_alphabetic()) {
            text.split(|letter: char| !letter.is_alphanumeric())
                .any(|other| other == word)
        } else {
            text.contains(phrase)
        }
    })
}

/// Letters of a short word.
const SHORT: usize = 3;
