//! A run for a window: what it is to do, what happens in it, and its line in the history.
//!
//! Secrets are masked by the engine before they come here.

use latchwork_engine::{Exchange, RunEvent, StepStatus, TestStatus};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::AppError;
use super::form::FormField;
use super::page_value::{page_members, page_value};

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
    /// The account; the one in use where left out.
    #[serde(default)]
    pub account: Option<String>,
}

/// What a run runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RunWhat {
    /// Test auth steps, then the test request.
    AuthSteps,
    /// One step of the auth flow, and those before it that changed since they last ran.
    Step {
        /// The step.
        step: String,
    },
    /// *Test auth steps* from a step on.
    FromStep {
        /// The step.
        step: String,
    },
    /// The test request, with cached outputs where there are any.
    TestRequest,
    /// An endpoint, with cached outputs where there are any.
    Endpoint {
        /// The endpoint.
        endpoint_id: String,
        /// Its inputs, as typed.
        inputs: std::collections::BTreeMap<String, String>,
    },
    /// The auth flow, for an account; what it leaves is kept.
    SignIn {
        /// The account's name.
        account: String,
    },
    /// *Test refresh flow*: the account's session is renewed, after a sign-in where there is none, and the test request
    /// is sent with what came.
    RefreshFlow,
    /// *Simulate 401*: the test request as if the API had answered it with 401.
    #[serde(rename = "simulate_401")]
    Simulate401,
    /// The steps with shared credentials and what they need; what they leave is kept for everyone.
    SharedSignIn,
    /// The person's sign-in with single sign-on, which a command of its own starts.
    SsoSignIn,
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
    /// Steps that are as they were keep what they left in the last run.
    StepsKept {
        /// Their ids.
        steps: Vec<String>,
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
    /// The browser is to go to a provider. The address itself, which holds the state, stays in the core.
    BrowserRequested {
        /// The step that asks.
        step: String,
        /// The provider's host, for people.
        provider: String,
        /// Where the browser comes back to.
        redirect_uri: String,
        /// How it comes back.
        returns_by: ReturnsBy,
        /// When the wait is over, in Unix seconds.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        expires_at: i64,
    },
    /// The browser came back; the code is being exchanged.
    BrowserReturned {
        /// The step that asked.
        step: String,
    },
    /// A callback was not taken; the step waits on.
    CallbackRefused {
        /// The step that asked.
        step: String,
        /// Why.
        error: AppError,
    },
    /// A code is to be entered elsewhere.
    DeviceCodeRequested {
        /// The step that asks.
        step: String,
        /// The code.
        user_code: String,
        /// Where it is entered.
        verification_uri: String,
        /// Where, with the code in the address.
        verification_uri_complete: Option<String>,
        /// When the code runs out, in Unix seconds.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        expires_at: i64,
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
    /// The answer to a call says that the session is over: it is renewed, and the call is sent once more.
    CallRefused {
        /// The answer's status.
        status: u16,
        /// Nothing was sent: *Simulate 401*.
        simulated: bool,
        /// Wall time.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        duration_ms: u64,
        /// The answer's body, masked.
        #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Any))]
        body: Value,
        /// What went over the wire, masked.
        exchange: Option<Exchange>,
    },
    /// The session is being renewed.
    RefreshStarted {
        /// Why: `status_401`, `condition`, `expired`, `before_expiry`, `asked`.
        reason: String,
    },
    /// The session's renewal is over.
    RefreshFinished {
        /// How it ended.
        status: RefreshEnd,
        /// The steps and outputs that took new values.
        updated: Vec<String>,
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

impl RunUpdate {
    /// An engine's event for a window; `None` where the studio's own host tells it in another way.
    pub(crate) fn of(event: RunEvent) -> Option<Self> {
        Some(match event {
            RunEvent::RunStarted { .. }
            | RunEvent::FormRequested { .. }
            | RunEvent::BrowserRequested { .. }
            | RunEvent::DeviceCodeRequested { .. } => return None,
            RunEvent::CallRefused {
                status,
                simulated,
                duration_ms,
                body,
                exchange,
            } => Self::CallRefused {
                status,
                simulated,
                duration_ms,
                body: page_value(body),
                exchange: exchange.map(|exchange| *exchange),
            },
            RunEvent::RefreshStarted { reason } => Self::RefreshStarted { reason },
            RunEvent::RefreshFinished {
                status,
                updated,
                error,
            } => Self::RefreshFinished {
                status: status.into(),
                updated,
                error: error.map(Into::into),
            },
            RunEvent::BrowserReturned { step } => Self::BrowserReturned { step },
            RunEvent::CallbackRefused { step, error } => Self::CallbackRefused {
                step,
                error: error.into(),
            },
            RunEvent::StepsKept { steps } => Self::StepsKept { steps },
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
                    TestStatus::Http(status) if status < 400 && error.is_none() => CallEnd::Ok,
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

/// How a session's renewal ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum RefreshEnd {
    /// The session is new.
    Ok,
    /// A passing fault was in the way.
    Failed,
    /// The provider refused: the person signs in again.
    Refused,
    /// It needs its person.
    NeedsYou,
}

impl From<latchwork_engine::RefreshStatus> for RefreshEnd {
    fn from(status: latchwork_engine::RefreshStatus) -> Self {
        match status {
            latchwork_engine::RefreshStatus::Ok => Self::Ok,
            latchwork_engine::RefreshStatus::Failed => Self::Failed,
            latchwork_engine::RefreshStatus::Refused => Self::Refused,
            latchwork_engine::RefreshStatus::NeedsYou => Self::NeedsYou,
        }
    }
}

/// How a browser comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ReturnsBy {
    /// To a listener on this machine.
    Loopback,
    /// By an address that the system hands over.
    DeepLink,
    /// A person pastes the address.
    Paste,
}

impl From<latchwork_model::RedirectKind> for ReturnsBy {
    fn from(kind: latchwork_model::RedirectKind) -> Self {
        match kind {
            latchwork_model::RedirectKind::Loopback => Self::Loopback,
            latchwork_model::RedirectKind::DeepLink => Self::DeepLink,
            latchwork_model::RedirectKind::Paste => Self::Paste,
        }
    }
}

impl From<ReturnsBy> for latchwork_model::RedirectKind {
    fn from(returns_by: ReturnsBy) -> Self {
        match returns_by {
            ReturnsBy::Loopback => Self::Loopback,
            ReturnsBy::DeepLink => Self::DeepLink,
            ReturnsBy::Paste => Self::Paste,
        }
    }
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
    /// An answer below 400, in GraphQL one without errors.
    Ok,
    /// Any other answer, or none.
    Failed,
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
