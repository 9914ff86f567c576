//! `latchwork bundle`: a shared sign-in sealed into a file, and opened on another machine. What is in it is shown to
//! nobody.

use std::io::IsTerminal as _;
use std::path::Path;
use std::process::ExitCode;

use latchwork_model::ErrorCode;
use latchwork_studio::Studio;
use serde_json::json;

use crate::args::{BundleCommand, BundlePassphrase};
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::input;
use crate::interrupt::or_interrupted;
use crate::lines::Lines;
use crate::prompt::ask_secret;

pub(crate) async fn run(command: &BundleCommand, context: &Context) -> Outcome {
    match command {
        BundleCommand::Seal {
            connector,
            out,
            passphrase,
        } => seal(connector, out, passphrase, context).await,
        BundleCommand::Open { file, passphrase } => open(file, passphrase, context).await,
    }
}

async fn seal(
    connector: &str,
    out: &Path,
    passphrase: &BundlePassphrase,
    context: &Context,
) -> Outcome {
    let connector = context.connector(connector).await?;
    let studio = context.studio_with_vault().await?;
    let passphrase = or_interrupted(given(passphrase, true)).await??;
    let bundle = studio
        .bundle_seal(&connector.key(), &connector, &passphrase)
        .await?;
    let path = Studio::bundle_write(out, bundle).await?;
    if context.output.json {
        context
            .output
            .json_line(&json!({ "connector": connector.name, "path": path }));
    } else {
        context.output.note(&format!(
            "Sealed the shared sign-in of {} into {path}.",
            connector.name
        ));
    }
    Ok(ExitCode::SUCCESS)
}

async fn open(file: &Path, passphrase: &BundlePassphrase, context: &Context) -> Outcome {
    let bundle = Studio::bundle_read(file).await?;
    let studio = context.studio_with_vault().await?;
    let passphrase = or_interrupted(given(passphrase, false)).await??;
    let opened = studio.bundle_open(bundle, &passphrase).await?;
    if context.output.json {
        context.output.json_line(&opened);
    } else {
        context.output.note(&format!(
            "The shared sign-in of {} is on this machine now.",
            opened.connector_name
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// The bundle's passphrase, from where it was put, else from the person; a new one is asked for twice.
async fn given(passphrase: &BundlePassphrase, is_new: bool) -> Result<String, Failure> {
    let put = input::secret(
        passphrase.bundle_passphrase_file.as_deref(),
        "--bundle-passphrase-file",
        "LATCHWORK_BUNDLE_PASSPHRASE",
    )?;
    if let Some(put) = put {
        return Ok(put);
    }
    let needed = || {
        Failure::with_hint(
            ErrorCode::InputNeeded,
            "the bundle's passphrase is needed, and there is nobody to give it",
            "Give it with --bundle-passphrase-file, or run in a terminal.",
        )
    };
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(needed());
    }
    let lines = Lines::default();
    let first = ask_secret("The bundle's passphrase: ", &lines).await;
    let first = first.ok_or_else(needed)?;
    if is_new {
        let again = ask_secret("Once more: ", &lines).await;
        if again.ok_or_else(needed)? != first {
            return Err(Failure::usage("the two passphrases differ"));
        }
    }
    Ok(first)
}
