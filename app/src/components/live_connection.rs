//! Whether the page still hears of changes: without a connection it shows what was known before, and must not say more.

use domain::views::Tone;
use leptos::prelude::*;

use super::Banner;

/// The connection to the server.
#[derive(Clone, Copy)]
pub struct LiveConnection {
    is_lost: RwSignal<bool>,
}

impl LiveConnection {
    /// Makes it available to the whole page.
    pub fn provide() -> Self {
        let connection = Self {
            is_lost: RwSignal::new(false),
        };
        provide_context(connection);
        connection
    }

    /// It broke off, or is there again.
    pub fn set_lost(self, is_lost: bool) {
        if self.is_lost.try_get_untracked() == Some(!is_lost) {
            self.is_lost.set(is_lost);
        }
    }
}

/// Loads the page again as soon as a connection that was lost is there again: for a page that could not be loaded meanwhile.
pub fn load_again_once_connected() {
    let Some(connection) = use_context::<LiveConnection>() else {
        return;
    };
    Effect::new(move |was_lost: Option<bool>| {
        let is_lost = connection.is_lost.get();
        if was_lost == Some(true) && !is_lost {
            crate::browser::reload_page();
        }
        is_lost
    });
}

/// Says so as long as there is none.
#[component]
pub fn LostConnection() -> impl IntoView {
    let connection = use_context::<LiveConnection>();
    let is_lost = move || connection.is_some_and(|connection| connection.is_lost.get());
    view! {
        <div class="lost-connection">
            {move || {
                is_lost()
                    .then(|| {
                        view! {
                            <Banner
                                tone=Tone::Warn
                                alert=true
                                text="No connection to Concierge. This page shows what was known before it broke off; whether customers are \
                                answered meanwhile cannot be seen from here."
                            />
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
