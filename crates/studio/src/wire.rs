//! What crosses to a window: plain data, secrets already masked. The TypeScript types are generated from these.
//!
//! A connector crosses as its file's text, so that integers above 2^53 survive and one reader serves files, drafts,
//! the clipboard and the window.

use latchwork_engine::{Exchange, Fault, FieldRequest, RunEvent, StepStatus, TestStatus};
use latchwork_model::{Diagnostic, Severity};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An error as the window and scripts see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AppError {
    /// A stable, dotted code.
    pub code: String,
    /// What failed, with the concrete value.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// The step that it happened in.
    pub step: Option<String>,
    /// The form field or input that it is about.
    pub field: Option<String>,
    /// Whether the same again may work.
    pub retryable: bool,
}

impl From<Fault> for AppError {
    fn from(fault: Fault) -> Self {
        Self {
            code: fault.code.as_str().to_owned(),
            message: fault.message,
            hint: fault.hint,
            step: fault.step,
            field: fault.field,
            retryable: fault.retryable,
        }
    }
}

/// The state of the whole studio.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct StudioStatus {
    /// The version.
    pub version: String,
    /// Where everything is kept.
    pub data_dir: String,
    /// The vault.
    pub vault: VaultStatus,
    /// The practice provider.
    pub sandbox: SandboxStatus,
    /// Nothing has been made here yet.
    pub first_run: bool,
    /// What happened to a broken database at the start, in words.
    pub recovery: Option<String>,
}

/// Whether secrets can be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct VaultStatus {
    /// What state it is in.
    pub state: VaultState,
    /// What holds its key.
    pub kept_by: Option<KeptBy>,
    /// The state in words.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

/// The states of a vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum VaultState {
    /// Open.
    Ready,
    /// The keyring or the passphrase is locked.
    Locked,
    /// There is no keyring.
    Missing,
    /// The keyring said no.
    Refused,
    /// The keyring does not answer.
    Slow,
    /// There is encrypted data, and no key for it.
    KeyGone,
    /// The key does not fit the data.
    KeyWrong,
    /// Secrets live as long as the process.
    SessionOnly,
}

/// What holds the vault's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum KeptBy {
    /// The system's keyring.
    Keyring,
    /// A passphrase.
    Passphrase,
    /// This process alone.
    Session,
}

/// The practice provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SandboxStatus {
    /// Whether it runs.
    pub running: bool,
    /// Where.
    pub base_url: Option<String>,
}

/// What a person chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Settings {
    /// Light, dark, or as the system.
    pub theme: Theme,
}

/// Light, dark, or as the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// A connector in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ConnectorSummary {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What kind of API it is.
    pub kind: ConnectorKind,
    /// Its base URL.
    pub base_url: String,
    /// Its auth method.
    pub auth_method: String,
    /// How many steps its auth flow has.
    pub step_count: u32,
    /// How many endpoints it has.
    pub endpoint_count: u32,
    /// Whether there is unsaved work.
    pub has_draft: bool,
    /// How its last test ended.
    pub test_state: TestState,
    /// The file it was opened from.
    pub file_path: Option<String>,
    /// When it was saved, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub updated_at: i64,
    /// Whether there are cached outputs.
    pub signed_in: bool,
}

/// How the last test of a connector ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum TestState {
    /// It worked, and nothing changed since.
    Passed,
    /// It failed, and nothing changed since.
    Failed,
    /// It was never tested.
    NotTested,
    /// It changed since the last test.
    Changed,
}

/// A connector that is open in the editor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ConnectorOpened {
    /// Its id.
    pub id: String,
    /// The saved file's text.
    pub document: String,
    /// The save that this is; given back when saving.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub revision: i64,
    /// Unsaved work.
    pub draft: Option<Draft>,
    /// The file it was opened from.
    pub file_path: Option<String>,
    /// How its last test ended.
    pub test_state: TestState,
    /// When it was saved, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub updated_at: i64,
}

/// Unsaved work on a connector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Draft {
    /// The text; perhaps no valid connector yet.
    pub document: String,
    /// When it was kept, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub saved_at: i64,
}

/// When a draft was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct DraftSaved {
    /// In Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub saved_at: i64,
}

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

/// A secret variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SecretStatus {
    /// Its name.
    pub name: String,
    /// Whether it has a value.
    pub is_set: bool,
}

/// What kind of API it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ConnectorKind {
    /// Resources with addresses.
    Rest,
    /// One address, queries in the body.
    Graphql,
}

/// What may be typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// One line.
    Text,
    /// A number.
    Number,
    /// An e-mail address.
    Email,
    /// A secret line.
    Password,
    /// One of the options.
    Select,
    /// Several lines.
    Multiline,
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum StepEnd {
    /// It left its outputs.
    Ok,
    /// It did not.
    Failed,
    /// Its `when` was false.
    Skipped,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum CallEnd {
    /// An answer below 400.
    Ok,
    /// Any other answer, or none.
    Failed,
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

impl From<latchwork_model::ConnectorKind> for ConnectorKind {
    fn from(kind: latchwork_model::ConnectorKind) -> Self {
        match kind {
            latchwork_model::ConnectorKind::Rest => Self::Rest,
            latchwork_model::ConnectorKind::Graphql => Self::Graphql,
        }
    }
}

impl From<ConnectorKind> for latchwork_model::ConnectorKind {
    fn from(kind: ConnectorKind) -> Self {
        match kind {
            ConnectorKind::Rest => Self::Rest,
            ConnectorKind::Graphql => Self::Graphql,
        }
    }
}

impl From<latchwork_model::FieldType> for FieldType {
    fn from(field_type: latchwork_model::FieldType) -> Self {
        use latchwork_model::FieldType as Model;
        match field_type {
            Model::Text => Self::Text,
            Model::Number => Self::Number,
            Model::Email => Self::Email,
            Model::Password => Self::Password,
            Model::Select => Self::Select,
            Model::Multiline => Self::Multiline,
        }
    }
}

/// What a run is to do.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RunStart {
    /// The connector.
    pub connector_id: String,
    /// The document as it stands in the editor, saved or not.
    pub document: String,
    /// What to run.
    pub what: RunWhat,
    /// Answers of the last run are offered again, one-time codes apart.
    pub keep_answers: bool,
}

/// What a run runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RunWhat {
    /// Test auth steps, then the test request.
    AuthSteps,
    /// The test request, with cached outputs where there are any.
    TestRequest,
    /// An endpoint, with cached outputs where there are any.
    Endpoint {
        /// The endpoint.
        endpoint_id: String,
        /// Its inputs, as typed.
        inputs: std::collections::BTreeMap<String, String>,
    },
}

/// What happened in a run, for a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum RunUpdate {
    /// The run begins.
    RunStarted {
        /// The run's id.
        run: String,
        /// What it runs.
        what: RunWhat,
        /// When, in Unix seconds.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        started_at: i64,
    },
    /// A step begins.
    StepStarted {
        /// Its id.
        step: String,
        /// Its kind.
        #[serde(rename = "type")]
        kind: String,
        /// What people read.
        label: String,
    },
    /// A person is asked.
    FormRequested {
        /// The step that asks.
        step: String,
        /// The modal's title.
        title: String,
        /// What is asked.
        fields: Vec<FormField>,
        /// Why the last answer was not accepted.
        error: Option<String>,
    },
    /// A step is over.
    StepFinished {
        /// Its id.
        step: String,
        /// How it ended.
        status: StepEnd,
        /// Wall time.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        duration_ms: u64,
        /// Its outputs, masked.
        #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Any))]
        outputs: Value,
        /// What went over the wire, masked.
        exchange: Option<Exchange>,
        /// Why it failed.
        error: Option<AppError>,
    },
    /// The test request, or an endpoint's call, is over.
    TestFinished {
        /// How it ended.
        status: CallEnd,
        /// Wall time.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        duration_ms: u64,
        /// The answer's body, masked.
        #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Any))]
        body: Value,
        /// What went over the wire, masked.
        exchange: Option<Exchange>,
        /// Why it failed.
        error: Option<AppError>,
    },
    /// The run is over.
    RunFinished {
        /// Whether all of it worked.
        ok: bool,
        /// Wall time.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        duration_ms: u64,
        /// Why not.
        error: Option<AppError>,
    },
}

/// One field of a form, for a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct FormField {
    /// The output's name.
    pub key: String,
    /// What the person reads.
    pub label: String,
    /// What may be typed.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// Whether an empty answer is refused.
    pub required: bool,
    /// What is filled in.
    pub default: Option<String>,
    /// Shown in the empty field.
    pub placeholder: Option<String>,
    /// Shown below the field.
    pub help: Option<String>,
    /// What a select offers.
    pub options: Vec<FormOption>,
    /// A code that is never kept.
    pub one_time: bool,
    /// The last answer, filled in; never for a secret field.
    pub value: Option<String>,
    /// A secret kept from the last answer: leaving the field empty uses it.
    pub remembered: bool,
}

/// One choice of a select.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct FormOption {
    /// What is given back when it is chosen.
    pub value: String,
    /// What the person reads.
    pub label: String,
}

/// A run in the history.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RunSummary {
    /// The run's id.
    pub run: String,
    /// When, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub started_at: i64,
    /// What it ran.
    pub what: RunWhat,
    /// Whether all of it worked.
    pub ok: bool,
    /// Wall time.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub duration_ms: u64,
}

/// Who is signed in to a connector.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AuthStatus {
    /// Whether there are cached outputs.
    pub signed_in: bool,
    /// The steps that left them.
    pub step_ids: Vec<String>,
    /// When they expire, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub expires_at: Option<i64>,
    /// When they were stored, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub stored_at: Option<i64>,
}

/// The largest integer that a page's numbers hold exactly.
const SAFE_INTEGER: u64 = (1 << 53) - 1;

/// A value for a page: integers above 2^53 become text, so that none is shown wrong.
pub fn page_value(value: Value) -> Value {
    match value {
        Value::Number(number) => {
            let unsafe_integer = number.as_u64().is_some_and(|whole| whole > SAFE_INTEGER)
                || number
                    .as_i64()
                    .is_some_and(|whole| whole.unsigned_abs() > SAFE_INTEGER);
            if unsafe_integer {
                Value::String(number.to_string())
            } else {
                Value::Number(number)
            }
        }
        Value::Array(items) => Value::Array(items.into_iter().map(page_value).collect()),
        Value::Object(members) => Value::Object(page_members(members)),
        other => other,
    }
}

fn page_members(members: Map<String, Value>) -> Map<String, Value> {
    members
        .into_iter()
        .map(|(name, value)| (name, page_value(value)))
        .collect()
}

impl RunUpdate {
    /// An engine's event for a window; `None` where the studio's own host tells it in another way.
    pub(crate) fn of(event: RunEvent) -> Option<Self> {
        Some(match event {
            RunEvent::RunStarted { .. } | RunEvent::FormRequested { .. } => return None,
            RunEvent::StepStarted { step, kind, label } => Self::StepStarted {
                step,
                kind: kind.to_owned(),
                label,
            },
            RunEvent::StepFinished {
                step,
                status,
                duration_ms,
                outputs,
                exchange,
                error,
            } => Self::StepFinished {
                step,
                status: match status {
                    StepStatus::Ok => StepEnd::Ok,
                    StepStatus::Failed => StepEnd::Failed,
                    StepStatus::Skipped => StepEnd::Skipped,
                },
                duration_ms,
                outputs: Value::Object(page_members(outputs)),
                exchange: exchange.map(|exchange| *exchange),
                error: error.map(Into::into),
            },
            RunEvent::TestFinished {
                status,
                duration_ms,
                body,
                exchange,
                error,
            } => Self::TestFinished {
                status: match status {
                    TestStatus::Http(status) if status < 400 => CallEnd::Ok,
                    _ => CallEnd::Failed,
                },
                duration_ms,
                body: page_value(body),
                exchange: exchange.map(|exchange| *exchange),
                error: error.map(Into::into),
            },
            RunEvent::RunFinished {
                ok,
                duration_ms,
                error,
            } => Self::RunFinished {
                ok,
                duration_ms,
                error: error.map(Into::into),
            },
        })
    }
}

impl FormField {
    /// A field for a window, with what was answered before.
    pub(crate) fn of(field: &FieldRequest, remembered: Option<&Value>) -> Self {
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let secret = field.is_secret();
        Self {
            key: field.key.clone(),
            label: field.label.clone(),
            field_type: field.field_type.into(),
            required: field.required,
            default: field.default.clone(),
            placeholder: field.placeholder.clone(),
            help: field.help.clone(),
            options: field
                .options
                .iter()
                .map(|option| FormOption {
                    value: text(&option.value),
                    label: option.label.clone(),
                })
                .collect(),
            one_time: field.one_time,
            value: if secret { None } else { remembered.map(text) },
            remembered: secret && remembered.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::page_value;

    #[test]
    fn integers_that_a_page_would_round_become_text() {
        let value = json!({ "a": [9_007_199_254_740_991_u64, 9_007_199_254_740_993_u64, -9_007_199_254_740_993_i64, 1.5] });
        assert_eq!(
            page_value(value),
            json!({ "a": [9_007_199_254_740_991_u64, "9007199254740993", "-9007199254740993", 1.5] })
        );
    }
}
