//! `make bench`: one table of what Concierge promises and what it does on this machine. It measures and never fails a build.
//!
//! The server is the real binary of the release build in a process of its own. The machine is shared with the client and the
//! database, so ratios within a run say more than absolute figures.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made ends here")]

mod ack;
mod ai_replies;
mod api;
mod bare;
mod choice;
mod client;
mod database_processes;
#[path = "../../tests/drill/databases.rs"]
mod databases;
mod deliveries;
#[path = "../../tests/drill/deployment.rs"]
mod deployment;
mod document;
mod graph;
mod grouped;
#[path = "../../../crates/domain/benches/keywords/measure.rs"]
mod keywords;
mod latency;
mod load;
mod machine;
mod matching;
mod memory;
mod neighbours;
mod processes;
mod replies;
#[path = "../../tests/drill/server_process.rs"]
mod server_process;
mod site;
mod sizes;
#[path = "../../../crates/engine/tests/support/stock.rs"]
mod stock;
mod stored;
mod table;

use std::panic::AssertUnwindSafe;
use std::process::ExitCode;

use choice::{Choice, Part};
use databases::DatabaseKind;
use futures::FutureExt as _;
use table::Table;

fn main() -> ExitCode {
    // `cargo test --benches` starts it too, without this argument: nothing to test here.
    let wanted = std::env::args().any(|argument| argument == "--bench") || bare::asked_for().is_some();
    if !wanted {
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.expect("threads can be started").block_on(run())
}

async fn run() -> ExitCode {
    if let Some((writes, address, url)) = bare::asked_for() {
        bare::serve(writes, address, &url).await;
        return ExitCode::SUCCESS;
    }
    let choice = match Choice::of(std::env::args().skip(1)) {
        Ok(choice) => choice,
        Err(problem) => {
            eprintln!("error: {problem}");
            return ExitCode::FAILURE;
        }
    };
    let mut table = Table::default();
    for kind in &choice.databases {
        for (name, part) in choice.parts(true) {
            println!("measuring {name} on {}", kind.name());
            table.extend(measured(name, part, kind).await);
        }
    }
    for (_, part) in choice.parts(false) {
        match part {
            Part::Sizes => sizes::measure(&mut table),
            _ => matching::measure(&mut table),
        }
    }
    let table = table.render();
    println!("\n{table}");
    if choice.write {
        document::write_down(&table);
    }
    ExitCode::SUCCESS
}

/// A part that cannot be measured is a line of the table and takes no other part with it.
async fn measured(name: &str, part: Part, kind: &DatabaseKind) -> Table {
    let mut table = Table::default();
    let measuring = AssertUnwindSafe(measure(part, kind, &mut table)).catch_unwind().await;
    if measuring.is_err() {
        table.note(
            &format!("part `{name}`"),
            kind.name(),
            "could not be measured".to_owned(),
        );
    }
    table
}

async fn measure(part: Part, kind: &DatabaseKind, table: &mut Table) {
    match part {
        Part::Ack => ack::measure(kind, table).await,
        Part::Latency => latency::measure(kind, table).await,
        Part::Replies => replies::measure(kind, table).await,
        Part::Stored => stored::measure(kind, table).await,
        Part::Processes => processes::measure(kind, table).await,
        Part::Neighbours => neighbours::measure(kind, table).await,
        Part::Memory => memory::measure(kind, table).await,
        Part::Ai => ai_replies::measure(kind, table).await,
        Part::Api => api::measure(kind, table).await,
        Part::Keywords | Part::Sizes => {}
    }
}
