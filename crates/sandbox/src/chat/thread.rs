//! The middle: the conversation and the box to write in.

use super::html::{esc, hidden, icon, initials, time};
use super::view::{Bubble, Delivery, View};
use crate::config::{Example, Explanation, Tone};
use crate::state::thread::Author;
use crate::webhooks::log::DeliveryState;

/// A new time line after this silence.
const GAP_MS: i64 = 30 * 60 * 1000;

/// The middle column: the conversation and the message box.
pub fn render(view: &View, examples: &[Example]) -> String {
    let (account, customer) = (esc(&view.account.username), esc(&view.customer));
    let on = view.faults.len() + usize::from(view.twice);
    let pill = match on {
        0 => format!("<span class=\"pill pill--warn\">{}Sandbox</span>", icon("flask")),
        1 => format!("<span class=\"pill pill--warn\">{}1 trick is on</span>", icon("warn")),
        more => format!(
            "<span class=\"pill pill--warn\">{}{more} tricks are on</span>",
            icon("warn")
        ),
    };
    format!(
        "<section class=\"thread\" aria-labelledby=\"th\"><div class=\"thread__head\">\
         <span class=\"avatar\" aria-hidden=\"true\">{}</span>\
         <div><h2 class=\"card__title\" id=\"th\">{account}</h2>\
         <p class=\"subtle small\">You are {customer}, a customer</p></div>\
         <span class=\"push\" id=\"state\">{pill}</span></div>\
         <div class=\"thread__log\" id=\"log\" role=\"log\" aria-label=\"Messages\" tabindex=\"0\">{}</div>\
         {}{}</section>",
        initials(&view.account.username),
        log(view),
        examples_row(view, examples),
        composer(view),
    )
}

fn log(view: &View) -> String {
    if view.bubbles.is_empty() {
        return "<div class=\"empty\"><h3 class=\"empty__title\">Say something</h3>\
            <p class=\"empty__text\">Write a message or press one of the examples below. \
            Under each message you see what Concierge did with it.</p></div>"
            .to_owned();
    }
    let mut log = String::new();
    let mut last = i64::MIN;
    for bubble in &view.bubbles {
        let at = bubble.message.at_ms;
        if at.saturating_sub(last) > GAP_MS {
            log.push_str(&format!("<p class=\"thread__day\" id=\"d-{at}\">{}</p>", time(at)));
        }
        last = at;
        log.push_str(&one(view, bubble));
    }
    log.push_str("<span id=\"end\"></span>");
    log
}

fn one(view: &View, bubble: &Bubble) -> String {
    let message = &bubble.message;
    let mid = esc(&message.mid);
    let text = message
        .text
        .as_deref()
        .map_or_else(|| kind_words(message.kind).to_owned(), esc);
    match message.author {
        Author::Customer if message.unsent => format!(
            "<div class=\"msg\" id=\"m-{mid}\"><p class=\"bubble bubble--out bubble--gone\">You took this message back</p>\
             <div class=\"thread__meta\">{}</div>{}</div>",
            write_again(view, bubble),
            explained(bubble),
        ),
        Author::Customer => format!(
            "<div class=\"msg\" id=\"m-{mid}\"><p class=\"bubble bubble--out\" dir=\"auto\">{text}</p>\
             <div class=\"thread__meta\">{}{}</div>{}</div>",
            fate(message.kind, bubble.delivery),
            take_back(view, &message.mid),
            explained(bubble),
        ),
        Author::Api => {
            format!("<div class=\"msg\" id=\"m-{mid}\"><p class=\"bubble bubble--in\" dir=\"auto\">{text}</p></div>")
        }
        Author::Human => format!(
            "<div class=\"msg\" id=\"m-{mid}\"><p class=\"bubble bubble--in\" dir=\"auto\">{text}</p>\
             <p class=\"thread__meta thread__meta--in\">By a person, in the Instagram app</p></div>"
        ),
    }
}

fn kind_words(kind: &str) -> &'static str {
    match kind {
        "image" => "📷 A photo",
        "video" => "🎬 A video",
        "audio" => "🎙️ A voice message",
        "ig_post" => "🔖 A shared post",
        "story_mention" => "✨ Mentioned you in a story",
        "ephemeral" => "👁️ A view-once photo",
        _ => "Something Instagram does not pass on",
    }
}

fn kind_name(kind: &str) -> String {
    let words = kind.replace('_', " ");
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn fate(kind: &str, delivery: Option<Delivery>) -> String {
    let fate = match delivery {
        None => "on its way".to_owned(),
        Some(Delivery {
            state: DeliveryState::Dropped,
            ..
        }) => "not delivered: the Page is not subscribed".to_owned(),
        Some(Delivery {
            state: DeliveryState::Handed,
            ..
        }) => "handed to the test".to_owned(),
        Some(Delivery {
            state: DeliveryState::GivenUp,
            tries,
            ..
        }) => {
            format!("not delivered, gave up after {tries} tries")
        }
        Some(Delivery {
            state: DeliveryState::Pending,
            tries: 0,
            ..
        }) => "on its way".to_owned(),
        Some(Delivery {
            state: DeliveryState::Pending,
            tries,
            ..
        }) => {
            format!("no answer from Concierge yet, {tries} tries")
        }
        Some(Delivery {
            state: DeliveryState::Delivered,
            posts,
            ..
        }) if posts > 1 => "delivered twice on purpose".to_owned(),
        Some(Delivery { took_ms, .. }) => {
            format!("delivered to the webhook in {} ms", took_ms.unwrap_or_default())
        }
    };
    format!("<span>{} · {fate}</span>", kind_name(kind))
}

fn explained(bubble: &Bubble) -> String {
    let Some(Explanation { headline, detail, tone }) = &bubble.explanation else {
        return String::new();
    };
    let (class, name) = match tone {
        Tone::Ok => ("", "ok"),
        Tone::Warn => (" note--warn", "warn"),
        Tone::Bad => (" note--bad", "bad"),
        Tone::Wait => ("", "clock"),
    };
    let detail = detail.as_deref().map_or_else(String::new, |detail| {
        format!(" <span class=\"note__detail\">{}</span>", esc(detail))
    });
    format!(
        "<p class=\"note msg__why{class}\">{}<span dir=\"auto\">{}{detail}</span></p>",
        icon(name),
        esc(headline)
    )
}

fn place(view: &View) -> String {
    hidden("to", &view.account.username) + &hidden("as", &view.customer)
}

fn take_back(view: &View, mid: &str) -> String {
    format!(
        "<form method=\"post\" action=\"/chat/unsend\" data-live>{}{}\
         <button class=\"link-btn\">Unsend</button></form>",
        place(view),
        hidden("mid", mid),
    )
}

fn write_again(view: &View, bubble: &Bubble) -> String {
    format!(
        "<form method=\"post\" action=\"/chat/dm\" data-live>{}{}{}\
         <button class=\"link-btn\">Write it again</button></form>",
        place(view),
        hidden("kind", bubble.message.kind),
        hidden("text", bubble.message.text.as_deref().unwrap_or_default()),
    )
}

fn examples_row(view: &View, examples: &[Example]) -> String {
    let mut buttons = String::new();
    for (index, example) in examples.iter().enumerate() {
        buttons.push_str(&format!(
            "<button class=\"btn btn--sm\" name=\"example\" value=\"{index}\" title=\"{}\">{}</button>",
            esc(&example.text),
            esc(&example.label),
        ));
    }
    format!(
        "<form class=\"examples\" method=\"post\" action=\"/chat/dm\" aria-label=\"Examples\" data-live>{}{buttons}</form>",
        place(view)
    )
}

fn composer(view: &View) -> String {
    let customer = esc(&view.customer);
    let place = place(view);
    let photo = hidden("kind", "image");
    format!(
        "<form id=\"photo\" method=\"post\" action=\"/chat/dm\" data-live hidden>{place}{photo}</form>\
         <form class=\"thread__form\" method=\"post\" action=\"/chat/dm\" aria-label=\"Send as {customer}\" data-live>{place}\
         <label class=\"visually-hidden\" for=\"msg\">Message</label>\
         <input class=\"input\" id=\"msg\" name=\"text\" dir=\"auto\" autocomplete=\"off\" required maxlength=\"2000\" placeholder=\"Write as {customer} …\">\
         <button class=\"icon-btn\" form=\"photo\" aria-label=\"Send a photo\"><svg class=\"icon icon--lg\" aria-hidden=\"true\"><use href=\"#i-image\"/></svg></button>\
         <button class=\"btn btn--primary\" aria-label=\"Send\">{}</button></form>",
        icon("send"),
    )
}
