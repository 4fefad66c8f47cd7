//! The state of a rule editor: what is typed, the draft in the browser, and the answer to a save.

use domain::ids::RuleId;
use domain::rules::{MatchMode, ReplyRule, RuleDraft, Threshold, check_keywords, split_keywords};
use domain::views::{RuleChange, RuleConflict, RuleRow, RuleWarning};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::values::Values;
use crate::browser::{self, Unsaved};
use crate::endpoints;
use crate::error::AppError;
use crate::forms::rule_fields::{
    DESCRIPTION, EXAMPLES, KEYWORD_LIST, KEYWORDS, LABEL, LEAVE_TO_PERSON, MATCHER, MODE, THRESHOLD,
};
use crate::forms::{ChipInput, FormState, Outcome, PutAway, ReplyInput, offer_undo_of_putting_away};
use crate::json;
use crate::pages::rules::starters::{ChosenStarter, starter};
use crate::pages::rules::state::{NEW, RulesState, draft_key};

/// Of a rule that was added and not changed since.
const FIRST_VERSION: i64 = 1;

/// The editor's state. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct EditorState {
    pub(super) rules: RulesState,
    pub(super) form: FormState,
    pub(super) label: RwSignal<String>,
    pub(super) by_intent: RwSignal<bool>,
    pub(super) keywords: ChipInput,
    pub(super) mode: RwSignal<MatchMode>,
    pub(super) description: RwSignal<String>,
    /// One a line.
    pub(super) examples: RwSignal<String>,
    pub(super) threshold: RwSignal<Threshold>,
    pub(super) reply: ReplyInput,
    pub(super) leave_to_person: RwSignal<bool>,
    pub(super) version: RwSignal<i64>,
    pub(super) draft: RwSignal<Option<String>>,
    /// What Esc put away earlier, offered until it is taken up or discarded.
    pub(super) put_away: PutAway,
    pub(super) conflict: RwSignal<Option<RuleConflict>>,
    pub(super) rule: StoredValue<Option<ReplyRule>>,
    /// Of the rule as typed.
    pub(super) warnings: Memo<Vec<RuleWarning>>,
    saved: StoredValue<Values>,
    /// On its way to the server.
    sent: StoredValue<Values>,
    name: StoredValue<String>,
    key: StoredValue<String>,
    unsaved: Unsaved,
}

impl EditorState {
    pub(super) fn new(rules: RulesState, rule: Option<ReplyRule>) -> Self {
        let name = rule.as_ref().map_or_else(|| NEW.to_owned(), |rule| rule.id.to_string());
        let action = if rule.is_some() {
            endpoints::SAVE_RULE
        } else {
            endpoints::ADD_RULE
        };
        let form = FormState::new(form_id(&name), action);
        let saved = rule.as_ref().map(Values::of).unwrap_or_default();
        let start = if rule.is_none() {
            suggested().unwrap_or_else(|| saved.clone())
        } else {
            saved.clone()
        };
        let conflict = form
            .error()
            .with_untracked(|error| error.as_ref().and_then(AppError::current::<RuleConflict>));
        let version = conflict
            .as_ref()
            .map(|it| it.theirs.version)
            .or(rule.as_ref().map(|rule| rule.version));
        let keywords = if form.was_restored() {
            let typed = split_keywords(&form.typed(KEYWORDS, ""));
            form.typed_list(KEYWORD_LIST).into_iter().chain(typed).collect()
        } else {
            start.keywords
        };
        let key = draft_key(rules.account, &name);
        let editor = Self {
            rules,
            form,
            warnings: Memo::new(|_| Vec::new()),
            label: form.field(LABEL, &start.label),
            keywords: ChipInput::new(form, KEYWORDS, ("keyword", "this rule"), split_keywords, keywords)
                .as_list(KEYWORD_LIST)
                .checked_by(|keywords| check_keywords(keywords).err().map(|error| error.to_string())),
            mode: RwSignal::new(form.typed(MODE, start.mode.as_str()).parse().unwrap_or_default()),
            by_intent: RwSignal::new(form.typed(MATCHER, if start.by_intent { "prompt" } else { "" }) == "prompt"),
            description: form.field(DESCRIPTION, &start.description),
            examples: form.field(EXAMPLES, &start.examples),
            threshold: RwSignal::new(threshold(&form, start.threshold)),
            reply: ReplyInput::new(form, start.by_ai, &start.canned, &start.prompt),
            leave_to_person: RwSignal::new(if form.was_restored() {
                form.typed(LEAVE_TO_PERSON, "") == "true"
            } else {
                start.leave_to_person
            }),
            version: RwSignal::new(version.unwrap_or_default()),
            draft: RwSignal::new(None),
            put_away: PutAway::new(key.clone(), |draft| Values::from_json(&draft.text).is_some()),
            conflict: RwSignal::new(conflict),
            rule: StoredValue::new(rule),
            sent: StoredValue::new(saved.clone()),
            saved: StoredValue::new(saved),
            key: StoredValue::new(key),
            name: StoredValue::new(name),
            unsaved: use_context().unwrap_or_default(),
        };
        Self {
            warnings: Memo::new(move |_| editor.find_warnings()),
            ..editor
        }
    }

    /// Fills the form with the draft that a reload left behind.
    pub(super) fn restore_draft(self) {
        let keep = Callback::new(move |()| {
            let (version, text) = self.typed();
            self.key.with_value(|key| browser::keep_draft(key, version, &text));
        });
        self.name.with_value(|name| self.unsaved.keep_by(name, keep));
        on_cleanup(move || {
            self.name.try_with_value(|name| self.unsaved.leave(name));
        });
        self.follow_put_away();
        Effect::new(move |_| {
            self.rules.matching.prepare();
            let Some(draft) = self.key.with_value(|key| browser::load_draft(key)) else {
                if self.form.has_pre_hydration_input() {
                    self.apply(|| {});
                }
                return;
            };
            let Some(values) = Values::from_json(&draft.text) else {
                return;
            };
            if self.saved.with_value(|saved| *saved == values) {
                return self.discard_draft();
            }
            self.fill(values);
            self.version.set(draft.version);
            self.draft.set(Some(draft.when));
            self.name.with_value(|name| self.unsaved.set(name, true));
        });
    }

    /// Makes a change and saves the draft.
    pub(super) fn apply(&self, change: impl FnOnce()) {
        change();
        let values = self.values();
        let dirty = self.saved.with_value(|saved| *saved != values);
        self.name.with_value(|name| self.unsaved.set(name, dirty));
        self.key.with_value(|key| {
            if dirty {
                browser::save_draft(key, self.version.get_untracked(), &values.to_json());
            } else {
                browser::remove_draft(key);
            }
        });
    }

    pub(super) fn values(&self) -> Values {
        Values {
            label: self.label.get_untracked(),
            by_intent: self.by_intent.get_untracked(),
            keywords: self.keywords.items.get_untracked(),
            mode: self.mode.get_untracked(),
            description: self.description.get_untracked(),
            examples: self.examples.get_untracked(),
            threshold: self.threshold.get_untracked(),
            by_ai: self.reply.by_ai.get_untracked(),
            canned: self.reply.canned.get_untracked(),
            prompt: self.reply.prompt.get_untracked(),
            leave_to_person: self.leave_to_person.get_untracked(),
        }
    }

    /// What is typed behind the last keyword is one too.
    fn commit_keywords(&self) {
        if self.keywords.commit() {
            self.apply(|| {});
        }
    }

    fn fill(&self, values: Values) {
        self.label.set(values.label);
        self.by_intent.set(values.by_intent);
        self.keywords.items.set(values.keywords);
        self.mode.set(values.mode);
        self.description.set(values.description);
        self.examples.set(values.examples);
        self.threshold.set(values.threshold);
        self.reply.by_ai.set(values.by_ai);
        self.reply.canned.set(values.canned);
        self.reply.prompt.set(values.prompt);
        self.leave_to_person.set(values.leave_to_person);
    }

    /// Shows field errors by the limits that the server applies.
    pub(super) fn check_all(&self) -> bool {
        self.commit_keywords();
        let errors = self.values().draft().validate().err().unwrap_or_default();
        let is_valid = errors.is_empty();
        self.form
            .error()
            .set((!is_valid).then_some(AppError::Invalid { fields: errors }));
        is_valid
    }

    /// Esc: puts the draft away, from where *Undo* brings it back, and the next opening of the editor too; closes.
    pub(super) fn cancel(&self) {
        if self.is_dirty() {
            let (version, text) = self.typed();
            self.put_away.add(version, &text);
            self.offer_undo();
        }
        self.close_without_draft();
    }

    /// Forgets the draft that a reload left behind, once *Undo* is no longer offered; closes.
    pub(super) fn discard(&self) {
        if self.is_dirty() {
            self.offer_undo();
        }
        self.close_without_draft();
    }

    pub(super) fn is_dirty(&self) -> bool {
        self.saved.with_value(|saved| *saved != self.values())
    }

    /// The version that is being changed, and what is typed.
    fn typed(&self) -> (i64, String) {
        (self.version.get_untracked(), self.values().to_json())
    }

    fn offer_undo(&self) {
        let (key, name) = (self.key.get_value(), self.name.get_value());
        let (rules, (version, text)) = (self.rules, self.typed());
        offer_undo_of_putting_away(rules.toasts, rules.announcer, move || {
            if rules.is_open_again(&name) {
                browser::keep_draft_put_away(&key, version, &text);
                rules.leave_to_editor(&name);
            } else {
                browser::bring_draft_back(&key, version, &text);
                rules.reopen_editor(&name);
            }
        });
    }

    fn close_without_draft(&self) {
        self.discard_draft();
        self.rules.close_editor(&self.name.get_value());
    }

    /// Fills the form with what was put away; what is typed takes its place there.
    pub(super) fn take_up(&self) {
        let typed = self.is_dirty().then(|| self.typed());
        let Some(draft) = self.put_away.take(typed) else {
            return;
        };
        if let Some(values) = Values::from_json(&draft.text) {
            self.version.set(draft.version);
            self.apply(|| self.fill(values));
        }
        self.focus_label();
    }

    /// Forgets what was put away, and leaves the focus in the form.
    pub(super) fn discard_put_away(&self) {
        self.put_away.discard();
        self.focus_label();
    }

    fn follow_put_away(self) {
        Effect::new(move |_| {
            self.rules.track_left_to_editor();
            self.put_away.load();
        });
    }

    fn focus_label(&self) {
        browser::focus_end(format!("[id='{}']", self.form.part(LABEL)));
    }

    pub(super) fn use_theirs(&self) {
        if let Some(conflict) = self.conflict.get_untracked() {
            self.apply(|| self.fill(Values::of(&conflict.theirs)));
            self.version.set(conflict.theirs.version);
        }
        self.conflict.set(None);
        self.form.error().set(None);
        browser::focus(format!("[id='{}'] input[name='{LABEL}']", self.form.id()));
    }

    /// Runs when the form is sent: what is typed from now on is not in it.
    pub(super) fn remember_sent(&self) {
        self.sent.set_value(self.values());
        self.rules.toasts.forget_change();
    }

    /// Shows the result of a save.
    pub(super) fn handle_answer(&self, outcome: &Outcome) {
        match outcome {
            Ok(json) => self.handle_saved(json::read(json).ok()),
            Err(error) => {
                if let Some(conflict) = error.current::<RuleConflict>() {
                    self.version.set(conflict.theirs.version);
                    self.conflict.set(Some(conflict));
                }
            }
        }
    }

    fn handle_saved(&self, change: Option<RuleChange>) {
        let sent = self.sent.get_value();
        let version = self.version_after(&sent);
        let typed_since = sent != self.values() || !self.keywords.pending.with_untracked(String::is_empty);
        let label = &sent.label;
        self.rules.announcer.say(if typed_since {
            format!("{label} is saved. What you wrote since then is not saved yet.")
        } else {
            format!("{label} is saved.")
        });
        let draft = sent.clone().draft();
        let added = match (self.rule.get_value(), change) {
            (Some(rule), _) => {
                self.show_saved(&rule, version, draft);
                if typed_since {
                    return self.rebase_draft(sent, version);
                }
                None
            }
            (None, Some(change)) => {
                self.show_added(&change, draft);
                if typed_since {
                    return self.move_draft_to(change.rule);
                }
                Some(change.rule)
            }
            (None, None) => None,
        };
        self.discard_draft();
        self.rules.close_editor(&self.name.get_value());
        if let Some(rule) = added {
            browser::focus(format!("#open-{rule}"));
        }
    }

    /// The version of the rule once `sent` is saved. Saving what is saved already is no change.
    fn version_after(&self, sent: &Values) -> i64 {
        let before = match self.conflict.get_untracked() {
            Some(conflict) => Values::of(&conflict.theirs),
            None => self.saved.get_value(),
        };
        let is_new_text = before.draft().validate() != sent.clone().draft().validate();
        self.version.get_untracked() + i64::from(is_new_text)
    }

    /// Keeps the editor open: what was typed while saving becomes a draft of the saved version.
    fn rebase_draft(&self, saved: Values, version: i64) {
        self.saved.set_value(saved);
        self.version.set(version);
        self.conflict.set(None);
        self.draft.set(None);
        self.apply(|| {});
    }

    /// Moves what was typed while a new rule was being added to the editor of that rule.
    fn move_draft_to(&self, rule: RuleId) {
        self.commit_keywords();
        let editor = rule.to_string();
        browser::save_draft(
            &draft_key(self.rules.account, &editor),
            FIRST_VERSION,
            &self.values().to_json(),
        );
        let field = browser::focused_part(&self.form.id());
        self.discard_draft();
        self.rules.close_quietly(&self.name.get_value());
        self.rules.open_editor(&editor);
        if let Some(field) = field {
            browser::focus_end(format!("[id='{}{field}']", form_id(&editor)));
        }
    }

    /// The row shows the new text before the list has been fetched again.
    fn show_saved(&self, rule: &ReplyRule, version: i64, draft: RuleDraft) {
        self.rules.data.update(|page| {
            if let Some(row) = page.rules.iter_mut().find(|row| row.rule.id == rule.id) {
                row.rule = rule_from_draft(rule.id, version, row.rule.enabled, draft);
            }
        });
    }

    /// The list shows the new rule before it has been fetched again.
    fn show_added(&self, change: &RuleChange, draft: RuleDraft) {
        let rule = rule_from_draft(change.rule, FIRST_VERSION, true, draft);
        self.rules.data.update(|page| {
            page.list_version = change.list_version;
            if !page.rules.iter().any(|row| row.rule.id == rule.id) {
                page.rules.push(RuleRow {
                    position: change.position,
                    rule,
                    hits: 0,
                    hits_30: 0,
                    last_hit: None,
                });
            }
        });
    }

    fn discard_draft(&self) {
        self.key.with_value(|key| browser::remove_draft(key));
        self.name.with_value(|name| self.unsaved.set(name, false));
        self.draft.set(None);
    }
}

fn form_id(editor: &str) -> String {
    format!("rule-form-{editor}")
}

/// The draft as the rule it becomes.
fn rule_from_draft(id: RuleId, version: i64, enabled: bool, draft: RuleDraft) -> ReplyRule {
    ReplyRule {
        id,
        label: draft.label,
        matcher: draft.matcher,
        response: draft.response,
        enabled,
        leave_to_person: draft.leave_to_person,
        version,
    }
}

/// As typed before a redirect; `start` when that is no number.
fn threshold(form: &FormState, start: Threshold) -> Threshold {
    let typed = form.typed(THRESHOLD, "");
    typed.parse().map_or(start, Threshold::new)
}

fn suggested() -> Option<Values> {
    let clicked = use_context::<ChosenStarter>().and_then(|chosen| {
        let starter = chosen.0.get_untracked();
        chosen.0.set(None);
        starter
    });
    let asked = || {
        use_query_map()
            .with_untracked(|query| query.get("starter"))
            .and_then(|key| starter(&key))
    };
    clicked.or_else(asked).map(Values::suggested)
}
