//! What a caller decides before the sandbox starts. Everything has a default that suits a test:
//! loopback, a free port, fast retries are one call away.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};

/// Settings of one sandbox.
#[derive(Clone)]
pub struct SandboxConfig {
    /// Port 0 takes a free one; the real address is [`crate::Sandbox::addr`].
    pub listen: SocketAddr,
    /// The Meta app that signs in here.
    pub app_id: String,
    /// Signs webhooks; proves tokens; until [`crate::SandboxHandle::reset_app_secret`].
    pub app_secret: String,
    /// Where webhooks go. Can be set later with [`crate::SandboxHandle::set_webhook_url`].
    pub webhook_url: String,
    /// Answer any Host name. Off: loopback names with the sandbox's own port only.
    pub expose: bool,
    /// When echoes go out.
    pub echo: EchoMode,
    /// How unanswered webhooks are repeated.
    pub retry: RetryPolicy,
    /// For load runs: counts only, no echo, parallel deliveries, bounded memory.
    pub quiet: bool,
    /// Meta's dashboard setting "Require App Secret".
    pub require_proof: bool,
    /// What Concierge did with a message, shown under its bubble.
    pub explain: Option<Explain>,
    /// Address of the admin pages, linked from the chat page.
    pub admin_url: Option<String>,
    /// DMs that are one click away on the chat page.
    pub examples: Vec<Example>,
    /// Where tokens and grants are kept, so that the next start knows what this one issued. None: in memory only.
    pub keep_in: Option<PathBuf>,
}

impl SandboxConfig {
    /// Everything but the app as in a test.
    pub fn new(app_id: impl Into<String>, app_secret: impl Into<String>) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            app_id: app_id.into(),
            app_secret: app_secret.into(),
            webhook_url: String::new(),
            expose: false,
            echo: EchoMode::default(),
            retry: RetryPolicy::default(),
            quiet: false,
            require_proof: true,
            explain: None,
            admin_url: None,
            examples: Example::defaults(),
            keep_in: None,
        }
    }

    /// Sets where webhooks go.
    #[must_use]
    pub fn webhook_url(mut self, url: impl Into<String>) -> Self {
        self.webhook_url = url.into();
        self
    }
}

/// When the echo webhook of an accepted send goes out. Meta does both of the first two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EchoMode {
    /// The send is answered only after the echo was delivered once.
    Before,
    #[default]
    After,
    Never,
}

/// How often and how fast an unanswered webhook is delivered again.
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    /// Wait before each further try; its length bounds the number of tries.
    pub delays: Vec<Duration>,
    /// Meta gives a webhook five seconds.
    pub timeout: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        let delays = [1, 2, 5, 15, 60, 300].map(Duration::from_secs).to_vec();
        Self {
            delays,
            timeout: Duration::from_secs(5),
        }
    }
}

impl RetryPolicy {
    /// Five tries within a third of a second.
    pub fn fast() -> Self {
        let delays = [10, 20, 40, 80, 160].map(Duration::from_millis).to_vec();
        Self {
            delays,
            timeout: Duration::from_secs(5),
        }
    }

    /// One try only.
    pub fn none() -> Self {
        Self {
            delays: Vec::new(),
            timeout: Duration::from_secs(5),
        }
    }
}

/// Look-up by mid; `None` while nothing is known about the message.
pub type Explain = Arc<dyn Fn(String) -> BoxFuture<'static, Option<Explanation>> + Send + Sync>;

/// One line under a customer's bubble, such as "Rule 2, Prices · found 'price' · 1 credit · 0.3 s".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The line itself.
    pub headline: String,
    /// What to do about it.
    pub detail: Option<String>,
    /// Its colour, and whether it is final.
    pub tone: Tone,
}

/// `Wait` means "ask again"; every other tone is final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Ok,
    Warn,
    Bad,
    Wait,
}

/// A DM offered as a button.
#[derive(Clone, Debug)]
pub struct Example {
    /// On the button.
    pub label: String,
    /// What is sent.
    pub kind: crate::DmKind,
    /// Empty for kinds without text.
    pub text: String,
}

impl Example {
    /// A DM of `kind` under the button `label`.
    pub fn new(label: &str, kind: crate::DmKind, text: &str) -> Self {
        Self {
            label: label.to_owned(),
            kind,
            text: text.to_owned(),
        }
    }

    fn defaults() -> Vec<Self> {
        use crate::DmKind::{Image, StoryReply, Text};
        vec![
            Self::new("Price", Text, "Hi! How much is it, what is the price?"),
            Self::new("Opening hours", Text, "Are you open on Sunday?"),
            Self::new("Where", Text, "Where are you, what is the address?"),
            Self::new("Arabic", Text, "مرحبا! كم السعر؟ 🙏"),
            Self::new("Story reply", StoryReply, "This looks lovely, do you deliver?"),
            Self::new("Photo", Image, ""),
        ]
    }
}
