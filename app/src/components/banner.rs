//! Something on this page that needs a decision or explains silence.

use domain::views::Tone;
use leptos::prelude::*;

use super::{Icon, tone_icon};

/// A coloured box with an icon, a title, a text and buttons.
#[component]
pub fn Banner(
    tone: Tone,
    #[prop(optional)] icon: Option<&'static str>,
    #[prop(optional, into)] title: String,
    #[prop(optional, into)] text: String,
    /// Spoken at once.
    #[prop(optional)]
    alert: bool,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=format!("banner banner--{}", tone.as_str()) role=alert.then_some("alert")>
            <Icon name=icon.unwrap_or(tone_icon(tone)) />
            <div>
                {(!title.is_empty()).then(|| view! { <p class="banner__title">{title}</p> })}
                {(!text.is_empty()).then(|| view! { <p class="banner__text" dir="auto">{text}</p> })}
            </div>
            {children.map(|buttons| view! { <div class="banner__actions">{buttons()}</div> })}
        </div>
    }
    .into_any()
}
