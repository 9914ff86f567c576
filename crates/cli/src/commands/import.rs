//! `latchwork import` and `export`: between the library and files, of Latchwork's own and of other tools.
//!
//! What was understood and what was not goes to people before anything is saved; with `--dry-run` nothing is.

use std::path::Path;
use std::process::ExitCode;

use latchwork_exchange::{ForeignKind, ImportOptions, Imported, import_text, recognise_file};
use latchwork_model::write_connector;
use latchwork_studio::{StudioError, wire};
use serde_json::{Value, json};

use crate::args::{ExportKind, ImportKind};
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::input;

/// What was given to `import`.
pub(crate) struct Given<'a> {
    pub file: &'a Path,
    pub from: Option<ImportKind>,
    pub environment: Option<&'a Path>,
    pub dry_run: bool,
    pub link: bool,
}

/// Adds a connector or an app from a file.
pub(crate) async fn run(given: &Given<'_>, context: &Context) -> Outcome {
    if given.link {
        return link(given.file, context).await;
    }
    let text = input::read(given.file)?;
    let kind = match given.from {
        Some(ImportKind::Connector) => ForeignKind::Latchwork,
        Some(ImportKind::App) => ForeignKind::LatchworkApp,
        Some(ImportKind::Curl) => ForeignKind::Curl,
        Some(ImportKind::OpenApi) => ForeignKind::OpenApi,
        Some(ImportKind::Postman) => ForeignKind::Postman,
        None => recognise_file(&text).map_err(StudioError::from)?,
    };
    if kind == ForeignKind::LatchworkApp {
        return import_app(&text, given, context).await;
    }
    let options = ImportOptions {
        kind: Some(kind),
        environment: given.environment.map(input::read).transpose()?,
    };
    let imported = import_text(&text, &options).map_err(StudioError::from)?;
    say(&imported, context);
    if given.dry_run {
        if context.output.json {
            let mut result = described(&imported);
            result["connector"] =
                serde_json::from_str(&write_connector(&imported.connector)).unwrap_or(Value::Null);
            context.output.json_line(&result);
        } else {
            context.output.note(&format!(
                "Nothing was added: {} would be.",
                imported.connector.name
            ));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let has_values = imported.secrets.iter().any(|secret| secret.value.is_some());
    let studio = if has_values {
        context.studio_with_vault().await?
    } else {
        context.studio().await?
    };
    let opened = studio.import_save(&imported, "", &[]).await?;
    let connector = latchwork_model::read_shape(&opened.document)?;
    let missing: Vec<&str> = imported
        .secrets
        .iter()
        .filter(|secret| secret.value.is_none())
        .map(|secret| secret.name.as_str())
        .collect();
    if context.output.json {
        let mut result = described(&imported);
        result["id"] = json!(opened.id);
        result["name"] = json!(connector.name);
        context.output.json_line(&result);
    } else {
        context.output.note(&format!("Added {}.", connector.name));
        if !missing.is_empty() {
            context.output.note(&format!(
                "It asks for: {}. Set them in the studio, or give them with --var.",
                missing.join(", ")
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens a connector's file, which it is saved to from then on.
async fn link(file: &Path, context: &Context) -> Outcome {
    let linked = context.studio().await?.connector_open_file(file).await?;
    let opened = linked.opened;
    let name = latchwork_model::read_shape(&opened.document)?.name;
    if context.output.json {
        context
            .output
            .json_line(&json!({ "id": opened.id, "name": name, "file_path": opened.file_path }));
        return Ok(ExitCode::SUCCESS);
    }
    let path = opened.file_path.unwrap_or_default();
    context
        .output
        .note(&format!("{name} is in the library, and saved to {path}."));
    if let Some(other) = linked.beside {
        context.output.note(&format!(
            "The file has the id of `{other}`, which says something else: it got another id here, and keeps its own in the file."
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// What was understood, and what was not, for people. A connector's own file needs no explaining.
fn say(imported: &Imported, context: &Context) {
    let output = &context.output;
    if imported.kind == ForeignKind::Latchwork || output.json {
        return;
    }
    output.note(&format!("Understood as: {}", imported.kind.label()));
    for understood in &imported.understood {
        output.note(&format!("  {}", understood.message));
    }
    if !imported.notes.is_empty() {
        output.note("What you should know:");
        for note in &imported.notes {
            output.note(&format!("  {}", note.message));
        }
    }
}

/// An import as JSON. Values of secrets are not in it.
fn described(imported: &Imported) -> Value {
    let connector = &imported.connector;
    let names = |has_value: bool| -> Vec<&str> {
        imported
            .secrets
            .iter()
            .filter(|secret| secret.value.is_some() == has_value)
            .map(|secret| secret.name.as_str())
            .collect()
    };
    json!({
        "kind": kind_word(imported.kind),
        "name": connector.name,
        "base_url": connector.base_url.to_string(),
        "auth_method": connector.auth.method(),
        "endpoints": connector.endpoints.len(),
        "understood": imported.understood,
        "notes": imported.notes,
        "secret_variables": imported.secrets.iter().map(|secret| secret.name.as_str()).collect::<Vec<_>>(),
        "secrets_found": names(true),
        "secrets_missing": names(false),
    })
}

/// A kind as `--from` names it.
fn kind_word(kind: ForeignKind) -> &'static str {
    match kind {
        ForeignKind::Latchwork => "connector",
        ForeignKind::LatchworkApp => "app",
        ForeignKind::Curl => "curl",
        ForeignKind::OpenApi => "openapi",
        _ => "postman",
    }
}

/// Adds an app from a file's text, with the connectors that it brings along.
async fn import_app(text: &str, given: &Given<'_>, context: &Context) -> Outcome {
    if given.environment.is_some() {
        return Err(Failure::usage(
            "--environment goes with a Postman collection, and this is an app",
        ));
    }
    if given.dry_run {
        let app = latchwork_model::read_app(text)?;
        if context.output.json {
            context
                .output
                .json_line(&json!({ "kind": "app", "name": app.name }));
        } else {
            context
                .output
                .note(&format!("Nothing was added: {} would be.", app.name));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let opened = context.studio().await?.app_import_text(text).await?;
    let app = latchwork_model::read_app_shape(&opened.document)?;
    if context.output.json {
        context
            .output
            .json_line(&json!({ "id": opened.id, "name": app.name }));
    } else {
        context.output.note(&format!("Added {}.", app.name));
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints a connector, or an app with its connectors in it, as a file.
pub(crate) async fn export(name: &str, to: ExportKind, context: &Context) -> Outcome {
    let studio = context.studio().await?;
    let kind = match to {
        ExportKind::App => {
            let app = studio.app_named(name).await?;
            let document = studio.app_text(&app.id, true).await?;
            context.output.bytes(document.as_bytes());
            return Ok(ExitCode::SUCCESS);
        }
        ExportKind::Connector => wire::ExportKind::Connector,
        ExportKind::Curl => wire::ExportKind::Curl,
        ExportKind::OpenApi => wire::ExportKind::OpenApi,
    };
    let stored = studio.connector_named(name).await?;
    let export = studio.connector_export_text(&stored.id, kind).await?;
    for note in &export.notes {
        context.output.note(&note.message);
    }
    context.output.bytes(export.text.as_bytes());
    Ok(ExitCode::SUCCESS)
}
