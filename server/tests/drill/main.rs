//! The crash drill: servers die by SIGKILL at random moments while DMs arrive in bursts, twice, late and out of order, some are taken
//! back, and Meta's answers get lost. A quarter of the DMs are answered by the AI, which takes its time, so that kills meet it. In the
//! end no DM is lost, no customer has two answers to one DM, and every credit is accounted for.
//!
//! `make test` kills five times per database, `make drill` fifty. A seed fixes what happens, not when: the kills race the work.
#![expect(clippy::unwrap_used, reason = "a panic is how the drill fails, in its helpers too")]

mod accident;
mod databases;
mod deployment;
mod disasters;
mod fault_schedule;
mod floods;
mod plan;
mod report;
mod run;
mod server_process;
mod servers;
mod traffic;
mod verdict;
mod world;

use accident::Accident;
use databases::DatabaseKind;
use disasters::{NO_PREVIOUS, full_disk, previous_beside_current, restore};
use floods::Flood;
use plan::Size;
use run::{Report, drill};
use server_process::Program;

const SHORT: Size = Size { kills: 5, dms: 40 };
const WITHOUT_KILLS: Size = Size { kills: 0, dms: 40 };
const ACCIDENTS: [Accident; 3] = [
    Accident::SecretReset,
    Accident::ClockDifference(-60),
    Accident::ClockDifference(60),
];
const DISASTER_DMS: usize = 300;
const SHORT_DISASTER_DMS: usize = 60;
const LONG: Size = Size { kills: 50, dms: 1000 };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_kills_on_sqlite_lose_nothing_and_answer_nobody_twice() {
    assert_good(&drill(&DatabaseKind::Sqlite, Accident::Kills, seed(), SHORT).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_kills_of_two_servers_on_postgres_lose_nothing_and_answer_nobody_twice() {
    if let Some(postgres) = DatabaseKind::postgres() {
        assert_good(&drill(&postgres, Accident::Kills, seed(), SHORT).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_reset_under_load_loses_nothing_and_answers_nobody_twice() {
    for kind in DatabaseKind::all() {
        assert_good(&drill(&kind, Accident::SecretReset, seed(), WITHOUT_KILLS).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_minute_between_the_clocks_answers_nobody_twice() {
    for seconds in [-60, 60] {
        let accident = Accident::ClockDifference(seconds);
        assert_good(&drill(&DatabaseKind::Sqlite, accident, seed(), WITHOUT_KILLS).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: make drill"]
async fn fifty_kills_on_each_database() {
    let size = Size {
        kills: number("CONCIERGE_DRILL_KILLS", LONG.kills),
        dms: number("CONCIERGE_DRILL_DMS", LONG.dms),
    };
    on_each_database("kills", &[Accident::Kills], size).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: make drill"]
async fn accidents_on_each_database() {
    let size = Size {
        kills: 0,
        dms: number("CONCIERGE_DRILL_DMS", LONG.dms),
    };
    on_each_database("accidents", &ACCIDENTS, size).await;
}

async fn on_each_database(table_name: &str, accidents: &[Accident], size: Size) {
    let mut reports = Vec::new();
    for kind in DatabaseKind::all() {
        for accident in accidents {
            reports.push(drill(&kind, *accident, seed(), size).await);
        }
    }
    let table = report::table(&reports);
    println!("\n{table}");
    reports.iter().for_each(assert_good);
    let is_long = size.dms >= LONG.dms && (size.kills == 0 || size.kills >= LONG.kills);
    if is_long && DatabaseKind::postgres().is_some() {
        report::write_down(table_name, &table);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes, and means something for a release build alone: make drill"]
async fn floods_delay_no_delivery_for_long_and_fill_no_memory() {
    server::http::edge::open_files::raise().expect("2,000 callers can be played");
    let mut reports = Vec::new();
    for flood in Flood::ALL {
        reports.push(floods::run(flood, seed()).await);
    }
    let table = floods::table(&reports);
    println!("\n{table}");
    for report in &reports {
        let complaints = report.complaints();
        assert!(complaints.is_empty(), "{}: {complaints:#?}", report.flood.name());
    }
    report::write_down("floods", &table);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_outlives_a_full_disk() {
    full_disk(seed(), SHORT_DISASTER_DMS).await.assert_good();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_backup_answers_nobody_twice() {
    restore(seed(), SHORT_DISASTER_DMS).await.assert_good();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs the release before this one: make drill"]
async fn disasters() {
    let mut reports = vec![
        full_disk(seed(), DISASTER_DMS).await,
        restore(seed(), DISASTER_DMS).await,
    ];
    match Program::previous() {
        None => println!("{NO_PREVIOUS}"),
        Some(previous) => {
            for kind in DatabaseKind::all() {
                reports.push(previous_beside_current(&kind, &previous, seed(), DISASTER_DMS).await);
            }
        }
    }
    let table = disasters::table(&reports);
    println!("\n{table}");
    reports.iter().for_each(disasters::Report::assert_good);
    report::write_down("disasters", &table);
}

fn assert_good(report: &Report) {
    let complaints = report.verdict.complaints();
    assert!(
        complaints.is_empty(),
        "{} with CONCIERGE_DRILL_SEED={}: {complaints:#?}\n{}",
        report.database,
        report.seed,
        report::table(std::slice::from_ref(report))
    );
    assert_eq!(
        report.verdict.settled,
        report.size.dms + report.accident.dms(),
        "every DM that was planned was sent"
    );
}

fn seed() -> u64 {
    let given = std::env::var("CONCIERGE_DRILL_SEED").ok();
    given.map_or_else(
        || u64::from(rand::random::<u32>()),
        |text| text.parse().expect("CONCIERGE_DRILL_SEED is a number"),
    )
}

fn number(variable: &str, default: usize) -> usize {
    std::env::var(variable).map_or(default, |text| {
        text.parse().unwrap_or_else(|_| panic!("{variable} is a number"))
    })
}
