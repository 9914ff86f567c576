//! `latchwork connectors`, `apps`, `import`, `export` and `remove`: the library.

use std::path::Path;
use std::process::ExitCode;

use latchwork_exchange::from_curl;
use latchwork_model::{
    Connector, ConnectorKind, Endpoint, ErrorCode, FileKind, Test, write_connector,
};
use serde_json::json;

use crate::args::{ExportKind, ImportKind};
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::input;

/// Lists the connectors.
pub(crate) async fn list(context: &Context) -> Outcome {
    let connectors = context.studio().await?.connector_list("").await?;
    if context.output.json {
        context.output.json_line(&connectors);
    } else if connectors.is_empty() {
        context
            .output
            .note("The library is empty. Add a connector with `latchwork import FILE`.");
    } else {
        for connector in connectors {
            let signed_in = if connector.signed_in {
                "  signed in"
            } else {
                ""
            };
            context.output.line(&format!(
                "{}  {}{signed_in}",
                connector.name, connector.base_url
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Lists the apps.
pub(crate) async fn list_apps(context: &Context) -> Outcome {
    let apps = context.studio().await?.app_list().await?;
    if context.output.json {
        context.output.json_line(&apps);
    } else if apps.is_empty() {
        context.output.note(
            "There are no apps. Make one in the studio, or add one with `latchwork import FILE`.",
        );
    } else {
        for app in apps {
            let connectors = app.connectors.join(", ");
            context.output.line(&format!("{}  {connectors}", app.name));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Adds an app from a file's text, with the connectors that it brings along.
async fn import_app(text: &str, context: &Context) -> Outcome {
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

/// Adds a connector or an app from a file.
pub(crate) async fn import(file: &Path, from: Option<ImportKind>, context: &Context) -> Outcome {
    let text = input::read(file)?;
    let curl =
        from == Some(ImportKind::Curl) || from.is_none() && text.trim_start().starts_with("curl");
    let text = if curl {
        connector_of_curl(&text, context)?
    } else {
        text
    };
    let is_app = from == Some(ImportKind::App)
        || from.is_none() && FileKind::of(&text) == Some(FileKind::App);
    if is_app {
        return import_app(&text, context).await;
    }
    let studio = context.studio().await?;
    let opened = studio.connector_import_text(&text).await?;
    let connector = latchwork_model::read_shape(&opened.document)?;
    let secrets: Vec<&str> = connector
        .variables
        .iter()
        .filter(|variable| variable.secret)
        .map(|variable| variable.name.as_str())
        .collect();
    if context.output.json {
        context.output.json_line(
            &json!({ "id": opened.id, "name": connector.name, "secret_variables": secrets }),
        );
    } else {
        context.output.note(&format!("Added {}.", connector.name));
        if !secrets.is_empty() {
            context.output.note(&format!(
                "It asks for: {}. Set them in the studio, or give them with --var.",
                secrets.join(", ")
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A connector with one endpoint, out of a cURL command.
fn connector_of_curl(text: &str, context: &Context) -> Result<String, Failure> {
    let import = from_curl(text)
        .map_err(|error| Failure::new(ErrorCode::ImportUnrecognised, error.to_string()))?;
    for note in &import.notes {
        context.output.note(&note.message);
    }
    let address = import.request.url.to_string();
    let base = latchwork_model::origin_part(&address)
        .ok_or_else(|| Failure::new(ErrorCode::ImportUnrecognised, "the command has no address"))?
        .to_owned();
    let host = base.split("://").nth(1).unwrap_or(&base).to_owned();
    let mut connector = Connector::new(&host, ConnectorKind::Rest, &base);
    let mut request = import.request;
    request.url = address.get(base.len()..).unwrap_or_default().into();
    connector.test = Some(Test {
        request: request.clone(),
        advanced: true,
    });
    connector.endpoints.push(Endpoint {
        id: "request".to_owned(),
        name: "Request".to_owned(),
        inputs: Vec::new(),
        request,
    });
    Ok(write_connector(&connector))
}

/// Prints a connector, or an app with its connectors in it, as a file.
pub(crate) async fn export(name: &str, to: ExportKind, context: &Context) -> Outcome {
    let studio = context.studio().await?;
    let document = match to {
        ExportKind::Connector => studio.connector_named(name).await?.document,
        ExportKind::App => {
            let app = studio.app_named(name).await?;
            studio.app_text(&app.id, true).await?
        }
    };
    context.output.bytes(document.as_bytes());
    Ok(ExitCode::SUCCESS)
}

/// Takes a connector out of the library.
pub(crate) async fn remove(name: &str, context: &Context) -> Outcome {
    let studio = context.studio().await?;
    let stored = studio.connector_named(name).await?;
    studio.connector_delete(&stored.id).await?;
    if context.output.json {
        context
            .output
            .json_line(&json!({ "id": stored.id, "name": stored.name }));
    } else {
        context
            .output
            .note(&format!("Removed {}, with its cached auth.", stored.name));
    }
    Ok(ExitCode::SUCCESS)
}
