//! `latchwork schema`: the JSON Schema of a file format.

use std::process::ExitCode;

use latchwork_model::Connector;
use latchwork_model::app::App;

use crate::args::SchemaKind;
use crate::output::Output;

pub(crate) fn run(kind: SchemaKind, output: &Output) -> ExitCode {
    let schema = match kind {
        SchemaKind::Connector => schemars::schema_for!(Connector),
        SchemaKind::App => schemars::schema_for!(App),
    };
    output.line(&serde_json::to_string_pretty(&schema).unwrap_or_default());
    ExitCode::SUCCESS
}
