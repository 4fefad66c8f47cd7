//! Which parts are measured, on which databases: all, or those that the arguments name, as in `replies sqlite`.

use crate::databases::DatabaseKind;

/// One question.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Ack,
    Latency,
    Replies,
    Stored,
    Processes,
    Neighbours,
    Memory,
    Ai,
    Api,
    /// Of no database, as the sizes.
    Keywords,
    Sizes,
}

const PARTS: [(&str, Part); 11] = [
    ("ack", Part::Ack),
    ("latency", Part::Latency),
    ("replies", Part::Replies),
    ("stored", Part::Stored),
    ("processes", Part::Processes),
    ("neighbours", Part::Neighbours),
    ("memory", Part::Memory),
    ("ai", Part::Ai),
    ("api", Part::Api),
    ("keywords", Part::Keywords),
    ("sizes", Part::Sizes),
];
const DATABASES: [(&str, &str); 2] = [("sqlite", "SQLite"), ("postgres", "PostgreSQL")];

pub struct Choice {
    parts: Vec<(&'static str, Part)>,
    pub databases: Vec<DatabaseKind>,
    /// Put the table into docs/benchmarks.md.
    pub write: bool,
}

impl Choice {
    /// # Errors
    /// A sentence for whoever typed the arguments.
    pub fn of(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut parts, mut databases, mut write) = (Vec::new(), Vec::new(), false);
        for argument in arguments {
            let part = PARTS.into_iter().find(|(name, _)| *name == argument);
            let database = DATABASES.into_iter().find(|(name, _)| *name == argument);
            match (part, database, argument.as_str()) {
                (Some(part), ..) => parts.push(part),
                (_, Some((_, called)), _) => databases.push(called),
                (.., "--write") => write = true,
                (.., "--bench") => {}
                _ => return Err(format!("{argument} is no part. {}", known())),
            }
        }
        if write && !(parts.is_empty() && databases.is_empty()) {
            return Err("--write replaces the whole table: leave the parts and databases out.".to_owned());
        }
        let all = |kind: &DatabaseKind| databases.is_empty() || databases.contains(&kind.name());
        Ok(Self {
            parts: if parts.is_empty() { PARTS.to_vec() } else { parts },
            databases: DatabaseKind::all().into_iter().filter(all).collect(),
            write,
        })
    }

    /// The chosen parts that have a database, or that have none, with their names.
    pub fn parts(&self, with_database: bool) -> impl Iterator<Item = (&'static str, Part)> {
        let has_none = |part| matches!(part, Part::Keywords | Part::Sizes);
        let chosen = self.parts.iter().copied();
        chosen.filter(move |(_, part)| has_none(*part) != with_database)
    }
}

fn known() -> String {
    let names: Vec<&str> = PARTS.iter().map(|(name, _)| *name).collect();
    format!("Choose among {}, and sqlite or postgres.", names.join(", "))
}
