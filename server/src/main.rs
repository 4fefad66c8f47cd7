//! The `concierge` binary: reads the command line, runs the command, says how it ended.

use std::process::ExitCode;

use clap::Parser;
use server::cli::Cli;
use server::commands;
use server::memory;

fn main() -> ExitCode {
    memory::give_back_large_blocks();
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: cannot start: {error}");
            return ExitCode::from(1);
        }
    };
    match runtime.block_on(commands::run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            failure.exit_code()
        }
    }
}
