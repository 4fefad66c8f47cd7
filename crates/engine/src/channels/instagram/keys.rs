//! The keys by which a repeated event is recognised, per account.
//!
//! Where content would be needed to tell two events apart, the key holds a keyed digest of it, never a plain hash.

use sha2::{Digest, Sha256};

use super::payload::{Edit, Postback, Reaction};
use crate::channels::event::{MESSAGE, TAKEN_BACK};
use crate::vault::Vault;

/// Longer than any id seen: ids of messages have 100 to 200 characters.
const LONGEST_MID: usize = 512;

/// A message's id as we keep it, wherever it comes from; none when it is no id. One that is too long for an index is kept by its
/// digest: an id is no content.
pub(super) fn mid(id: &str) -> Option<String> {
    if id.is_empty() || id.chars().any(char::is_control) {
        return None;
    }
    if id.len() <= LONGEST_MID {
        return Some(id.to_owned());
    }
    Some(format!("sha256:{}", hex::encode(Sha256::digest(id))))
}

pub(super) fn unreadable(sender: &str, millis: i64, text: Option<&str>, vault: &Vault) -> String {
    let digest = vault.digest("unreadable", text.unwrap_or_default().as_bytes());
    format!("bad:{sender}:{millis}:{digest}")
}

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
