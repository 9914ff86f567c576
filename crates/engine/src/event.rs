//! What a run tells its host, as it happens. Names and members are CONTRACT section 3's; values are masked here,
//! before anyone hears of them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::Fault;

/// One thing that happened in a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum RunEvent {
    /// The run begins.
    RunStarted {
        /// The run's id.
        run: String,
    },
    /// A part of the flow runs: these steps are as they were and keep what they left in an earlier run.
    StepsKept {
        /// Their ids.
        steps: Vec<String>,
    },
    /// A step begins.
    StepStarted {
        /// Its id.
        step: String,
        /// Its kind, as in a file.
        #[serde(rename = "type")]
        kind: &'static str,
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
        fields: Vec<FieldRequest>,
    },
    /// The browser is to go to an address.
    BrowserRequested {
        /// The step that asks.
        step: String,
        /// The address; it holds the state, and is for the browser alone.
        url: String,
        /// Where the browser comes back to.
        redirect_uri: String,
        /// Seconds until the wait is over.
        expires_in: u64,
    },
    /// The browser came back; the code is being exchanged.
    BrowserReturned {
        /// The step that asked.
        step: String,
    },
    /// A callback of this run was not taken; the step waits on.
    CallbackRefused {
        /// The step that asked.
        step: String,
        /// Why.
        error: Fault,
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
        #[serde(skip_serializing_if = "Option::is_none")]
        verification_uri_complete: Option<String>,
        /// Seconds until the code runs out.
        expires_in: u64,
    },
    /// A step is over.
    StepFinished {
        /// Its id.
        step: String,
        /// How it ended.
        status: StepStatus,
        /// Wall time.
        duration_ms: u64,
        /// Its outputs, masked; empty where it failed or was skipped.
        outputs: Map<String, Value>,
        /// What went over the wire, masked; absent for steps that send nothing.
        #[serde(skip_serializing_if = "Option::is_none")]
        exchange: Option<Box<Exchange>>,
        /// Why it failed.
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<Fault>,
    },
    /// The answer to the test request, or to an endpoint's call, says that the session is over. It is renewed, and the
    /// call is sent once more.
    CallRefused {
        /// The answer's status.
        status: u16,
        /// Nothing was sent: a person asked what such an answer would do.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        simulated: bool,
        /// Wall time.
        duration_ms: u64,
        /// The answer's body, masked: JSON where it is JSON, else text.
        body: Value,
        /// What went over the wire, masked.
        #[serde(skip_serializing_if = "Option::is_none")]
        exchange: Option<Box<Exchange>>,
    },
    /// The session is being renewed.
    RefreshStarted {
        /// Why: `status_401`, `condition`, `expired`, `before_expiry`, `asked`.
        reason: String,
    },
    /// The session's renewal is over.
    RefreshFinished {
        /// How it ended.
        status: RefreshStatus,
        /// The steps and outputs that took new values.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        updated: Vec<String>,
        /// Why it failed.
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<Fault>,
    },
    /// The test request, or an endpoint's call, is over.
    TestFinished {
        /// How it ended.
        status: TestStatus,
        /// Wall time.
        duration_ms: u64,
        /// The answer's body, masked: JSON where it is JSON, else text.
        body: Value,
        /// What went over the wire, masked.
        #[serde(skip_serializing_if = "Option::is_none")]
        exchange: Option<Box<Exchange>>,
        /// Why it failed.
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<Fault>,
    },
    /// The run is over; always the last.
    RunFinished {
        /// Whether all of it worked.
        ok: bool,
        /// Wall time.
        duration_ms: u64,
        /// Why not.
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<Fault>,
    },
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepStatus {
    /// It left its outputs.
    Ok,
    /// It did not.
    Failed,
    /// Its `when` was false.
    Skipped,
}

/// How a refresh ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefreshStatus {
    /// The session is new.
    Ok,
    /// A passing fault was in the way: it may work the next time.
    Failed,
    /// The provider refused: the person signs in again.
    Refused,
    /// It needs its person.
    NeedsYou,
}

/// How a test request ended: the HTTP status where there was an answer, a word where there was none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum TestStatus {
    /// The answer's status.
    Http(u16),
    /// No answer came.
    NoAnswer(NoAnswer),
}

/// The word for an answer that never came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoAnswer {
    /// The request failed.
    Failed,
}

/// One field of a form, as a host shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldRequest {
    /// The output's name.
    pub key: String,
    /// What the person reads.
    pub label: String,
    /// `text`, `number`, `email`, `password`, `select` or `multiline`.
    #[serde(rename = "type")]
    pub field_type: latchwork_model::FieldType,
    /// Whether an empty answer is refused.
    pub required: bool,
    /// What is filled in; never for a secret field.
    pub default: Option<String>,
    /// Shown in the empty field.
    pub placeholder: Option<String>,
    /// Shown below the field.
    pub help: Option<String>,
    /// What a select offers.
    pub options: Vec<FieldOption>,
    /// A code that is never stored nor replayed.
    pub one_time: bool,
}

impl FieldRequest {
    /// Whether what is typed is masked wherever it turns up.
    pub fn is_secret(&self) -> bool {
        self.one_time || self.field_type == latchwork_model::FieldType::Password
    }
}

/// One choice of a select; its value may be any JSON that came out of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldOption {
    /// The output when it is chosen.
    pub value: Value,
    /// What the person reads.
    pub label: String,
}

/// A request and its answer, masked and cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Exchange {
    /// What was sent.
    pub request: SentRequest,
    /// What came, where anything did.
    pub response: Option<ReceivedResponse>,
    /// The redirects that were followed, in order.
    pub redirects: Vec<Hop>,
    /// How long it took.
    pub timing: Timing,
    /// How often the request was sent: a poll sends it until its condition holds, and shows the last time.
    #[serde(default = "once")]
    pub attempts: u32,
}

const fn once() -> u32 {
    1
}

/// A request as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SentRequest {
    /// The method.
    pub method: String,
    /// The address.
    pub url: String,
    /// The headers that the connector set.
    pub headers: Vec<Header>,
    /// The body, where there is one.
    pub body: Option<String>,
}

/// An answer as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ReceivedResponse {
    /// Such as `HTTP/1.1`.
    pub http_version: String,
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<Header>,
    /// The body as text, cut to 64 KiB.
    pub body: String,
    /// How long the body was, in bytes, unpacked.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub body_bytes: u64,
    /// Whether `body` is less than what came.
    pub truncated: bool,
}

/// A header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A redirect that was followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Hop {
    /// The status that redirected.
    pub status: u16,
    /// Where to.
    pub url: String,
}

/// How long an exchange took, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Timing {
    /// From the first byte sent to the last received, redirects included.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub total_ms: u64,
    /// To the last answer's headers.
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub first_byte_ms: Option<u64>,
    /// Of these, finding the addresses of names; nothing where a connection was open already, or the host is no name.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub resolve_ms: Option<u64>,
    /// Of these, until connections stood, names and TLS included; nothing where one was open already.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub connect_ms: Option<u64>,
}
