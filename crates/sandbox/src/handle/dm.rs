//! A customer writes.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::account::find_account;
use super::error::ControlError;
use super::sandbox_handle::SandboxHandle;
use crate::state::ids;
use crate::state::thread::{Author, Message, Thread};
use crate::webhooks::build;
use crate::webhooks::event::{Event, Slot};
use crate::webhooks::lanes;
use crate::webhooks::queue::Sending;

/// Kinds of messages a customer can send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DmKind {
    #[default]
    Text,
    StoryReply,
    QuickReply,
    /// Reply to an earlier message.
    InlineReply,
    /// First words after an advertisement.
    AdReferral,
    Postback,
    StoryMention,
    Image,
    Video,
    Audio,
    IgPost,
    Ephemeral,
    Unsupported,
}

impl DmKind {
    /// As in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::StoryReply => "story_reply",
            Self::QuickReply => "quick_reply",
            Self::InlineReply => "inline_reply",
            Self::AdReferral => "ad_referral",
            Self::Postback => "postback",
            Self::StoryMention => "story_mention",
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::IgPost => "ig_post",
            Self::Ephemeral => "ephemeral",
            Self::Unsupported => "unsupported",
        }
    }

    fn has_text(self) -> bool {
        use DmKind::{AdReferral, InlineReply, Postback, QuickReply, StoryReply, Text};
        matches!(
            self,
            Text | StoryReply | QuickReply | InlineReply | AdReferral | Postback
        )
    }
}

/// A DM to be sent to `account` (Page id, Instagram id or user name) by `customer` (handle, IGSID or
/// the user name of another account).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Dm {
    /// Who is written to.
    #[serde(alias = "page", alias = "page_id", alias = "ig_id")]
    pub account: String,
    /// Who writes.
    pub customer: String,
    /// What is sent.
    #[serde(default)]
    pub kind: DmKind,
    /// Required by kinds that have a text.
    #[serde(default)]
    pub text: Option<String>,
    /// How it is delivered.
    #[serde(flatten)]
    pub options: DmOptions,
}

/// How a DM is delivered.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct DmOptions {
    /// The same webhook two times.
    #[serde(default)]
    pub twice: bool,
    /// Wait before its webhook.
    #[serde(default)]
    pub delay_ms: u64,
    /// In `standby[]`: another app owns the thread.
    #[serde(default)]
    pub standby: bool,
    /// When it was written, by the sandbox's clock; now if absent.
    #[serde(default)]
    pub at_ms: Option<i64>,
    /// The message is known to Meta but its webhook is never sent.
    #[serde(default)]
    pub lost: bool,
}

impl Dm {
    /// A plain text.
    pub fn text(account: impl Into<String>, customer: impl Into<String>, text: impl Into<String>) -> Self {
        let (account, customer) = (account.into(), customer.into());
        Self {
            account,
            customer,
            text: Some(text.into()),
            ..Self::default()
        }
    }

    /// Changes the kind.
    #[must_use]
    pub fn kind(mut self, kind: DmKind) -> Self {
        self.kind = kind;
        self
    }

    /// Delivers its webhook twice.
    #[must_use]
    pub fn twice(mut self) -> Self {
        self.options.twice = true;
        self
    }
}

impl SandboxHandle {
    /// Writes the DM and queues its webhook; returns the mid.
    ///
    /// # Errors
    /// An unknown account, or a kind that needs a text and has none.
    pub fn dm(&self, dm: Dm) -> Result<String, ControlError> {
        let (mid, event) = self.app.change(|world| {
            let ig = find_account(world, &dm.account)?;
            let text = dm.text.as_deref().filter(|text| !text.is_empty());
            let text = match (text, dm.kind.has_text()) {
                (Some(text), true) => Some(text),
                (None, true) => return Err(ControlError::Missing("text")),
                (_, false) => None,
            };
            if dm.customer.trim().is_empty() {
                return Err(ControlError::Missing("customer"));
            }
            if dm.customer == ig.username || dm.customer == ig.ig_id {
                return Err(ControlError::OwnCustomer);
            }
            let from = world.igsid(&ig.ig_id, dm.customer.trim());
            let thread = world.thread(&ig.ig_id, &from);
            // A person's answer may be of a moment ahead of the clock: what comes after it is not older.
            let after_person = thread
                .and_then(Thread::newest_from_person)
                .map_or(0, |message| message.at_ms + 1);
            let at_ms = dm.options.at_ms.unwrap_or_else(|| world.now_ms().max(after_person));
            let mid = ids::mid();
            let earlier = thread
                .and_then(|thread| thread.messages.back())
                .map(|message| message.mid.clone());
            let event = inbound(
                dm.kind,
                &ig.ig_id,
                &from,
                at_ms,
                &mid,
                text.unwrap_or_default(),
                earlier,
            );
            let slot = if dm.options.standby {
                Slot::Standby
            } else {
                Slot::Messaging
            };
            world.record(
                &ig.ig_id,
                &from,
                Message {
                    mid: mid.clone(),
                    at_ms,
                    author: Author::Customer,
                    kind: dm.kind.name(),
                    text: text.map(str::to_owned),
                    unsent: false,
                },
            );
            world.counts.dms += 1;
            Ok((mid, event.slot(slot)))
        })?;
        if !dm.options.lost {
            let delay = Duration::from_millis(dm.options.delay_ms);
            lanes::enqueue(
                &self.app,
                event,
                &Sending {
                    twice: dm.options.twice,
                    delay,
                },
            );
        }
        Ok(mid)
    }
}

fn inbound(kind: DmKind, ig_id: &str, from: &str, at_ms: i64, mid: &str, text: &str, earlier: Option<String>) -> Event {
    let body = match kind {
        DmKind::Postback => return build::postback(ig_id, from, at_ms, mid, text),
        DmKind::Text => json!({ "text": text }),
        DmKind::StoryReply => json!({ "text": text, "reply_to": build::story() }),
        DmKind::QuickReply => {
            json!({ "text": text, "quick_reply": { "payload": text.to_uppercase() } })
        }
        DmKind::InlineReply => {
            json!({ "text": text, "reply_to": { "mid": earlier.unwrap_or_default() } })
        }
        DmKind::AdReferral => json!({ "text": text, "referral": {
            "ref": "spring", "ad_id": "120250706469160200", "source": "ADS", "type": "OPEN_THREAD" } }),
        DmKind::Unsupported => json!({ "is_unsupported": true }),
        other => build::attachment(other.name()),
    };
    build::message(ig_id, from, at_ms, mid, kind.name(), body)
}
