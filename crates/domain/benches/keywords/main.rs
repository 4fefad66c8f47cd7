//! The claim behind one automaton per account: matching a message against 10,000 keywords costs at most three times what 10 cost;
//! and the claim about folding by script.

mod folding;
mod measure;

use criterion::{BenchmarkId, Criterion};
use measure::{CLAIM, Sized, match_once};

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let configs = measure::configs();
    let mut group = criterion.benchmark_group("one message");
    for (size, config) in &configs {
        group.bench_with_input(BenchmarkId::new("keywords", size), config, |bencher, config| {
            bencher.iter(|| match_once(config));
        });
    }
    group.finish();
    let mut group = criterion.benchmark_group("folding");
    for (name, texts) in folding::TEXTS {
        group.bench_with_input(BenchmarkId::new("now", name), texts, |bencher, texts| {
            bencher.iter(|| {
                texts
                    .iter()
                    .map(|text| domain::matching::fold(text).len())
                    .sum::<usize>()
            });
        });
        group.bench_with_input(BenchmarkId::new("baseline", name), texts, |bencher, texts| {
            bencher.iter(|| {
                texts
                    .iter()
                    .map(|text| folding::unicode_alone(text).len())
                    .sum::<usize>()
            });
        });
    }
    group.finish();
    criterion.final_summary();
    if std::env::args().any(|argument| argument == "--bench") {
        print_ratio(&configs);
        print_folding();
    }
}

fn print_ratio(configs: &[Sized]) {
    let found = measure::quickest(configs);
    for best in &found {
        println!(
            "{:>6} keywords: {:>8.2?} a message, {:>8.2?} of it in the automaton",
            best.size, best.whole, best.pass
        );
    }
    let (whole, pass) = (
        measure::ratio(&found, |best| best.whole),
        measure::ratio(&found, |best| best.pass),
    );
    println!("10,000 against 10: {whole:.2} times a message, {pass:.2} times in the automaton alone");
    assert!(whole <= CLAIM, "the claim is {CLAIM} times");
}

fn print_folding() {
    let found = folding::quickest();
    for found in &found {
        println!(
            "{:>10}: folding {:>8.2?}, by Unicode alone {:>8.2?}, {:.2} times",
            found.name,
            found.now,
            found.baseline,
            found.ratio()
        );
    }
    assert!(
        found.iter().all(|found| found.ratio() <= folding::CLAIM),
        "the claim is {} times",
        folding::CLAIM
    );
}
