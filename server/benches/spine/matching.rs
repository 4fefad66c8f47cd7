//! How long matching one message takes, with few keywords and with many.

use crate::keywords;
use crate::table::Table;

pub fn measure(table: &mut Table) {
    let found = keywords::quickest(&keywords::configs());
    for best in &found {
        let micros = best.whole.as_secs_f64() * 1e6;
        table.note(
            &format!("matching one message, {} keywords", best.size),
            "",
            format!("{micros:.1} µs"),
        );
    }
    table.at_most(
        "10,000 keywords against 10",
        "",
        keywords::ratio(&found, |best| best.whole),
        keywords::CLAIM,
        "×",
    );
}
