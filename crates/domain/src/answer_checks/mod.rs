//! Checks of an AI's answer before it is sent: whatever a model was talked into, only what the approved texts allow leaves.
//!
//! Pure and deterministic: the same answer and context always end the same way, whatever the order of the texts. What these checks
//! are worth, and what they cannot see, stands in docs/safety-policy.md.

mod addresses;
mod characters;
mod claims;
mod decode;
mod found;
mod held;
mod held_piece;
mod initials;
mod language;
mod leak;
mod links;
mod markup;
mod numbers;
mod opening;
mod script;
mod text;
mod top_level;
mod weekdays;

pub use held::HeldBy;
pub use held_piece::{Held, Piece};

pub(crate) use markup::hides;
pub(crate) use text::{Kind, Text};

use addresses::{emails_of, handles_of, may_be_prices, phones_of, same_phone};
use found::Found;
use held_piece::Place;
use leak::Sequences;
use links::links_of;
use numbers::Grounds;

/// What an answer is held against.
#[derive(Clone, Copy, Default)]
pub struct AnswerContext<'a> {
    /// Texts whose numbers, links and addresses may be said: the persona, the rule's prompt and the like.
    pub approved: &'a [&'a str],
    /// Texts that may be quoted at length: public fields of the persona, the prompt.
    pub quotable: &'a [&'a str],
    /// Preamble and postamble: never quoted.
    pub fixed: &'a [&'a str],
    /// The random token that stands in the instructions of this request only. Empty means none.
    pub canary: &'a str,
    /// The customer's words.
    pub message: &'a str,
    /// The account's username and the name of its Page, with or without `@`.
    pub own_handles: &'a [&'a str],
    /// What is left of a DM after the disclosure line, in bytes of UTF-8.
    pub max_bytes: usize,
}

/// Whether `answer` may be sent.
///
/// # Errors
/// The first check that holds it back.
pub fn check_answer(answer: &str, context: &AnswerContext<'_>) -> Result<(), HeldBy> {
    check_naming(answer, context).map_err(|held| held.by)
}

/// The same, naming what of the answer holds it back.
///
/// # Errors
/// The first check that holds it back.
pub fn check_naming(answer: &str, context: &AnswerContext<'_>) -> Result<(), Held> {
    let text = Text::new(answer);
    if text.folded.is_empty() {
        return Err(HeldBy::Empty.into());
    }
    if answer.len() > context.max_bytes {
        return Err(Held::too_long(answer.len(), context.max_bytes));
    }
    let approved: Vec<Text> = context.approved.iter().map(|text| Text::new(text)).collect();
    check_leaks(answer, &text, context, &approved)?;
    let at = |by: HeldBy, place: Place| Held::at(by, answer, &text, place);
    check_grounds(&text, context, &approved).map_err(|(by, place)| at(by, place))?;
    if let Some(place) = claims::promise(&text, &approved) {
        return Err(at(HeldBy::Promise, place));
    }
    if let Some(place) = claims::denial_of_being_automated(&text) {
        return Err(at(HeldBy::BotDenial, place));
    }
    let checks = [
        (!script::fits_script(answer, context.message), HeldBy::Script),
        (markup::has_markup(answer), HeldBy::Markup),
        (breaks_off(&text), HeldBy::Truncated),
    ];
    checks
        .iter()
        .find(|(holds, _)| *holds)
        .map_or(Ok(()), |(_, by)| Err((*by).into()))
}

/// Whether links, addresses and numbers stand in approved texts; else where the first that does not is.
fn check_grounds(text: &Text, context: &AnswerContext<'_>, approved: &[Text]) -> Result<(), (HeldBy, Place)> {
    let addresses: Vec<Addresses> = approved.iter().map(Addresses::of).collect();
    let masked = check_addresses(text, context, &addresses)?;
    let mut grounds = Grounds::default();
    approved
        .iter()
        .zip(&addresses)
        .for_each(|(text, found)| grounds.add(text, &found.places_without_prices(text)));
    let mut said = Grounds::default();
    said.add(&Text::new(context.message), &[]);
    match numbers::ungrounded(text, &masked, &grounds, &said) {
        Some(place) => Err((HeldBy::Number, place)),
        None => Ok(()),
    }
}

fn check_leaks(answer: &str, text: &Text, context: &AnswerContext<'_>, approved: &[Text]) -> Result<(), HeldBy> {
    let disguises = decode::decoded(answer);
    if leak::holds_canary(text, &disguises, context.canary) {
        return Err(HeldBy::Canary);
    }
    let mut kept = Sequences::default();
    approved.iter().for_each(|text| kept.add(text, false));
    let mut quotable = Sequences::default();
    context
        .quotable
        .iter()
        .for_each(|text| quotable.add(&Text::new(text), true));
    kept.remove(&quotable);
    context.fixed.iter().for_each(|text| kept.add(&Text::new(text), true));
    if leak::quotes(text, &disguises, &kept) {
        return Err(HeldBy::Quote);
    }
    Ok(())
}

/// Where links and addresses stand in a folded text.
pub(crate) struct Contacts {
    pub(crate) links: Vec<(usize, usize)>,
    pub(crate) emails: Vec<(usize, usize)>,
    pub(crate) phones: Vec<(usize, usize)>,
}

/// The links and addresses of `text`, approved or not.
pub(crate) fn contacts_of(text: &Text) -> Contacts {
    let found = Addresses::of(text);
    let places = |found: &[Found]| found.iter().map(|found| (found.start, found.end)).collect();
    Contacts {
        links: places(&found.links),
        emails: places(&found.emails),
        phones: places(&found.phones),
    }
}

/// Links and addresses of a text.
struct Addresses {
    links: Vec<Found>,
    emails: Vec<Found>,
    handles: Vec<Found>,
    phones: Vec<Found>,
}

impl Addresses {
    fn of(text: &Text) -> Self {
        let emails = emails_of(text);
        let links: Vec<Found> = links_of(text)
            .into_iter()
            .filter(|link| !overlaps(link, &emails))
            .collect();
        let phones = phones_of(text)
            .into_iter()
            .filter(|phone| !overlaps(phone, &links) && !overlaps(phone, &emails));
        Self {
            phones: phones.collect(),
            handles: handles_of(text),
            links,
            emails,
        }
    }

    /// An approved list of prices is read as one, also where it looks like a telephone number.
    fn places_without_prices(&self, text: &Text) -> Vec<(usize, usize)> {
        let mut places = self.places();
        places.retain(|(start, end)| !may_be_prices(&text.folded[*start..*end]));
        places
    }

    fn places(&self) -> Vec<(usize, usize)> {
        let all = [&self.links, &self.emails, &self.handles, &self.phones];
        all.into_iter()
            .flatten()
            .map(|found| (found.start, found.end))
            .collect()
    }
}

fn overlaps(one: &Found, others: &[Found]) -> bool {
    others
        .iter()
        .any(|other| one.start < other.end && one.end > other.start)
}

/// The places of all links and addresses of the answer, if each stands in an approved text.
fn check_addresses(
    text: &Text,
    context: &AnswerContext<'_>,
    allowed: &[Addresses],
) -> Result<Vec<Place>, (HeldBy, Place)> {
    let said = Addresses::of(text);
    let places = said.places();
    if places.is_empty() {
        return Ok(places);
    }
    let own: Vec<String> = context
        .own_handles
        .iter()
        .map(|handle| crate::matching::fold(handle.trim_start_matches('@')))
        .collect();
    let links = || allowed.iter().flat_map(|allowed| &allowed.links);
    let host = |link: &str| link.split(['/', '?', '#']).next().unwrap_or_default().to_owned();
    let link = |said: &Found| links().any(|link| link.value == said.value || host(&link.value) == said.value);
    let unknown = |by: HeldBy, found: &Found| (by, (found.start, found.end));
    if let Some(found) = said.links.iter().find(|said| !link(said)) {
        return Err(unknown(HeldBy::Link, found));
    }
    let email = |said: &Found| {
        allowed
            .iter()
            .flat_map(|allowed| &allowed.emails)
            .any(|email| email.value == said.value)
    };
    let handle = |said: &Found| {
        own.contains(&said.value)
            || allowed
                .iter()
                .flat_map(|allowed| &allowed.handles)
                .any(|handle| handle.value == said.value)
    };
    let digits: String = Text::new(context.message)
        .folded
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let phone = |said: &Found| {
        let own = allowed
            .iter()
            .flat_map(|allowed| &allowed.phones)
            .any(|phone| same_phone(&phone.value, &said.value));
        own || (digits.contains(&said.value) && is_order_number(text, said))
    };
    let emails = said.emails.iter().find(|said| !email(said));
    let handles = || said.handles.iter().find(|said| !handle(said));
    let phones = || said.phones.iter().find(|said| !phone(said));
    match emails.or_else(handles).or_else(phones) {
        Some(found) => Err(unknown(HeldBy::Address, found)),
        None => Ok(places),
    }
}

/// Whether digits in a row are called an order: then they are no phone.
fn is_order_number(text: &Text, said: &Found) -> bool {
    const ORDER: &str =
        "order nr no number # bestellung auftrag pedido numero encomenda commande ordine bestelling pesanan nomor";
    let first = text.tokens.partition_point(|token| token.start < said.start);
    let together = text.folded[said.start..said.end]
        .bytes()
        .all(|byte| byte.is_ascii_digit());
    let called = |back: usize| {
        first
            .checked_sub(back)
            .is_some_and(|at| ORDER.split(' ').any(|order| order == text.word(at)))
    };
    together && said.value.len() < 13 && (called(1) || called(2))
}

/// Whether the answer ends where something must follow.
fn breaks_off(text: &Text) -> bool {
    text.folded.ends_with([',', '(', '[', '{', ':', '、', '，', '：'])
}

#[cfg(test)]
mod tests;
