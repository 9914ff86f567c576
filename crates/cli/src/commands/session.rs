//! `latchwork login`, `logout` and `accounts`: fill, clear and show the cached auth.

use std::process::ExitCode;

use serde_json::json;

use crate::args::RunArgs;
use crate::context::Context;
use crate::failure::Outcome;
use crate::host::{Show, TerminalHost};
use crate::input;
use crate::interrupt::or_interrupted;

/// Runs the auth flow and caches its outputs.
pub(crate) async fn login(connector: &str, args: &RunArgs, context: &Context) -> Outcome {
    let connector = context.connector(connector).await?;
    let answers = input::answers(args, &connector)?;
    let given = input::variables(args, &connector)?;
    let studio = context.studio_with_vault().await?;
    let id = connector.key();
    let variables = studio.variables(&id, &connector, given).await?;
    let run_input = input::run_input(args, variables, false)?;
    let host = TerminalHost::new(answers, args, &context.output, Show::Visits);
    let login = studio.login(&id, &connector, &args.account, run_input, &host);
    let expires_at = or_interrupted(login).await??;
    if context.output.json {
        context.output.json_line(&json!({
            "connector": connector.name, "account": args.account, "signed_in": true, "expires_at": expires_at,
        }));
    } else {
        context.output.note(&format!(
            "Signed in to {} as `{}`.",
            connector.name, args.account
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Clears the cached auth of one account, or of all.
pub(crate) async fn logout(
    connector: &str,
    all: bool,
    account: &str,
    context: &Context,
) -> Outcome {
    let connector = context.connector(connector).await?;
    let studio = context.studio().await?;
    let account = if all { None } else { Some(account) };
    let cleared = studio.clear_sessions(&connector.key(), account).await?;
    if context.output.json {
        context
            .output
            .json_line(&json!({ "connector": connector.name, "cleared": cleared }));
    } else if cleared {
        context
            .output
            .note(&format!("Cleared the cached auth of {}.", connector.name));
    } else {
        context
            .output
            .note(&format!("Nobody was signed in to {}.", connector.name));
    }
    Ok(ExitCode::SUCCESS)
}

/// Lists who is signed in.
pub(crate) async fn accounts(connector: Option<&str>, context: &Context) -> Outcome {
    let connector = match connector {
        Some(name) => Some(context.connector(name).await?),
        None => None,
    };
    let studio = context.studio_with_vault().await?;
    let accounts = studio.accounts(connector.as_ref()).await?;
    if context.output.json {
        context.output.json_line(&accounts);
    } else if accounts.is_empty() {
        context.output.note("Nobody is signed in.");
    } else {
        for account in accounts {
            context
                .output
                .line(&format!("{}  {}", account.connector, account.account));
        }
    }
    Ok(ExitCode::SUCCESS)
}
