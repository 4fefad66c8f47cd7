//! Reads settings as text from defaults, `concierge.toml`, the environment and the command, and collects what is wrong.
//!
//! Values of the environment stay text: an app id read as a number would lose its leading zeros.

use std::path::Path;

use secrecy::SecretString;
use toml::{Table, Value};

use super::problem::Problem;
use super::quotes::unquote;
use super::settings::{ALL, Setting, TIMINGS};

/// Where the layers come from.
#[derive(Clone, Default)]
pub struct Sources {
    /// `concierge.toml`, if it is there.
    pub file: Option<std::path::PathBuf>,
    /// The environment, as pairs of variable and value.
    pub environment: Vec<(String, String)>,
    /// What the command decides, by key: above everything else.
    pub overrides: Vec<(&'static str, String)>,
}

impl Sources {
    /// The process's environment and the given file, or `concierge.toml` in the working directory if there is one.
    #[must_use]
    pub fn of_process(file: Option<&Path>) -> Self {
        let here = Path::new("concierge.toml");
        let file = file
            .map(Path::to_path_buf)
            .or_else(|| here.exists().then(|| here.to_path_buf()));
        Self {
            file,
            environment: std::env::vars().collect(),
            overrides: Vec::new(),
        }
    }
}

pub(super) struct Reader {
    values: Table,
    problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn new(sources: &Sources) -> Self {
        let mut reader = Self {
            values: Table::new(),
            problems: Vec::new(),
        };
        for setting in ALL {
            reader.set(setting.key, setting.default);
        }
        if let Some(path) = &sources.file {
            reader.merge_file(path);
        }
        for setting in ALL {
            let variable = setting.variable();
            if let Some((_, value)) = sources.environment.iter().find(|(name, _)| *name == variable) {
                reader.set(setting.key, value);
            }
        }
        for (key, value) in &sources.overrides {
            reader.set(key, value);
        }
        reader
    }

    fn set(&mut self, key: &str, value: &str) {
        self.values.insert(key.into(), value.into());
    }

    fn merge_file(&mut self, path: &Path) {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| format!("cannot be read ({error})"));
        let table = text.and_then(|text| {
            toml::from_str::<Table>(&text).map_err(|error| format!("is not TOML: {}", error.message()))
        });
        let table = match table {
            Ok(table) => table,
            Err(message) => return self.problems.push(Problem { name, message }),
        };
        let known = |key: &str| key == TIMINGS || ALL.iter().any(|setting| setting.key == key);
        for key in table.keys().filter(|key| !known(key)) {
            self.problems.push(Problem {
                name: name.clone(),
                message: format!("there is no setting called '{key}'"),
            });
        }
        self.values.extend(table);
    }

    /// The text of a setting, without quotation marks around it; empty when it is not set.
    pub(super) fn text(&mut self, setting: Setting) -> String {
        let text = match self.values.get(setting.key).map(scalar_text) {
            Some(None) => {
                self.wrong(setting, "must be one value, not a table");
                return String::new();
            }
            text => text.flatten().unwrap_or_default(),
        };
        unquote(&text).unwrap_or_else(|problem| {
            self.wrong(setting, problem);
            String::new()
        })
    }

    /// A secret; `None` when it is not set.
    pub(super) fn secret(&mut self, setting: Setting) -> Option<SecretString> {
        let text = self.text(setting);
        (!text.is_empty()).then(|| text.into())
    }

    /// A setting of any other type. `expected` completes "must be …"; what was found is quoted, so never use it for secrets.
    pub(super) fn parse<T>(
        &mut self,
        setting: Setting,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
        fallback: T,
    ) -> T {
        let text = self.text(setting);
        parse(&text).unwrap_or_else(|| {
            self.wrong(setting, format!("must be {expected}, not '{text}'"));
            fallback
        })
    }

    pub(super) fn wrong(&mut self, setting: Setting, message: impl Into<String>) {
        self.problems.push(Problem::of(setting, message));
    }

    /// The `[timings]` table, read into its type.
    pub(super) fn timings<T: serde::de::DeserializeOwned + Default>(&mut self) -> T {
        let Some(table) = self.values.remove(TIMINGS) else {
            return T::default();
        };
        table.try_into().unwrap_or_else(|error: toml::de::Error| {
            self.problems.push(Problem {
                name: "[timings]".into(),
                message: error.to_string().trim_end().replace('\n', " "),
            });
            T::default()
        })
    }

    pub(super) fn finish(self) -> Vec<Problem> {
        self.problems
    }
}

/// Text of a string, number, truth value or list of these (comma separated).
fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Boolean(value) => Some(value.to_string()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Array(items) => {
            let items: Option<Vec<_>> = items.iter().map(scalar_text).collect();
            items.map(|items| items.join(","))
        }
        Value::Datetime(_) | Value::Table(_) => None,
    }
}
