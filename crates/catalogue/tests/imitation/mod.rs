//! How an imitation is run.

mod file;
mod judge;
mod person;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use latchwork_engine::{
    Attempt, Call, CallAnswer, Called, Clock as _, Engine, Run, RunFailure, RunInput,
    SystemRandomness,
};
use latchwork_model::{Connector, RedirectKind, read_connector};
use latchwork_testkit::{Certificates, FaultServer, FixedClock, PendingServer, ProxyServer};
use serde_json::{Value, json};

use file::{Action, Imitation};
use person::Person;

/// No imitation takes longer, whatever hangs in it.
const LIMIT: Duration = Duration::from_secs(30);
/// The time that it is: 14 November 2023, 22:13:20 UTC.
const NOW: i64 = 1_700_000_000;
/// A private key that is good for nothing but tests.
const RSA_KEY: &str = include_str!("../../../engine/src/template/tests/keys/rsa_pkcs8.pem");

/// What came of it.
pub struct Outcome {
    error: Option<Value>,
    answer: Option<Value>,
    outputs: BTreeMap<String, Value>,
    account_name: Option<String>,
    requests: BTreeMap<String, Vec<Value>>,
    unknown_hosts: Vec<String>,
}

/// Runs an imitation, and says what is not as expected.
pub fn run(path: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let key = Value::String(RSA_KEY.to_owned()).to_string();
    // Within a text that is itself JSON.
    let key = Value::String(key.trim_matches('"').to_owned()).to_string();
    let text = text.replace("{{RSA_KEY}}", key.trim_matches('"'));
    let imitation: Imitation = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        tokio::time::timeout(LIMIT, play(&imitation))
            .await
            .map_err(|_| format!("not over after {LIMIT:?}"))?
    })
}

async fn play(imitation: &Imitation) -> Result<(), String> {
    let certificates = Certificates::default();
    let mut servers = BTreeMap::new();
    for (host, routes) in &imitation.hosts {
        let server = PendingServer::bind()
            .await
            .secure()
            .serve(routes.clone(), Some(certificates.for_host(host)));
        servers.insert(host.clone(), server);
    }
    let addresses = servers
        .iter()
        .map(|(host, server)| (host.clone(), server.address()))
        .collect();
    let tunnel = ProxyServer::for_hosts(addresses).await;
    let connector = redirected(imitation, &tunnel, &certificates)?;
    let person = Person::of(imitation);
    let mut outcome = execute(imitation, &connector, &person).await;
    outcome.unknown_hosts = tunnel.unknown();
    outcome.requests = seen(&servers);
    judge::judge(imitation, &person, &outcome).map_err(|wrong| {
        let requests = serde_json::to_string_pretty(&outcome.requests).unwrap_or_default();
        format!(
            "{wrong}\n\nerror: {:?}\n\nrequests: {requests}",
            outcome.error
        )
    })
}

/// The entry's file with a way to the imitation, and nothing else changed.
fn redirected(
    imitation: &Imitation,
    tunnel: &ProxyServer,
    certificates: &Certificates,
) -> Result<Connector, String> {
    let entry = latchwork_catalogue::find(&imitation.entry)
        .ok_or_else(|| format!("there is no entry `{}`", imitation.entry))?;
    let mut file: Value = serde_json::from_str(entry.file).map_err(|error| error.to_string())?;
    if !file["network"].is_null() {
        return Err("the entry has a network of its own".to_owned());
    }
    file["network"] = json!({
        "proxy": format!("http://{}", tunnel.address()), "ca_certificate": certificates.authority_pem(),
    });
    read_connector(&file.to_string()).map_err(|error| error.to_string())
}

fn seen(servers: &BTreeMap<String, FaultServer>) -> BTreeMap<String, Vec<Value>> {
    let requests = |server: &FaultServer| {
        let requests = server.requests();
        requests
            .iter()
            .map(latchwork_testkit::SeenRequest::to_json)
            .collect()
    };
    servers
        .iter()
        .map(|(host, server)| (host.clone(), requests(server)))
        .collect()
}

async fn execute(imitation: &Imitation, connector: &Connector, person: &Person<'_>) -> Outcome {
    let clock = Arc::new(FixedClock::at(NOW));
    let engine = Engine::new(clock.clone(), Arc::new(SystemRandomness::default()));
    let input = RunInput {
        variables: imitation.variables.clone(),
        redirect: Some(RedirectKind::Paste),
        ..RunInput::default()
    };
    let mut outcome = Outcome {
        error: None,
        answer: None,
        outputs: BTreeMap::new(),
        account_name: None,
        requests: BTreeMap::new(),
        unknown_hosts: Vec::new(),
    };
    let mut run = match engine.run(connector, input.clone(), person) {
        Ok(run) => run,
        Err(error) => {
            outcome.error = Some(Value::String(error.to_string()));
            return outcome;
        }
    };
    let result = async {
        for action in &imitation.run {
            match action {
                Action::SignIn => run.auth_flow().await?,
                Action::Restart => {
                    let cached = serde_json::to_string(&run.cached_outputs()).expect("JSON");
                    run = engine.run(connector, input.clone(), person)?;
                    run.restore(serde_json::from_str(&cached).expect("it comes back"));
                }
                Action::Later { later } => {
                    clock.wait(Duration::from_secs(*later)).await;
                    if let Some(reason) = run.refresh_due(None) {
                        run.refresh(reason).await?;
                    }
                }
                Action::Test => outcome.answer = call(&mut run, Call::Test).await?,
                Action::Call { call: id, inputs } => {
                    let endpoint = connector.endpoint(id).expect("the endpoint is there");
                    outcome.answer = call(&mut run, Call::Endpoint(endpoint, inputs)).await?;
                }
            }
        }
        Ok::<(), RunFailure>(())
    };
    if let Err(failure) = result.await {
        outcome.error = serde_json::to_value(&failure.fault).ok();
    }
    outcome.account_name = run.account_name();
    for step in &connector.auth.plan().steps {
        if let Some(outputs) = run.step_outputs(&step.id) {
            let outputs = Value::Object(outputs.clone());
            outcome.outputs.insert(step.id.clone(), outputs);
        }
    }
    outcome
}

async fn call(run: &mut Run<'_>, call: Call<'_>) -> Result<Option<Value>, RunFailure> {
    let called = match run.call(call, Attempt::First).await? {
        Called::SessionOver(_, reason) => {
            run.refresh(reason).await?;
            run.call(call, Attempt::Last).await?
        }
        called => called,
    };
    let shown = |answer: CallAnswer| json!({ "status": answer.status, "headers": answer.headers, "body": answer.body });
    Ok(called.answer().map(shown))
}
