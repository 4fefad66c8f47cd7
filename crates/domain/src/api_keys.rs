//! What a program may do with its key.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::limits::FieldError;
use crate::names::{UnknownName, named_enum};

/// The longest name of a key, in characters.
pub const MAX_KEY_NAME_CHARS: usize = 60;
/// The keys that one workspace may have at a time.
pub const MAX_KEYS: usize = 50;
/// The longest life of a key that ends, in days.
pub const MAX_KEY_DAYS: u32 = 3650;

named_enum! {
    /// One thing that a program may do.
    pub enum Scope {
        /// Look at accounts, rules, history, persona, log, health and notices, and try messages.
        Read = "read",
        /// Change rules, examples and the default reply.
        WriteRules = "write_rules",
        /// Switch accounts on and off, and check them.
        Switch = "switch",
        /// Look at the credits and their ledger.
        Credits = "credits",
    }
}

impl Scope {
    /// What it allows, in a few words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Read => "Read",
            Self::WriteRules => "Write rules",
            Self::Switch => "Switch",
            Self::Credits => "Credits",
        }
    }

    /// What it allows, in a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Read => "Look at accounts, rules, history, persona, log, health and notices, and try messages.",
            Self::WriteRules => "Change rules, examples and the default reply.",
            Self::Switch => "Switch accounts on and off, and check their connection.",
            Self::Credits => "Look at the credits and their ledger.",
        }
    }
}

/// Everything that a key allows. Stored and typed as names with commas between them: `read,write_rules`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sea-orm",
    derive(sea_orm::DeriveValueType),
    sea_orm(value_type = "String")
)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Those of a list.
    #[must_use]
    pub fn of(scopes: impl IntoIterator<Item = Scope>) -> Self {
        Self(scopes.into_iter().collect())
    }

    /// Whether they allow it.
    #[must_use]
    pub fn allow(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// One by one.
    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }

    /// Nothing is allowed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Scope::as_str).collect();
        f.write_str(&names.join(","))
    }
}

impl FromStr for Scopes {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

/// A key as asked for: not made yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKeyDraft {
    /// What uses it.
    pub name: String,
    /// What it allows.
    pub scopes: Scopes,
    /// When it ends; `None` means when somebody revokes it.
    pub days: Option<u32>,
}

impl ApiKeyDraft {
    /// The draft with its name trimmed.
    ///
    /// # Errors
    /// Everything that is wrong, under `name`, `scopes` and `days`.
    pub fn validate(&self) -> Result<Self, Vec<FieldError>> {
        let name = self.name.trim();
        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: String| {
            errors.push(FieldError {
                field: field.to_owned(),
                message,
            });
        };
        if name.is_empty() || name.chars().count() > MAX_KEY_NAME_CHARS || name.chars().any(char::is_control) {
            wrong(
                "name",
                format!("Name the program that uses the key, in at most {MAX_KEY_NAME_CHARS} characters."),
            );
        }
        if self.scopes.is_empty() {
            wrong("scopes", "Choose at least one thing that the key allows.".to_owned());
        }
        if self.days.is_some_and(|days| !(1..=MAX_KEY_DAYS).contains(&days)) {
            wrong("days", format!("Choose 1 to {MAX_KEY_DAYS} days."));
        }
        match errors.is_empty() {
            true => Ok(Self {
                name: name.to_owned(),
                ..self.clone()
            }),
            false => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_back_as_they_were_written() {
        let scopes = Scopes::of([Scope::Switch, Scope::Read]);
        assert_eq!(scopes.to_string(), "read,switch");
        assert_eq!("switch, read,".parse(), Ok(scopes));
        assert!("read,everything".parse::<Scopes>().is_err());
    }

    #[test]
    fn a_key_has_a_name_a_scope_and_an_end_within_ten_years() {
        let draft = |name: &str, scopes: &[Scope], days| ApiKeyDraft {
            name: name.into(),
            scopes: Scopes::of(scopes.iter().copied()),
            days,
        };
        let good = draft("  Website ", &[Scope::Read], Some(90));
        assert_eq!(good.validate().map(|draft| draft.name), Ok("Website".to_owned()));
        let fields = |draft: ApiKeyDraft| -> Vec<String> {
            let errors = draft.validate().expect_err("something is wrong");
            errors.into_iter().map(|error| error.field).collect()
        };
        assert_eq!(fields(draft(" ", &[], Some(0))), ["name", "scopes", "days"]);
        assert_eq!(fields(draft(&"x".repeat(61), &[Scope::Read], None)), ["name"]);
        assert_eq!(fields(draft("a\nb", &[Scope::Read], Some(3651))), ["name", "days"]);
    }
}
