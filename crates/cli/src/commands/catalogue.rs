//! `latchwork catalogue`: ready-made connectors, found, looked at and added to the library.

use std::process::ExitCode;

use latchwork_studio::CatalogueEntry;
use latchwork_studio::wire::CatalogueStatus;
use serde_json::json;

use crate::args::CatalogueCommand;
use crate::context::Context;
use crate::failure::Outcome;

/// Lists what fits a search, or does what is asked with one entry.
pub(crate) async fn run(
    command: Option<&CatalogueCommand>,
    search: &str,
    context: &Context,
) -> Outcome {
    match command {
        None => list(search, context).await,
        Some(CatalogueCommand::Show { id }) => show(id, context).await,
        Some(CatalogueCommand::Add { id }) => add(id, context).await,
    }
}

async fn list(search: &str, context: &Context) -> Outcome {
    let entries = context.studio().await?.catalogue_list(search);
    let output = &context.output;
    if output.json {
        output.json_line(&entries);
        return Ok(ExitCode::SUCCESS);
    }
    if entries.is_empty() {
        output.note(&format!(
            "Nothing in the catalogue fits `{search}`. `latchwork catalogue` alone lists all of it."
        ));
    }
    let width = entries.iter().map(|entry| entry.id.len()).max();
    for entry in &entries {
        output.line(&format!(
            "{:width$}  {}  {} · {} · {}",
            entry.id,
            entry.title,
            entry.category,
            entry.method,
            status(entry),
            width = width.unwrap_or_default(),
        ));
    }
    Ok(ExitCode::SUCCESS)
}

async fn show(id: &str, context: &Context) -> Outcome {
    let entry = context.studio().await?.catalogue_entry(id)?;
    if context.output.json {
        context.output.json_line(&entry);
        return Ok(ExitCode::SUCCESS);
    }
    let line = |text: &str| context.output.line(text);
    line(&format!("{}: {}", entry.title, entry.summary));
    line(&format!("{} ({})", entry.method, status(&entry)));
    line(&format!("Documentation: {}", entry.documentation));
    for (index, step) in entry.register.iter().enumerate() {
        line(&format!("{}. {}", index + 1, step.text));
        for more in step.link.iter().chain(&step.copy) {
            line(&format!("   {more}"));
        }
    }
    for note in &entry.notes {
        line(&format!("- {note}"));
    }
    for open in &entry.unconfirmed {
        line(&format!("- Not confirmed: {open}"));
    }
    Ok(ExitCode::SUCCESS)
}

async fn add(id: &str, context: &Context) -> Outcome {
    let studio = context.studio().await?;
    let entry = studio.catalogue_entry(id)?;
    let opened = studio.catalogue_add(id).await?;
    let connector = latchwork_model::read_shape(&opened.document)?;
    let wanted = |secret: bool| -> Vec<&str> {
        let variables = entry.to_fill_in.iter();
        variables
            .filter(|variable| variable.secret == secret)
            .map(|variable| variable.name.as_str())
            .collect()
    };
    let (plain, secrets) = (wanted(false), wanted(true));
    let output = &context.output;
    if output.json {
        output.json_line(&json!({
            "id": opened.id, "name": connector.name,
            "variables": plain, "secret_variables": secrets,
        }));
        return Ok(ExitCode::SUCCESS);
    }
    output.note(&format!("Added {}.", connector.name));
    let all = [plain, secrets].concat();
    if !all.is_empty() {
        output.note(&format!(
            "It asks for: {}. Set them in the studio, or give them with --var.",
            all.join(", ")
        ));
    }
    output.note(&format!(
        "What to register first: latchwork catalogue show {id}"
    ));
    Ok(ExitCode::SUCCESS)
}

fn status(entry: &CatalogueEntry) -> String {
    let how = match entry.status {
        CatalogueStatus::Tried => "tried",
        CatalogueStatus::FromDocumentation => "from documentation",
    };
    format!("{how}, {}", entry.date)
}
