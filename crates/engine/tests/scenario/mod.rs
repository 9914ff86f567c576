//! How a scenario file is run and judged.

mod expect;
mod file;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use latchwork_engine::{Attempt, Call, CallAnswer, Engine, RunFailure, RunInput};
use latchwork_model::{Connector, read_connector};
use latchwork_testkit::{
    Asked, Certificates, FakeHost, FaultServer, FixedClock, FixedRandomness, PendingServer,
};
use serde_json::{Value, json};

use file::{Action, Answers, Scenario};

/// No scenario takes longer, whatever hangs in it.
const LIMIT: Duration = Duration::from_secs(30);

/// What came of a scenario.
pub struct Outcome {
    /// The failure that ended it, or how it could not begin.
    pub error: Option<Value>,
    /// The last answer to a test request or a call.
    pub answer: Option<Value>,
    pub outputs: BTreeMap<String, Value>,
    pub cached: Value,
    pub events: Vec<Value>,
    pub forms: Value,
    pub waited: Duration,
    pub requests: BTreeMap<String, Vec<Value>>,
}

/// Runs a scenario file, and says what is not as expected.
pub fn run(path: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        tokio::time::timeout(LIMIT, play(&text))
            .await
            .map_err(|_| format!("not over after {LIMIT:?}"))?
    })
}

async fn play(text: &str) -> Result<(), String> {
    let draft: Scenario = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let certificates = Certificates::default();
    let (closed, _held_port) = FaultServer::refused_origin();
    let mut text = text.replace("{{CLOSED}}", &closed).replace(
        "\"{{CA}}\"",
        &Value::String(certificates.authority_pem()).to_string(),
    );
    let mut pending = BTreeMap::new();
    for (name, server) in &draft.servers {
        let mut bound = PendingServer::bind().await;
        if server.tls.is_some() {
            bound = bound.secure();
        }
        let origin = bound.origin();
        let host = origin.split("://").nth(1).unwrap_or_default();
        let placeholder = name.to_uppercase();
        text = text.replace(&format!("{{{{{placeholder}}}}}"), &origin);
        text = text.replace(&format!("{{{{{placeholder}_HOST}}}}"), host);
        text = text.replace(
            &format!("{{{{{placeholder}_PORT}}}}"),
            host.split(':').nth(1).unwrap_or_default(),
        );
        pending.insert(name.clone(), bound);
    }
    let scenario: Scenario = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut servers = BTreeMap::new();
    for (name, server) in &scenario.servers {
        let Some(bound) = pending.remove(name) else {
            continue;
        };
        let tls = server.tls.map(|kind| certificates.server(kind));
        servers.insert(name.clone(), bound.serve(server.routes.clone(), tls));
    }
    let outcome = execute(&scenario, &servers).await?;
    expect::judge(&scenario.expect, &outcome).map_err(|wrong| {
        let requests = serde_json::to_string_pretty(&outcome.requests).unwrap_or_default();
        let events = serde_json::to_string_pretty(&outcome.events).unwrap_or_default();
        format!(
            "{wrong}\n\nerror: {:?}\n\nevents: {events}\n\nrequests: {requests}",
            outcome.error
        )
    })
}

async fn execute(
    scenario: &Scenario,
    servers: &BTreeMap<String, FaultServer>,
) -> Result<Outcome, String> {
    let connector = scenario.connector.to_string();
    let connector =
        read_connector(&connector).map_err(|error| format!("the connector: {error}"))?;
    let host = host(scenario)?;
    let clock = Arc::new(FixedClock::at(scenario.now));
    let engine = Engine::new(clock.clone(), Arc::new(FixedRandomness::default()));
    let input = RunInput {
        variables: scenario.variables.clone(),
        account: scenario.account.clone(),
        approved_origins: scenario.approved_origins.clone(),
        timeout: scenario.timeout_seconds.map(Duration::from_secs_f64),
        reveal: scenario.reveal,
        ..RunInput::default()
    };
    let mut outcome = Outcome {
        error: None,
        answer: None,
        outputs: BTreeMap::new(),
        cached: Value::Null,
        events: Vec::new(),
        forms: Value::Null,
        waited: Duration::ZERO,
        requests: BTreeMap::new(),
    };
    match engine.run(&connector, input.clone(), &host) {
        Err(error) => outcome.error = Some(fault(&error.into())),
        Ok(mut run) => {
            for action in &scenario.run {
                match act(action, &mut run, &engine, &connector, &input, &host).await {
                    Ok(answer) => outcome.answer = answer.or(outcome.answer),
                    Err(failure) => {
                        outcome.error = Some(fault(&failure));
                        break;
                    }
                }
            }
            for step in host.steps_with_outputs() {
                if let Some(outputs) = run.step_outputs(&step) {
                    outcome.outputs.insert(step, Value::Object(outputs.clone()));
                }
            }
            outcome.cached =
                serde_json::to_value(run.cached_outputs()).map_err(|error| error.to_string())?;
        }
    }
    outcome.events = host.events_json();
    outcome.forms = host.forms().iter().map(asked).collect();
    outcome.waited = clock.waited();
    for (name, server) in servers {
        let requests = server
            .requests()
            .iter()
            .map(latchwork_testkit::SeenRequest::to_json)
            .collect();
        outcome.requests.insert(name.clone(), requests);
    }
    Ok(outcome)
}

async fn act<'a>(
    action: &Action,
    run: &mut latchwork_engine::Run<'a>,
    engine: &'a Engine,
    connector: &'a Connector,
    input: &RunInput,
    host: &'a FakeHost,
) -> Result<Option<Value>, RunFailure> {
    match action {
        Action::AuthFlow => run.auth_flow().await.map(|()| None),
        Action::TestRequest => Ok(run.test().await?.as_ref().map(answer)),
        Action::Call { call, inputs } => {
            let endpoint = connector
                .endpoints
                .iter()
                .find(|endpoint| endpoint.id == *call);
            let endpoint = endpoint.expect("the scenario calls an endpoint that is there");
            let called = run
                .call(Call::Endpoint(endpoint, inputs), Attempt::Last)
                .await?;
            Ok(called.answer().as_ref().map(answer))
        }
        Action::Restart => {
            let cached =
                serde_json::to_string(&run.cached_outputs()).expect("cached outputs are JSON");
            *run = engine.run(connector, input.clone(), host)?;
            run.restore(serde_json::from_str(&cached).expect("cached outputs come back"));
            Ok(None)
        }
        Action::Afresh => {
            *run = engine.run(connector, input.clone(), host)?;
            Ok(None)
        }
    }
}

fn host(scenario: &Scenario) -> Result<FakeHost, String> {
    let mut host = FakeHost::new();
    for (step, answers) in &scenario.answers {
        let all = match answers {
            Answers::Several(all) => all.clone(),
            Answers::One(one) => vec![one.clone()],
        };
        for one in all {
            let asked = match one {
                Value::Object(members) => Asked::Answers(members),
                Value::String(word) if word == "declines" => Asked::Declines,
                Value::String(word) if word == "nobody" => Asked::Nobody,
                other => return Err(format!("{other} is no answer")),
            };
            host = host.when_asked(step, asked);
        }
    }
    Ok(host)
}

fn fault(failure: &RunFailure) -> Value {
    serde_json::to_value(&failure.fault).expect("a fault is JSON")
}

fn answer(answer: &CallAnswer) -> Value {
    json!({ "status": answer.status, "headers": answer.headers, "body": answer.body, "bytes": answer.raw_body.len() })
}

fn asked(form: &latchwork_engine::FormRequest) -> Value {
    json!({
        "step": form.step,
        "title": form.title,
        "fields": form.fields,
        "refused": form.refused.as_ref().map(|refused| json!({
            "field": refused.field, "code": refused.code, "message": refused.message,
        })),
    })
}
