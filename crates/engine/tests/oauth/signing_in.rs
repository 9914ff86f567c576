//! What the tests share: a connector of one OAuth step, and a run whose browser is the test.

use std::time::Duration;

use latchwork_engine::{CachedOutputs, Engine, Fault, RunEvent, RunInput};
use latchwork_model::{Connector, read_connector};
use latchwork_testkit::oauth::{AuthorizationServer, Endpoint, Script};
use latchwork_testkit::oidc::Browser;
use latchwork_testkit::{FakeHost, Visits};
use serde_json::{Map, Value, json};

/// Fails a test that hangs.
pub(crate) async fn in_time<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_mins(1), work)
        .await
        .expect("it ends in time")
}

/// A connector with these steps.
pub(crate) fn connector_of(steps: &Value) -> Connector {
    connector_with(steps, &json!([]))
}

/// A connector with these steps and origins.
pub(crate) fn connector_with(steps: &Value, allowed_origins: &Value) -> Connector {
    let file = json!({
        "format": "latchwork.connector/1", "name": "Signing in", "kind": "rest",
        "base_url": "http://127.0.0.1:9", "allowed_origins": allowed_origins,
        "auth": { "method": "multistep", "steps": steps },
    });
    read_connector(&file.to_string()).expect("a valid connector")
}

/// A step with the server's endpoints, its client, and these members over them.
pub(crate) fn step(server: &AuthorizationServer, kind: &str, members: Value) -> Value {
    let mut step = json!({
        "id": "oauth", "type": kind,
        "client_id": server.client_id(), "client_secret": server.client_secret(),
        "token_url": server.url(Endpoint::Token),
    });
    if matches!(kind, "oauth2_authorization_code" | "oauth2_pkce") {
        step["authorization_url"] = server.url(Endpoint::Authorization).into();
    }
    if kind == "oauth2_device_code" {
        step["device_authorization_url"] = server.url(Endpoint::DeviceAuthorization).into();
    }
    put(&mut step, members);
    step
}

/// Adds members; null takes one away.
pub(crate) fn put(object: &mut Value, members: Value) {
    let (Value::Object(object), Value::Object(members)) = (object, members) else {
        panic!("both are objects");
    };
    for (name, value) in members {
        if value.is_null() {
            object.remove(&name);
        } else {
            object.insert(name, value);
        }
    }
}

/// How a run ended.
pub(crate) struct Ended {
    pub result: Result<CachedOutputs, Fault>,
    pub events: Vec<RunEvent>,
}

impl Ended {
    /// The outputs of the step `oauth`.
    pub(crate) fn outputs(&self) -> &Map<String, Value> {
        match &self.result {
            Ok(cached) => &cached.outputs["oauth"],
            Err(fault) => panic!("it failed: {} {}", fault.code, fault.message),
        }
    }

    /// An output's text.
    pub(crate) fn text(&self, name: &str) -> &str {
        let outputs = self.outputs();
        outputs
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("no text `{name}` in {:?}", outputs.keys()))
    }

    /// The fault that ended it.
    pub(crate) fn fault(&self) -> &Fault {
        match &self.result {
            Ok(cached) => panic!("it worked: {:?}", cached.outputs.keys()),
            Err(fault) => fault,
        }
    }

    /// The codes of callbacks that were refused meanwhile.
    pub(crate) fn refusals(&self) -> Vec<&'static str> {
        let refused = self.events.iter().filter_map(|event| match event {
            RunEvent::CallbackRefused { error, .. } => Some(error.code.as_str()),
            _ => None,
        });
        refused.collect()
    }
}

/// Runs a connector's flow while `play` is the person at the browser.
pub(crate) async fn run<F: Future<Output = ()>>(
    engine: &Engine,
    connector: &Connector,
    input: RunInput,
    play: impl FnOnce(Visits) -> F,
) -> Ended {
    let (host, visits) = FakeHost::with_browser();
    run_with(engine, connector, input, host, play(visits)).await
}

/// Runs a connector's flow beside something else; the flow's end is the end.
pub(crate) async fn run_with(
    engine: &Engine,
    connector: &Connector,
    input: RunInput,
    host: FakeHost,
    beside: impl Future<Output = ()>,
) -> Ended {
    in_time(async {
        let mut run = engine.run(connector, input, &host).expect("a run");
        let result = {
            let flow = run.auth_flow();
            tokio::pin!(flow, beside);
            let mut done = false;
            loop {
                tokio::select! {
                    result = &mut flow => break result,
                    () = &mut beside, if !done => done = true,
                }
            }
        };
        let result = result.map(|()| run.cached_outputs());
        Ended {
            result: result.map_err(|failure| failure.fault),
            events: host.events(),
        }
    })
    .await
}

/// The person goes wherever they are sent, and agrees, as often as it is asked.
pub(crate) async fn agreeing(mut visits: Visits) {
    let browser = Browser::new();
    while let Some(visit) = visits.recv().await {
        browser.sign_in(visit.url.as_str()).await;
    }
}

/// The person goes to the same address so many times.
pub(crate) async fn trying(mut visits: Visits, times: usize) {
    let browser = Browser::new();
    while let Some(visit) = visits.recv().await {
        for _ in 0..times {
            browser.sign_in(visit.url.as_str()).await;
        }
    }
}

/// Signs in once at a server that follows a script, with an authorization code step that has these members.
pub(crate) async fn sign_in(script: Script, members: Value) -> (AuthorizationServer, Ended) {
    let server = AuthorizationServer::start(script).await;
    let step = step(&server, "oauth2_authorization_code", members);
    let ended = run(
        &Engine::default(),
        &connector_of(&json!([step])),
        RunInput::default(),
        agreeing,
    )
    .await;
    (server, ended)
}

/// Gets a token without a person, with a client credentials step that has these members.
pub(crate) async fn client_credentials(
    script: Script,
    members: Value,
) -> (AuthorizationServer, Ended) {
    let server = AuthorizationServer::start(script).await;
    let step = step(&server, "oauth2_client_credentials", members);
    let ended = run_with(
        &Engine::default(),
        &connector_of(&json!([step])),
        RunInput::default(),
        FakeHost::new(),
        async {},
    )
    .await;
    (server, ended)
}
