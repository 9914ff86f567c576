//! What the tests share: a connector that signs, and one call of it at a server that keeps what it got.

use std::sync::Arc;
use std::time::Duration;

use latchwork_engine::{Attempt, Call, CallAnswer, Engine, Fault, RunEvent, RunInput};
use latchwork_model::{Connector, Request, read_connector};
use latchwork_testkit::{FakeHost, FixedClock, FixedRandomness};
use serde_json::{Value, json};

/// A connector at this address with these auth members.
pub(crate) fn connector(base_url: &str, auth: &Value) -> Connector {
    let file = json!({
        "format": "latchwork.connector/1", "name": "Signing", "kind": "rest",
        "base_url": base_url, "auth": auth,
    });
    read_connector(&file.to_string()).expect("a valid connector")
}

/// A multistep auth without steps that signs so.
pub(crate) fn signing(signing: &Value) -> Value {
    json!({ "method": "multistep", "steps": [], "request_parameters": [], "signing": signing })
}

/// A request out of JSON.
pub(crate) fn request(request: &Value) -> Request {
    serde_json::from_value(request.clone()).expect("a request")
}

/// What came of a call.
pub(crate) struct Called {
    pub answer: Result<CallAnswer, Fault>,
    pub events: Vec<RunEvent>,
}

impl Called {
    /// All that was told of it, as text.
    pub(crate) fn told(&self) -> String {
        let events = serde_json::to_string(&self.events).expect("events are JSON");
        let fault = self.answer.as_ref().err();
        events + &serde_json::to_string(&fault).expect("a fault is JSON")
    }
}

/// Makes a call at this time.
pub(crate) async fn call(connector: &Connector, now: i64, sent: &Request) -> Called {
    let clock = Arc::new(FixedClock::at(now));
    let engine = Engine::new(clock, Arc::new(FixedRandomness::default()));
    let host = FakeHost::new();
    let work = async {
        let mut run = engine.run(connector, RunInput::default(), &host)?;
        run.auth_flow().await?;
        run.call(Call::Request(sent), Attempt::Last).await
    };
    let result = tokio::time::timeout(Duration::from_mins(1), work)
        .await
        .expect("it ends in time");
    Called {
        answer: result
            .map(|called| called.answer().expect("there is an answer"))
            .map_err(|failure| failure.fault),
        events: host.events(),
    }
}
