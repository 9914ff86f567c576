//! What the editor is told while a connector is written: findings, names, references and pasted steps.
//!
//! How they are found is [`crate::editing`]'s.

use latchwork_model::{Diagnostic, Severity};
use serde::{Deserialize, Serialize};

/// A finding of the checker or the validation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Finding {
    /// A stable, dotted code.
    pub code: String,
    /// `error`, `warning` or `info`.
    pub severity: FindingSeverity,
    /// The JSON path.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum FindingSeverity {
    /// It cannot work.
    Error,
    /// It should not be left so.
    Warning,
    /// Good to know.
    Info,
}

impl From<Diagnostic> for Finding {
    fn from(finding: Diagnostic) -> Self {
        Self {
            code: finding.code.to_owned(),
            severity: match finding.severity {
                Severity::Error => FindingSeverity::Error,
                Severity::Warning => FindingSeverity::Warning,
                Severity::Info => FindingSeverity::Info,
            },
            path: finding.path,
            message: finding.message,
            help: finding.help,
        }
    }
}

/// A name that exists at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TemplateName {
    /// As it is written.
    pub name: String,
    /// What it is.
    pub detail: String,
    /// What kind of thing it is.
    pub kind: TemplateNameKind,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum TemplateNameKind {
    /// An output of a step.
    StepOutput,
    /// A variable of the connector.
    Variable,
    /// A fact about the connector.
    Connector,
    /// A fact about the account.
    Account,
    /// An endpoint's input.
    Input,
    /// A part of the answer at hand.
    Answer,
    /// A part of the request at hand.
    Request,
    /// What a control of an app holds.
    Control,
    /// A fact about the app or the screen that is shown.
    App,
    /// A function.
    Function,
    /// A filter.
    Filter,
}

/// A step that was renamed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct StepRenamed {
    /// The document with the new name.
    pub document: String,
    /// How many references were rewritten.
    pub changed: u32,
}

/// A place that uses a step's outputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct StepReference {
    /// The JSON path.
    pub path: String,
    /// The name as it is used there.
    pub expression: String,
}

/// A step out of a pasted text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct StepParsed {
    /// The step's JSON text, its id unique already.
    pub step: String,
    /// What the text was.
    pub from: PastedFrom,
    /// What was left out or changed.
    pub notes: Vec<String>,
}

/// What a pasted text was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum PastedFrom {
    /// A step.
    Step,
    /// A cURL command or an address.
    Curl,
    /// A request as it stands in a file.
    Request,
}

/// Which flow a step is pasted into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum StepPlace {
    /// The auth flow.
    Auth,
    /// The refresh flow.
    Refresh,
}
