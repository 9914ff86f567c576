//! `latchwork login`, `refresh`, `logout` and `accounts`: fill, renew, clear and show the cached auth.

use std::process::ExitCode;
use std::sync::Arc;

use latchwork_engine::RunInput;
use latchwork_studio::{AccountState, Caller, SignOut, StudioError};
use serde_json::json;

use crate::args::RunArgs;
use crate::context::Context;
use crate::failure::Outcome;
use crate::host::{Show, TerminalHost};
use crate::input;
use crate::interrupt::or_interrupted;

/// Runs the auth flow and caches its outputs: an account's, or where shared those of everyone.
pub(crate) async fn login(
    connector: &str,
    shared: bool,
    args: &RunArgs,
    context: &Context,
) -> Outcome {
    let connector = Arc::new(context.connector(connector).await?);
    let answers = input::answers(args, &connector)?;
    let given = input::variables(args, &connector)?;
    let studio = context.studio_with_vault().await?;
    let id = connector.key();
    let variables = studio.variables(&id, &connector, given).await?;
    let run_input = input::run_input(args, variables, false)?;
    let host = TerminalHost::new(answers, &args.browser, context, Show::Visits);
    let login = async {
        if shared {
            let expires_at = studio
                .login_shared(&id, &connector, run_input, &host)
                .await?;
            return Ok::<_, StudioError>((None, expires_at));
        }
        let account = match &args.account {
            Some(name) => name.clone(),
            None => studio.account_in_use(&id).await?,
        };
        let caller = Caller {
            connector_id: &id,
            connector: &connector,
            account: Some(&account),
            input: run_input,
            host: &host,
        };
        let expires_at = studio.login(caller).await?;
        Ok((Some(account), expires_at))
    };
    let (account, expires_at) = or_interrupted(Box::pin(login)).await??;
    if context.output.json {
        context.output.json_line(&json!({
            "connector": connector.name,
            "scope": if shared { "shared" } else { "user" },
            "account": account,
            "signed_in": true,
            "expires_at": expires_at,
        }));
    } else {
        let who = account.map_or_else(|| "for everyone".to_owned(), |name| format!("as `{name}`"));
        context
            .output
            .note(&format!("Signed in to {} {who}.", connector.name));
    }
    Ok(ExitCode::SUCCESS)
}

/// Renews the cached session, as an expired one is renewed by itself.
pub(crate) async fn refresh(connector: &str, args: &RunArgs, context: &Context) -> Outcome {
    let connector = Arc::new(context.connector(connector).await?);
    let answers = input::answers(args, &connector)?;
    let given = input::variables(args, &connector)?;
    let studio = context.studio_with_vault().await?;
    let id = connector.key();
    let variables = studio.variables(&id, &connector, given).await?;
    let host = TerminalHost::new(answers, &args.browser, context, Show::Words);
    let account = match &args.account {
        Some(name) => name.clone(),
        None => studio.account_in_use(&id).await?,
    };
    let caller = Caller {
        connector_id: &id,
        connector: &connector,
        account: Some(&account),
        input: input::run_input(args, variables, false)?,
        host: &host,
    };
    let refresh = studio.refresh(caller);
    let (updated, expires_at) = or_interrupted(Box::pin(refresh)).await??;
    if context.output.json {
        context.output.json_line(&json!({
            "connector": connector.name,
            "account": account,
            "refreshed": true,
            "updated": updated,
            "expires_at": expires_at,
        }));
    } else {
        let name = &connector.name;
        let what = if updated.is_empty() {
            String::new()
        } else {
            format!(": {}", updated.join(", "))
        };
        context
            .output
            .note(&format!("The session of {name} is renewed{what}."));
    }
    Ok(ExitCode::SUCCESS)
}

/// Who is signed out.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Who<'a> {
    /// One account; the one in use where left out.
    Account(Option<&'a str>),
    /// Everyone, of the shared credentials.
    Shared,
    /// All accounts, and the shared credentials.
    Everything,
}

/// Clears cached auth, and says what became of it at the provider.
pub(crate) async fn logout(connector: &str, who: Who<'_>, context: &Context) -> Outcome {
    let connector = context.connector(connector).await?;
    let studio = context.studio().await?;
    let id = connector.key();
    // Without its vault there is nothing to revoke by, and what is cached is cleared all the same.
    let given = input::environment(&connector);
    let variables = studio
        .variables(&id, &connector, given.clone())
        .await
        .unwrap_or(given);
    let run_input = RunInput {
        variables,
        ..RunInput::default()
    };
    let in_use;
    let who = match who {
        Who::Account(Some(name)) => SignOut::Account(name),
        Who::Account(None) => {
            in_use = studio.account_in_use(&id).await?;
            SignOut::Account(&in_use)
        }
        Who::Shared => SignOut::Shared,
        Who::Everything => SignOut::Everything,
    };
    let sign_out = studio.sign_out(&id, &connector, who, run_input);
    let (cleared, signed_out) = or_interrupted(Box::pin(sign_out)).await??;
    let output = &context.output;
    if output.json {
        output.json_line(&json!({
            "connector": connector.name,
            "cleared": cleared,
            "revoked": signed_out.revoked,
            "message": cleared.then_some(signed_out.message),
        }));
    } else if cleared {
        output.note(&format!("{}: {}", connector.name, signed_out.message));
    } else {
        output.note(&format!("Nobody was signed in to {}.", connector.name));
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
        for signed_in in accounts {
            let mut who = signed_in
                .account
                .unwrap_or_else(|| "(shared by everyone)".to_owned());
            if let Some(label) = signed_in.label {
                who = format!("{who}  {label}");
            }
            if signed_in.state == AccountState::NeedsYou {
                who = format!("{who}  (needs you: sign in again)");
            }
            context
                .output
                .line(&format!("{}  {who}", signed_in.connector));
        }
    }
    Ok(ExitCode::SUCCESS)
}
