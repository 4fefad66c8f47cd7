//! The commands, one file each.

mod account;
mod api_key;
mod backup;
mod credits;
pub(crate) mod database;
mod demo;
mod doctor;
mod keys;
mod migrate;
mod persona;
mod restore;
mod serve;
mod stdin;
mod tokens;
mod trace;
mod user;

use crate::cli::{
    AccountCommand, ApiKeyCommand, Cli, Command, CreditsCommand, KeysCommand, PersonaCommand, TokensCommand,
    UserCommand,
};
use crate::config::Sources;
use crate::failure::Failure;
use crate::{logging, shutdown};

/// Runs the command.
///
/// # Errors
/// Those of the command.
pub async fn run(cli: Cli) -> Result<(), Failure> {
    let sources = Sources::of_process(cli.config.as_deref());
    if !matches!(cli.command, Command::Serve(_) | Command::Demo(_)) {
        logging::start_quietly();
    }
    match cli.command {
        Command::Demo(args) => demo::run(&args, sources, shutdown::on_signal()).await,
        Command::Serve(args) => serve::run(&args, &sources, shutdown::on_signal()).await,
        Command::Migrate => migrate::run(&sources).await,
        Command::User(UserCommand::Create(args)) => user::create(args, &sources).await,
        Command::User(UserCommand::Password(args)) => user::password(args, &sources).await,
        Command::Account(AccountCommand::Add(args)) => account::add(args, &sources).await,
        Command::ApiKey(ApiKeyCommand::Create(args)) => api_key::create(args, &sources).await,
        Command::ApiKey(ApiKeyCommand::List(args)) => api_key::list(&args, &sources).await,
        Command::ApiKey(ApiKeyCommand::Revoke(args)) => api_key::revoke(&args, &sources).await,
        Command::Credits(CreditsCommand::Grant(args)) => credits::grant(args, &sources).await,
        Command::Credits(CreditsCommand::Verify) => credits::verify(&sources).await,
        Command::Persona(PersonaCommand::Status(args)) => persona::status(&args, &sources).await,
        Command::Persona(PersonaCommand::Approve(args)) => persona::approve(&args, &sources).await,
        Command::Keys(KeysCommand::New) => keys::new(),
        Command::Keys(KeysCommand::Rotate) => keys::rotate(&sources).await,
        Command::Tokens(TokensCommand::Check) => tokens::check(&sources).await,
        Command::Backup(args) => backup::run(&args, &sources).await,
        Command::Restore(args) => restore::run(&args, &sources).await,
        Command::Trace(args) => trace::run(&args, &sources).await,
        Command::Doctor => doctor::run(&sources).await,
    }
}
