//! The shape of a scenario file.
//!
//! In all its texts `{{SERVER}}` stands for the origin of the server named `server`, `{{OTHER}}` for that of
//! `other`, and so on; `{{SERVER_HOST}}` and `{{SERVER_PORT}}` for its host with port and its port, `{{CLOSED}}` for
//! an origin where nobody listens, `"{{CA}}"` for the certificate of the test's authority.

use std::collections::BTreeMap;

use latchwork_testkit::{Route, TlsKind};
use serde::Deserialize;
use serde_json::{Map, Value};

/// One scenario.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it shows, with the contract's or the safety statement's words.
    #[serde(rename = "about")]
    _about: String,
    #[serde(default)]
    pub servers: BTreeMap<String, Server>,
    /// A whole connector file.
    pub connector: Value,
    /// Answers by step: an object, a list of them for one asking after another, `"declines"` or `"nobody"`.
    #[serde(default)]
    pub answers: BTreeMap<String, Answers>,
    #[serde(default)]
    pub variables: Map<String, Value>,
    #[serde(default)]
    pub account: Option<String>,
    #[serde(default)]
    pub approved_origins: Vec<String>,
    #[serde(default)]
    pub timeout_seconds: Option<f64>,
    #[serde(default)]
    pub reveal: bool,
    /// The time that it is, in Unix seconds.
    #[serde(default = "noon")]
    pub now: i64,
    /// What is done, in order, until something fails.
    #[serde(default = "auth_and_test")]
    pub run: Vec<Action>,
    pub expect: Expect,
}

/// A server.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    #[serde(default)]
    pub tls: Option<TlsKind>,
    #[serde(default)]
    pub routes: Vec<Route>,
}

/// What a step's form is answered with.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Answers {
    Several(Vec<Value>),
    One(Value),
}

/// One thing that is done.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    AuthFlow,
    TestRequest,
    /// A new run that takes the cached outputs of the one before, through JSON.
    Restart,
    /// A new run that takes nothing.
    Afresh,
    #[serde(untagged)]
    Call {
        call: String,
        #[serde(default)]
        inputs: Map<String, Value>,
    },
}

/// What is to come of it. What is left out is not looked at, but for `error`: where it is left out nothing may fail.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// A subset of the fault.
    #[serde(default)]
    pub error: Option<Value>,
    /// Exactly these outputs of these steps; null where a step left none.
    #[serde(default)]
    pub outputs: BTreeMap<String, Value>,
    /// All requests that a server saw, each a subset of `{ method, path, headers, body }`.
    #[serde(default)]
    pub requests: BTreeMap<String, Vec<Value>>,
    /// All events, each a subset.
    #[serde(default)]
    pub events: Option<Value>,
    /// A subset of the last answer: `{ status, headers, body, bytes }`.
    #[serde(default)]
    pub answer: Option<Value>,
    /// A subset of each form as it was asked, second askings too.
    #[serde(default)]
    pub forms: Option<Value>,
    /// Exactly what is cached.
    #[serde(default)]
    pub cached: Option<Value>,
    /// For how long the clock was waited for.
    #[serde(default)]
    pub waited_seconds: Option<u64>,
    /// Texts that are in no event and no error: not as they are, not encoded.
    #[serde(default)]
    pub never: Vec<String>,
    /// Texts that are in some event all the same, so that `never` is not true for lack of events.
    #[serde(default)]
    pub shown: Vec<String>,
}

const fn noon() -> i64 {
    1_700_000_000
}

fn auth_and_test() -> Vec<Action> {
    vec![Action::AuthFlow, Action::TestRequest]
}
