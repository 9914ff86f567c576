//! The shape of an imitation.

use std::collections::BTreeMap;

use latchwork_testkit::Route;
use serde::Deserialize;
use serde_json::{Map, Value};

/// One imitation of a provider, what is done, and what is to come of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imitation {
    /// Which documented shape it shows.
    #[serde(rename = "about")]
    _about: String,
    /// The catalogue's entry.
    pub entry: String,
    /// What whoever made the connector their own filled in. `{{RSA_KEY}}` in it is a private key, as JSON has it.
    #[serde(default)]
    pub variables: Map<String, Value>,
    /// What a person answers a step's form with.
    #[serde(default)]
    pub answers: BTreeMap<String, Value>,
    /// The ID token of a single sign-on session.
    #[serde(default)]
    pub sso: Option<String>,
    /// Where the browser is sent, and what it comes back with; `state` is added.
    #[serde(default)]
    pub browser: Option<Browser>,
    /// The provider's hosts, and what they answer.
    pub hosts: BTreeMap<String, Vec<Route>>,
    #[serde(default = "sign_in_and_test")]
    pub run: Vec<Action>,
    pub expect: Expect,
}

/// A sign-in in the browser.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Browser {
    /// The authorization address without its query.
    pub address: String,
    /// A subset of its parameters.
    pub parameters: Value,
    /// What is added to the redirect address.
    pub callback: Map<String, Value>,
}

/// One thing that is done.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The auth flow.
    SignIn,
    /// The test request; an ended session is renewed, and the request sent once more.
    Test,
    /// A new run that takes the cached outputs of the one before, through JSON, as another process would.
    Restart,
    /// So many seconds go by; a session that is over by its own word is then renewed.
    #[serde(untagged)]
    Later {
        /// Seconds.
        later: u64,
    },
    /// A call of an endpoint, renewed as the test request is.
    #[serde(untagged)]
    Call {
        /// The endpoint.
        call: String,
        #[serde(default)]
        inputs: Map<String, Value>,
    },
}

/// What is to come of it. What is left out is not looked at, but for `error`: where it is left out nothing may fail.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// A subset of the fault that ended it.
    #[serde(default)]
    pub error: Option<Value>,
    /// All requests that a host saw, each a subset of `{ method, path, headers, body }`; the body whole.
    pub requests: BTreeMap<String, Vec<Value>>,
    /// A subset of these steps' outputs.
    #[serde(default)]
    pub outputs: BTreeMap<String, Value>,
    /// A subset of the last answer.
    #[serde(default)]
    pub answer: Option<Value>,
    /// A subset of each form as it was asked: `{ step, fields }`.
    #[serde(default)]
    pub forms: Option<Value>,
    /// Who the account is.
    #[serde(default)]
    pub account_name: Option<String>,
    /// The header and a subset of the claims of the assertion in a token request.
    #[serde(default)]
    pub assertion: Option<Value>,
}

fn sign_in_and_test() -> Vec<Action> {
    vec![Action::SignIn, Action::Test]
}
