//! `make bench`: one table of what Concierge promises and what it does on this machine. It measures and never fails a build.
//!
//! The server is the real binary of the release build in a process of its own. The machine is shared with the client and the
//! database, so ratios within a run say more than absolute figures.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made ends here")]

mod ack;
mod ai_replies;
mod bare;
mod client;
#[path = "../../tests/drill/databases.rs"]
mod databases;
mod deliveries;
#[path = "../../tests/drill/deployment.rs"]
mod deployment;
mod document;
mod graph;
#[path = "../../../crates/domain/benches/keywords/measure.rs"]
mod keywords;
mod machine;
mod replies;
#[path = "../../tests/drill/server_process.rs"]
mod server_process;
mod sizes;
mod table;

use databases::DatabaseKind;
use table::Table;

fn main() {
    // `cargo test --benches` starts it too, without this argument: nothing to test here.
    let wanted = std::env::args().any(|argument| argument == "--bench") || bare::asked_for().is_some();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    if wanted {
        runtime.expect("threads can be started").block_on(run());
    }
}

async fn run() {
    if let Some((address, url)) = bare::asked_for() {
        return bare::serve(address, &url).await;
    }
    let mut table = Table::default();
    for kind in DatabaseKind::all() {
        println!("measuring on {} (about a minute)", kind.name());
        ack::measure(&kind, &mut table).await;
        replies::measure(&kind, &mut table).await;
        ai_replies::measure(&kind, &mut table).await;
    }
    measure_keywords(&mut table);
    sizes::measure(&mut table);
    let table = table.render();
    println!("\n{table}");
    if std::env::args().any(|argument| argument == "--write") {
        document::write_down(&table);
    }
}

fn measure_keywords(table: &mut Table) {
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
