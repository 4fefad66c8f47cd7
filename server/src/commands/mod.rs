//! The commands, one file each.

mod keys;

use crate::cli::{Cli, Command, KeysCommand};
use crate::failure::Failure;

/// Runs the command.
///
/// # Errors
/// Whatever kept it from doing what was asked.
pub async fn run(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Command::Keys(KeysCommand::New) => keys::new(),
        _ => Err(Failure::Failed("not there yet".into())),
    }
}
