//! One table for everything that was measured, next to what was promised.

/// A line: what, where, measured, promised.
pub struct Line {
    pub what: String,
    pub place: &'static str,
    pub measured: String,
    pub promised: String,
    /// `None` where nothing is promised or nothing was measured.
    pub kept: Option<bool>,
}

#[derive(Default)]
pub struct Table(Vec<Line>);

impl Table {
    /// A figure that must stay below `most`.
    pub fn at_most(&mut self, what: &str, place: &'static str, value: f64, most: f64, unit: &str) {
        self.promise(what, place, (value, unit), format!("< {most} {unit}"), value < most);
    }

    /// A figure that must reach `least`.
    pub fn at_least(&mut self, what: &str, place: &'static str, value: f64, least: f64, unit: &str) {
        self.promise(what, place, (value, unit), format!("≥ {least} {unit}"), value >= least);
    }

    fn promise(&mut self, what: &str, place: &'static str, (value, unit): (f64, &str), promised: String, kept: bool) {
        let measured = format!("{} {unit}", rounded(value));
        self.0.push(Line {
            what: what.to_owned(),
            place,
            measured,
            promised: promised.trim().to_owned(),
            kept: Some(kept),
        });
    }

    /// A figure that explains others.
    pub fn note(&mut self, what: &str, place: &'static str, measured: String) {
        self.0.push(Line {
            what: what.to_owned(),
            place,
            measured,
            promised: String::new(),
            kept: None,
        });
    }

    /// The lines of another table.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub fn render(&self) -> String {
        let mut text = String::from("| measured | database | value | target | |\n|---|---|---:|---:|---|\n");
        for line in &self.0 {
            let verdict = match line.kept {
                Some(true) => "met",
                Some(false) => "missed",
                None => "",
            };
            let (what, place, measured, promised) = (&line.what, line.place, line.measured.trim(), &line.promised);
            text.push_str(&format!("| {what} | {place} | {measured} | {promised} | {verdict} |\n"));
        }
        text
    }
}

/// Two digits for small figures, none for large ones.
fn rounded(value: f64) -> String {
    match value.abs() {
        small if small < 10.0 => format!("{value:.2}"),
        middle if middle < 100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}
