//! Pages as Facebook names them: what connecting one means, or why it cannot be.

use domain::views::{CandidateStanding, ConnectCandidate, Tone};
use leptos::prelude::*;

use crate::components::{Avatar, Banner, Handle, Icon};

/// New, Reconnect, Connected, Moved.
pub(super) fn standing(standing: CandidateStanding) -> Option<AnyView> {
    let (tone, icon, word) = match standing {
        CandidateStanding::New => ("info", "plus", "New"),
        CandidateStanding::Reconnect => ("bad", "link", "Reconnect"),
        CandidateStanding::Connected => ("ok", "ok", "Connected"),
        CandidateStanding::Moved => ("info", "link", "Moved"),
        CandidateStanding::Impossible => return None,
    };
    let pill = view! {
        <span class=format!("pill pill--{tone}")>
            <Icon name=icon />
            {word}
        </span>
    };
    Some(pill.into_any())
}

/// Name of the account and its Page, or of the Page alone.
pub(super) fn names(candidate: &ConnectCandidate) -> AnyView {
    let page = candidate.page_name.clone();
    match candidate.username.clone() {
        Some(username) => view! {
            <strong><Handle name=username /></strong>
            <span class="muted small"><br />"Page: "<bdi translate="no">{page}</bdi></span>
        }
        .into_any(),
        None => view! { <strong><bdi translate="no">{page}</bdi></strong> }.into_any(),
    }
}

/// Pages that cannot be connected, each with its reason.
pub(super) fn impossible(title: &'static str, pages: Vec<ConnectCandidate>) -> Option<AnyView> {
    (!pages.is_empty()).then(|| {
        view! {
            <section class="stack stack--2" aria-labelledby="impossible-title">
                <h2 class="section__title" id="impossible-title">{title}</h2>
                <ul class="stack stack--2">{pages.into_iter().map(refused).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn refused(candidate: ConnectCandidate) -> AnyView {
    view! {
        <li class="choice choice--off">
            <Avatar letters=candidate.monogram.clone() class="avatar--sm" />
            <div class="choice__body">
                {names(&candidate)}
                <p class="muted small">{candidate.sentence}</p>
            </div>
        </li>
    }
    .into_any()
}

/// Leaving a Page out at Facebook ended its connection; this is the first place to say so.
pub(super) fn dropped(names: &[String]) -> Option<AnyView> {
    let list = names
        .iter()
        .map(|name| format!("@{name}"))
        .collect::<Vec<_>>()
        .join(", ");
    let (title, text) = match names.len() {
        0 => return None,
        1 => (
            format!("{list} is not connected any more"),
            "Its Page was left out at Facebook, which ended the connection. Continue with Facebook once more and tick it, if that was not meant.",
        ),
        many => (
            format!("{many} accounts are not connected any more: {list}"),
            "Their Pages were left out at Facebook, which ended the connections. Continue with Facebook once more and tick them, if that was not meant.",
        ),
    };
    Some(
        view! {
            <Banner tone=Tone::Warn icon="unlink" title text>
                <a class="btn btn--sm" href=super::FACEBOOK rel="external">"Continue with Facebook"</a>
            </Banner>
        }
        .into_any(),
    )
}
