//! Drafts of unsaved text in `localStorage`, stored at each key stroke so that a reload or a crash loses nothing.

use leptos::prelude::window;

/// Text that was typed and not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What was typed.
    pub text: String,
    /// When, by the clock of the browser: `yesterday at 18:52`.
    pub when: String,
    /// The version of the saved text that was being changed: an older one makes the save a conflict that shows both texts.
    pub version: i64,
    /// Milliseconds since 1970, by the clock of the browser.
    at: i64,
}

const PREFIX: &str = "concierge:draft:";
/// What was put away longer ago, in milliseconds, is forgotten: as long as deleted rules are kept.
const PUT_AWAY_FOR: f64 = 30.0 * 24.0 * 60.0 * 60.0 * 1000.0;

/// The key of a draft: what it is about.
#[must_use]
pub fn draft_key(subject: &str) -> String {
    format!("{PREFIX}{subject}")
}

/// Stores `text`, a change of `version`, under `key`.
pub fn save_draft(key: &str, version: i64, text: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden storage costs the reload safety only.
        let _ = storage.set_item(key, &format!("{version}|{}|{text}", js_sys::Date::now() as i64));
    }
}

/// Stores the draft of an editor that is left. Where another tab has stored other words meanwhile, it is put away instead.
pub fn keep_draft(key: &str, version: i64, text: &str) {
    match load_draft(key) {
        None => save_draft(key, version, text),
        Some(stored) if stored.text == text => {}
        Some(_) => put_draft_away(key, version, text),
    }
}

/// Keeps the draft of an editor that was closed with Esc: no editor opens on it by itself, and it is offered when one is opened.
/// The one that was put away before waits behind it; of three, the oldest goes.
pub fn put_draft_away(key: &str, version: i64, text: &str) {
    let newest = put_away_key(key);
    if load_draft(&newest).is_some_and(|draft| draft.text != text) {
        move_draft(&newest, &older_key(key));
    }
    save_draft(&newest, version, text);
}

/// Leaves the draft to the editor that is open again, which offers it; what is written there already is not offered.
pub fn keep_draft_put_away(key: &str, version: i64, text: &str) {
    if load_draft(key).is_none_or(|written| written.text != text) {
        put_draft_away(key, version, text);
    }
}

/// The draft that was put away last, in the last thirty days.
#[must_use]
pub fn load_put_away_draft(key: &str) -> Option<Draft> {
    let newest = put_away_key(key);
    let draft = load_draft(&newest)?;
    if js_sys::Date::now() - draft.at as f64 > PUT_AWAY_FOR {
        // What waits behind it is older still.
        remove_draft(&newest);
        remove_draft(&older_key(key));
        return None;
    }
    Some(draft)
}

/// Stores the draft again where its editor opens on it, and no longer as put away. What was written there meanwhile, on another
/// visit or in another tab, stays, and the draft is put away.
pub fn bring_draft_back(key: &str, version: i64, text: &str) {
    if load_draft(key).is_some() {
        return keep_draft_put_away(key, version, text);
    }
    remove_put_away_draft(key, text);
    save_draft(key, version, text);
}

/// Removes `text` from what was put away, unless another tab put something else there; the older one moves up.
pub fn remove_put_away_draft(key: &str, text: &str) {
    let newest = put_away_key(key);
    if load_draft(&newest).is_some_and(|draft| draft.text == text) {
        remove_draft(&newest);
        move_draft(&older_key(key), &newest);
    }
}

fn put_away_key(key: &str) -> String {
    format!("{key}:put-away")
}

fn older_key(key: &str) -> String {
    format!("{key}:put-away:older")
}

fn move_draft(from: &str, to: &str) {
    let Some(storage) = storage() else { return };
    if let Ok(Some(kept)) = storage.get_item(from)
        && storage.set_item(to, &kept).is_ok()
    {
        let _ = storage.remove_item(from);
    }
}

/// The draft under `key`.
#[must_use]
pub fn load_draft(key: &str) -> Option<Draft> {
    let kept = storage()?.get_item(key).ok()??;
    let (version, rest) = kept.split_once('|')?;
    let (at, text) = rest.split_once('|')?;
    let at = at.parse().ok()?;
    Some(Draft {
        text: text.to_owned(),
        when: describe_time(at),
        version: version.parse().ok()?,
        at,
    })
}

/// Removes the draft under `key`.
pub fn remove_draft(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok()?
}

fn describe_time(at: i64) -> String {
    let then = date(at as f64);
    let clock = format!("{:02}:{:02}", then.get_hours(), then.get_minutes());
    let now = js_sys::Date::now();
    if same_day(&then, &date(now)) {
        format!("today at {clock}")
    } else if same_day(&then, &date(now - 86_400_000.0)) {
        format!("yesterday at {clock}")
    } else {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let month = MONTHS.get(then.get_month() as usize).copied().unwrap_or_default();
        format!("on {} {month} at {clock}", then.get_date())
    }
}

fn date(at: f64) -> js_sys::Date {
    js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at))
}

fn same_day(one: &js_sys::Date, other: &js_sys::Date) -> bool {
    one.get_date() == other.get_date()
        && one.get_month() == other.get_month()
        && one.get_full_year() == other.get_full_year()
}
