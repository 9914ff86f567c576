//! `latchwork check`: validates files and runs the checker. It reads no library: what an app calls of a connector is
//! checked where the connector's definition is in the app's file.

use std::path::PathBuf;
use std::process::ExitCode;

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{ContentArrangement, Table};
use latchwork_model::{
    Diagnostic, FileError, FileKind, Severity, check, check_app_alone, read_app, read_connector,
};
use serde_json::{Value, json};

use crate::input;
use crate::output::Output;

/// 0 no errors, 1 the checker found errors, 2 not a valid file.
pub(crate) fn run(files: &[PathBuf], output: &Output) -> ExitCode {
    let mut all: Vec<(String, Diagnostic)> = Vec::new();
    let mut invalid = false;
    for file in files {
        let name = file.display().to_string();
        let findings = match input::read(file) {
            Ok(text) => look_over(&text).unwrap_or_else(|error| {
                invalid = true;
                error.findings
            }),
            Err(failure) => {
                invalid = true;
                let help = failure.fault.hint.unwrap_or_default();
                vec![Diagnostic::error(
                    failure.fault.code.as_str(),
                    "",
                    failure.fault.message,
                    help,
                )]
            }
        };
        all.extend(findings.into_iter().map(|finding| (name.clone(), finding)));
    }
    if output.json {
        let findings: Vec<Value> = all
            .iter()
            .map(|(file, finding)| json_of(file, finding))
            .collect();
        output.json_line(&findings);
    } else {
        table(&all, files.len(), output);
    }
    let errors = all
        .iter()
        .any(|(_, finding)| finding.severity == Severity::Error);
    ExitCode::from(if invalid { 2 } else { u8::from(errors) })
}

/// What the checker says of a file, by the kind that it says that it is; a connector where it says nothing.
fn look_over(text: &str) -> Result<Vec<Diagnostic>, FileError> {
    match FileKind::of(text) {
        Some(FileKind::App) => read_app(text).map(|app| check_app_alone(&app)),
        Some(FileKind::Connector) | None => read_connector(text).map(|connector| check(&connector)),
    }
}

fn json_of(file: &str, finding: &Diagnostic) -> Value {
    json!({
        "file": file,
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.path,
        "message": finding.message,
        "help": finding.help,
    })
}

fn table(findings: &[(String, Diagnostic)], files: usize, output: &Output) {
    if !findings.is_empty() {
        let mut table = Table::new();
        table
            .load_style(UTF8_HORIZONTAL_ONLY)
            .set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(["", "Code", "Place", "What is wrong, and what to do"]);
        for (file, finding) in findings {
            let place = if finding.path.is_empty() {
                file.clone()
            } else {
                format!("{file}\n{}", finding.path)
            };
            table.add_row([
                output.severity(finding.severity),
                finding.code.to_owned(),
                place,
                format!("{}\n{}", finding.message, finding.help),
            ]);
        }
        output.line(&table.to_string());
    }
    let count = |severity| {
        findings
            .iter()
            .filter(|(_, finding)| finding.severity == severity)
            .count()
    };
    let plural = |number: usize, word: &str| {
        format!("{number} {word}{}", if number == 1 { "" } else { "s" })
    };
    output.note(&format!(
        "{}: {}, {}",
        plural(files, "file"),
        plural(count(Severity::Error), "error"),
        plural(count(Severity::Warning), "warning"),
    ));
}
