//! A flow of API request steps in the engine, against reqwest used by hand for the same requests.
//!
//! Not here: what the studio adds (the history, the cache); that is `history`.

use std::time::Duration;

use async_trait::async_trait;
use latchwork_engine::{Engine, FormAnswers, FormRequest, Host, RunEvent, RunInput, Unanswered};
use latchwork_model::read_connector;
use serde_json::{Value, json};

use crate::harness::{
    Benchmark, Comparison, Fault, Findings, Judged, Measured, Server, client, flow_by_hand, ratio,
    runtime,
};

/// What the engine may add to each step.
const ADDED: Duration = Duration::from_micros(50);
/// How many times the time a step of a long flow may take what a step of a short one takes: linear, and room for
/// what the machine does meanwhile.
const GROWTH: f64 = 1.2;

pub const BENCHMARK: Benchmark = Benchmark {
    name: "flow",
    about: "API request steps: each posts JSON with the token of the answer before, as body and as header. \
            The engine's side is a whole run (`Engine::run`, `auth_flow`): origins checked, secrets found and hidden, \
            events made and told to a host that ignores them. Engine and connections are warm, as in a studio that is \
            open. The peer is reqwest by hand: the same requests to the same keep-alive server, each answer read as \
            JSON. Times are those of a step.",
    run,
};

/// A host without a person, that nobody tells anything.
struct Deaf;

#[async_trait]
impl Host for Deaf {
    fn tell(&self, _event: RunEvent) {}

    async fn answer_form(&self, _form: &FormRequest) -> Result<FormAnswers, Unanswered> {
        Err(Unanswered::Nobody)
    }
}

fn run() -> Result<Findings, Fault> {
    let server = Server::start(Duration::ZERO)?;
    let one = compare(&server, 1, 2_000)?;
    let ten = compare(&server, 10, 400)?;
    let many = compare(&server, 200, 40)?;
    // In processor time where it is told: less disturbed.
    let added = |measured: &Measured| {
        measured
            .added_processor_time()
            .unwrap_or_else(|| measured.added())
    };
    let growth = ratio(added(&many), added(&ten));
    let mut judged: Vec<Judged> = [&one, &ten, &many]
        .into_iter()
        .flat_map(|measured| measured.adds_at_most(ADDED))
        .collect();
    let linear = "linear: added to a step of 200, to that of 10";
    judged.push(Judged::ratio(linear, growth, GROWTH));
    Ok(Findings::of(vec![one, ten, many]).judged(judged))
}

fn compare(server: &Server, steps: usize, rounds: usize) -> Result<Measured, Fault> {
    let runtime = runtime()?;
    let origin = server.origin();
    let connector = read_connector(&flow_document(&origin, steps).to_string())?;
    let (engine, client) = (Engine::default(), client()?);
    Comparison::of(format!("a step of {steps}"), rounds)
        .each_of(steps)
        .on_own_thread()
        .subject("engine", || {
            runtime.block_on(async {
                let mut run = engine.run(&connector, RunInput::default(), &Deaf)?;
                let ended = run.auth_flow().await;
                ended.map_err(|failure| failure.fault.message)?;
                Ok(())
            })
        })
        .peer("reqwest by hand", || {
            runtime.block_on(flow_by_hand(&client, &origin, steps))
        })
}

/// A connector whose auth flow does what [`flow_by_hand`] does.
pub fn flow_document(origin: &str, steps: usize) -> Value {
    let step = |number: usize| {
        let token = match number.checked_sub(1) {
            Some(previous) => format!("{{{{ step_{previous}.body.token }}}}"),
            None => "none".to_owned(),
        };
        json!({
            "id": format!("step_{number}"),
            "type": "api_request",
            "request": {
                "method": "POST",
                "url": format!("/step/{number}"),
                "headers": [{ "name": "Authorization", "value": format!("Bearer {token}") }],
                "body": { "type": "json", "value": { "number": number, "previous": token } },
            },
        })
    };
    json!({
        "format": "latchwork.connector/1",
        "name": format!("A flow of {steps}"),
        "kind": "rest",
        "base_url": origin,
        "auth": {
            "method": "multistep",
            "steps": (0..steps).map(step).collect::<Vec<_>>(),
            "request_parameters": [{
                "location": "header",
                "name": "Authorization",
                "value": format!("Bearer {{{{ step_{}.body.token }}}}", steps.saturating_sub(1)),
            }],
        },
        "endpoints": [{ "id": "me", "name": "Me", "request": { "method": "GET", "url": "/me" } }],
    })
}
