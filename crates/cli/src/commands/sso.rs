//! `latchwork sso`: the session that SSO token steps use.

use std::process::ExitCode;

use latchwork_model::RedirectKind;
use latchwork_studio::wire::SsoState;
use latchwork_studio::{ReturnsBy, SsoSignIn, SsoStatus, Studio};
use serde_json::{Map, json};

use crate::args::{SsoCommand, SsoLoginArgs};
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::host::{Show, TerminalHost};
use crate::input;
use crate::interrupt::or_interrupted;

pub(crate) async fn run(command: &SsoCommand, context: &Context) -> Outcome {
    match command {
        SsoCommand::Login(args) => login(args, context).await,
        SsoCommand::Status => status(context.studio_with_vault().await?, context).await,
        SsoCommand::Logout => logout(context).await,
    }
}

async fn login(args: &SsoLoginArgs, context: &Context) -> Outcome {
    let client_secret = input::secret(
        args.client_secret_file.as_deref(),
        "--client-secret-file",
        "LATCHWORK_SSO_CLIENT_SECRET",
    )?;
    let run_input = input::browser_input(&args.browser)?;
    let redirect = run_input.redirect.unwrap_or(RedirectKind::Loopback);
    let studio = context.studio_with_vault().await?;
    let host = TerminalHost::new(Map::new(), &args.browser, context, Show::Visits);
    let request = SsoSignIn {
        issuer: args.issuer.clone(),
        client_id: args.client_id.clone(),
        client_secret,
        scopes: args.scopes.clone(),
        redirect: ReturnsBy::from(redirect),
    };
    let login = studio.sso_login(request, run_input, &host);
    or_interrupted(Box::pin(login)).await??;
    status(studio, context).await
}

/// Says who is signed in. Nobody is an answer too.
async fn status(studio: &Studio, context: &Context) -> Outcome {
    let status = studio.sso_status().await.map_err(Failure::from)?;
    if context.output.json {
        context.output.json_line(&status);
    } else {
        context.output.line(&in_words(&status));
    }
    Ok(ExitCode::SUCCESS)
}

fn in_words(status: &SsoStatus) -> String {
    let issuer = status.issuer.as_deref().unwrap_or_default();
    let person = match (&status.name, &status.email, &status.subject) {
        (Some(name), Some(email), _) => format!("{name} <{email}>"),
        (Some(one), None, _) | (None, Some(one), _) | (None, None, Some(one)) => one.clone(),
        (None, None, None) => "somebody".to_owned(),
    };
    let message = status.message.as_deref();
    match status.state {
        SsoState::SignedIn => format!("Signed in at {issuer} as {person}."),
        SsoState::NeedsYou => message.unwrap_or("The session is over.").to_owned(),
        SsoState::SignedOut => message.unwrap_or("Nobody is signed in.").to_owned(),
    }
}

async fn logout(context: &Context) -> Outcome {
    let studio = context.studio_with_vault().await?;
    let signed_out = or_interrupted(Box::pin(studio.sso_sign_out())).await??;
    if context.output.json {
        context.output.json_line(&json!({
            "revoked": signed_out.revoked,
            "message": signed_out.message,
        }));
    } else {
        context.output.note(&signed_out.message);
    }
    Ok(ExitCode::SUCCESS)
}
