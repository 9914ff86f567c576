//! The `latchwork` command line: the same engine and store as the studio, headless.
//!
//! Results go to standard output, everything for people to standard error; exit statuses are CONTRACT section 3's.

mod args;
mod browser;
mod commands;
mod context;
mod failure;
mod host;
mod input;
mod interrupt;
mod lines;
mod output;
mod prompt;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::{Cli, Command};
use crate::commands::session::Who;
use crate::commands::{
    bundle, call, catalogue, check, import, introspect, library, sandbox, schema, session, sso,
    test,
};
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::output::Output;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; clap knows where each goes.
            let _ = error.print();
            if !error.use_stderr() {
                return ExitCode::SUCCESS;
            }
            if std::env::args_os().any(|argument| argument == "--json") {
                Output::of_json().json_line(&wrong_usage(&error).json());
            }
            return ExitCode::from(2);
        }
    };
    let output = Output::new(&cli.global);
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            output.note(&format!("error: no runtime: {error}"));
            return ExitCode::from(1);
        }
    };
    match runtime.block_on(run(cli)) {
        Ok(code) => code,
        Err(failure) => {
            output.failure(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

/// What clap says, as a failure: its first paragraph, without the title, is the message.
fn wrong_usage(error: &clap::Error) -> Failure {
    let text = error.render().to_string();
    let message = text.split("\n\n").next().unwrap_or_default();
    Failure::usage(message.trim_start_matches("error: ").trim())
}

async fn run(cli: Cli) -> Outcome {
    let context = Context::new(&cli.global)?;
    let outcome = Box::pin(run_command(cli.command, &context)).await;
    context.end().await;
    outcome
}

async fn run_command(command: Command, context: &Context) -> Outcome {
    let output = &context.output;
    match command {
        Command::Check { files } => Ok(check::run(&files, output)),
        Command::Schema { kind } => Ok(schema::run(kind, output)),
        Command::Sandbox { port, samples } => sandbox::run(port, samples.as_deref(), output).await,
        Command::Test {
            connector,
            reveal,
            until,
            run,
        } => test::run(&connector, reveal, until.as_deref(), &run, context).await,
        Command::Call(args) => call::run(&args, context).await,
        Command::Introspect(args) => introspect::run(&args, context).await,
        Command::Login {
            connector,
            shared,
            run,
        } => session::login(&connector, shared, &run, context).await,
        Command::Logout {
            connector,
            shared,
            all,
            account,
        } => {
            let who = match (shared, all) {
                (true, _) => Who::Shared,
                (false, true) => Who::Everything,
                (false, false) => Who::Account(account.as_deref()),
            };
            session::logout(&connector, who, context).await
        }
        Command::Refresh { connector, run } => session::refresh(&connector, &run, context).await,
        Command::Sso { command } => sso::run(&command, context).await,
        Command::Bundle { command } => bundle::run(&command, context).await,
        Command::Accounts { connector } => session::accounts(connector.as_deref(), context).await,
        Command::Catalogue { command, search } => {
            catalogue::run(command.as_ref(), &search.join(" "), context).await
        }
        Command::Connectors => library::list(context).await,
        Command::Apps => library::list_apps(context).await,
        Command::Import {
            file,
            from,
            environment,
            dry_run,
            link,
        } => {
            let given = import::Given {
                file: &file,
                from,
                environment: environment.as_deref(),
                dry_run,
                link,
            };
            import::run(&given, context).await
        }
        Command::Export { name, to } => import::export(&name, to, context).await,
        Command::Remove { name } => library::remove(&name, context).await,
    }
}
