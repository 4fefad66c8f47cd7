//! The keys by which a repeated event is recognised, per account.
//!
//! Where content would be needed to tell two events apart, the key holds a keyed digest of it, never a plain hash.

use sha2::{Digest, Sha256};

use super::fields::Fields;
use super::payload::Postback;
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

pub(super) fn unreadable(json: &str, vault: &Vault) -> String {
    format!("bad:{}", vault.digest("unreadable", json.as_bytes()))
}

/// Of an event whose parts are no key.
pub(super) fn of_whole(json: &str, vault: &Vault) -> String {
    format!("raw:{}", vault.digest("event", json.as_bytes()))
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

pub(super) fn reaction(reaction: &Fields<'_>, sender: &str, millis: i64) -> String {
    let (mid, action) = (reaction.id("mid"), reaction.text("action"));
    format!(
        "rx:{}:{sender}:{}:{millis}",
        mid.unwrap_or_default(),
        action.unwrap_or_default()
    )
}

pub(super) fn read(read: &Fields<'_>, sender: &str) -> String {
    format!("rd:{}:{sender}", read.id("mid").unwrap_or_default())
}

pub(super) fn referral(referral: &Fields<'_>, sender: &str, millis: i64, vault: &Vault) -> String {
    let reference = referral.text("ref").unwrap_or_default();
    format!(
        "rf:{sender}:{millis}:{}",
        vault.digest("referral", reference.as_bytes())
    )
}

/// The number may be a text.
pub(super) fn edit(edit: &Fields<'_>) -> String {
    let number = edit.raw("num_edit").unwrap_or("null").trim_matches('"');
    format!("edit:{}:{number}", edit.id("mid").unwrap_or_default())
}

pub(super) fn plain(kind: &str, sender: &str, millis: i64) -> String {
    format!("{kind}:{sender}:{millis}")
}
