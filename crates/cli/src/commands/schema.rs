//! `latchwork schema`: the JSON Schema of a file format.

use std::process::ExitCode;

use latchwork_model::Connector;

use crate::args::SchemaKind;
use crate::output::Output;

pub(crate) fn run(kind: SchemaKind, output: &Output) -> ExitCode {
    let schema = match kind {
        SchemaKind::Connector => schemars::schema_for!(Connector),
    };
    output.line(&serde_json::to_string_pretty(&schema).unwrap_or_default());
    ExitCode::SUCCESS
}
