//! `latchwork schema`: the JSON Schema of a file format.

use std::process::ExitCode;

use latchwork_model::Connector;

use crate::args::SchemaKind;
use crate::failure::Outcome;
use crate::output::Output;

pub(crate) fn run(kind: SchemaKind, output: &Output) -> Outcome {
    let schema = match kind {
        SchemaKind::Connector => schemars::schema_for!(Connector),
    };
    output.line(&serde_json::to_string_pretty(&schema).unwrap_or_default());
    Ok(ExitCode::SUCCESS)
}
