//! `latchwork connectors`, `apps` and `remove`: the library.

use std::process::ExitCode;

use serde_json::json;

use crate::context::Context;
use crate::failure::Outcome;

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
