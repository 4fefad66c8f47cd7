//! The keys by which a repeated event is recognised, per account.
//!
//! Where content would be needed to tell two events apart, the key holds a keyed digest of it, never a plain hash.

use super::payload::{Edit, Postback, Reaction};
use crate::channels::event::{MESSAGE, TAKEN_BACK};
use crate::vault::Vault;

pub(super) fn message(mid: &str) -> String {
    format!("{MESSAGE}{mid}")
}

pub(super) fn unsent(mid: &str) -> String {
    format!("{TAKEN_BACK}{mid}")
}

pub(super) fn postback(postback: &Postback, sender: &str, millis: i64, vault: &Vault) -> String {
    match &postback.mid {
        Some(mid) => format!("pb:{mid}"),
        None => {
            let payload = postback
                .payload
                .as_deref()
                .or(postback.title.as_deref())
                .unwrap_or_default();
            format!("pb:{sender}:{millis}:{}", vault.digest("postback", payload.as_bytes()))
        }
    }
}

pub(super) fn reaction(reaction: &Reaction, sender: &str, millis: i64) -> String {
    format!("rx:{}:{sender}:{}:{millis}", reaction.mid, reaction.action)
}

pub(super) fn read(mid: &str, sender: &str) -> String {
    format!("rd:{mid}:{sender}")
}

pub(super) fn referral(reference: Option<&str>, sender: &str, millis: i64, vault: &Vault) -> String {
    format!(
        "rf:{sender}:{millis}:{}",
        vault.digest("referral", reference.unwrap_or_default().as_bytes())
    )
}

pub(super) fn edit(edit: &Edit) -> String {
    format!("edit:{}:{}", edit.mid, edit.num_edit.to_string().trim_matches('"'))
}

pub(super) fn plain(kind: &str, sender: &str, millis: i64) -> String {
    format!("{kind}:{sender}:{millis}")
}
