//! docs/meta-app.md as its reader sees it: steps, addresses, permissions, settings.

use std::collections::BTreeSet;

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/meta-app.md");

pub struct Guide(String);

impl Guide {
    pub fn open() -> Self {
        Self(std::fs::read_to_string(GUIDE).unwrap())
    }

    /// The numbered steps, by their titles.
    pub fn steps(&self) -> Vec<&str> {
        let titles = self.0.lines().filter_map(|line| line.strip_prefix("## "));
        titles.filter(|title| title.starts_with(char::is_numeric)).collect()
    }

    /// The names of all settings it speaks of.
    pub fn settings(&self) -> BTreeSet<&str> {
        let words = self
            .0
            .split(|letter: char| !letter.is_ascii_uppercase() && letter != '_');
        words.filter(|word| word.starts_with("CONCIERGE_")).collect()
    }

    /// The permissions of step 2.
    pub fn permissions(&self) -> Vec<&str> {
        self.section("## 2.").lines().filter_map(first_cell_in_code).collect()
    }

    /// The address that step 3 puts into the field `name` of the dashboard, for a deployment at `base_url`.
    pub fn address(&self, name: &str, base_url: &str) -> String {
        let line = self.section("## 3.").lines().find(|line| line.contains(name));
        let line = line.unwrap_or_else(|| panic!("step 3 does not say what belongs into {name}"));
        let address = code(line.rsplit(" | ").next().unwrap()).unwrap();
        address.replace("https://…", base_url)
    }

    /// The fields of step 3 that the webhook is to be subscribed to.
    pub fn fields(&self) -> Vec<&str> {
        let section = self.section("## 3.");
        let list = section.split("Webhook fields of the object").nth(1).unwrap();
        let list = list.split("A field must be subscribed").next().unwrap();
        list.split('`').skip(1).step_by(2).collect()
    }

    /// Whether step `number` tells to run `command`.
    pub fn tells_to_run(&self, number: usize, command: &str) -> bool {
        self.section(&format!("## {number}.")).contains(&format!("`{command}"))
    }

    fn section(&self, title: &str) -> &str {
        let section = self.0.split(title).nth(1).unwrap_or_else(|| panic!("no {title}"));
        section.split("\n## ").next().unwrap()
    }
}

fn first_cell_in_code(line: &str) -> Option<&str> {
    code(line.strip_prefix("| ")?.split(" |").next()?)
}

fn code(cell: &str) -> Option<&str> {
    cell.split('`').nth(1)
}
