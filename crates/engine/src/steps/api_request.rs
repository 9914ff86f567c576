//! The API request step and the poll step: send, judge the answer, leave it as outputs.

use std::time::{Duration, Instant};

use latchwork_model::{ApiRequestStep, PollStep, Request, Step, Success, Template};
use serde_json::{Map, Value};
use tokio::time::timeout;

use crate::answer;
use crate::error::{EngineError, shown};
use crate::graphql::GraphqlErrors;
use crate::http::{Answer, ExchangeLog};
use crate::run::Run;
use crate::template::Scope;

/// Runs an API request step; `log` keeps what went over the wire, also where the step fails.
pub(crate) async fn send(
    run: &mut Run<'_>,
    step: &ApiRequestStep,
    log: &mut ExchangeLog,
) -> Result<Map<String, Value>, EngineError> {
    let answer = run.exchange_step(&step.request, log).await?;
    let outputs = answer::outputs(&answer, log.answer_json());
    // The errors of a GraphQL answer say more than its status; whether they matter is for a condition of the step's own.
    if step.success.when.is_none() {
        no_graphql_errors(run, &step.request, &answer, &outputs, log)?;
    }
    judge(run, &step.request, &step.success, &answer, &outputs)?;
    Ok(outputs)
}

fn no_graphql_errors(
    run: &mut Run<'_>,
    request: &Request,
    answer: &Answer,
    outputs: &Map<String, Value>,
    log: &ExchangeLog,
) -> Result<(), EngineError> {
    if GraphqlErrors::of(request, &outputs["body"]).is_none() {
        return Ok(());
    }
    // What is secret is hidden before anything is cut: half a secret is found by no mask.
    log.teach(&mut run.secrets);
    let masked = run.secrets.mask_json(&outputs["body"]);
    match GraphqlErrors::of(request, &masked) {
        None => Ok(()),
        Some(errors) => Err(EngineError::GraphqlErrors {
            method: request.method.clone(),
            url: shown(&answer.url),
            status: answer.status,
            errors,
        }),
    }
}

/// What the last request of a poll gets, however little of its time is left.
const LAST_REQUEST: Duration = Duration::from_secs(1);

/// Runs a poll step: the request again and again, until its condition holds.
pub(crate) async fn poll(
    run: &mut Run<'_>,
    step: &PollStep,
    log: &mut ExchangeLog,
) -> Result<Map<String, Value>, EngineError> {
    let started = Instant::now();
    let mut waited = Duration::ZERO;
    let limit = step.timeout_seconds.duration();
    let mut sent = 0;
    loop {
        *log = ExchangeLog {
            earlier: sent,
            ..ExchangeLog::default()
        };
        sent += 1;
        let left = limit
            .saturating_sub(started.elapsed().max(waited))
            .max(LAST_REQUEST);
        let Ok(answer) = timeout(left, run.exchange_step(&step.request, log)).await else {
            return Err(not_ready(step));
        };
        let outputs = answer::outputs(&answer?, log.answer_json());
        if run.condition_on_answer("until", &step.until, &outputs)? {
            return Ok(outputs);
        }
        // Whichever is longer: a clock of a test's own waits in no time.
        if started.elapsed().max(waited) + step.every_seconds.duration() > limit {
            return Err(not_ready(step));
        }
        run.clock().wait(step.every_seconds.duration()).await;
        waited += step.every_seconds.duration();
    }
}

fn not_ready(step: &PollStep) -> EngineError {
    EngineError::PollTimeout {
        seconds: step.timeout_seconds.as_f64(),
        condition: step.until.to_string(),
    }
}

fn judge(
    run: &Run<'_>,
    request: &Request,
    success: &Success,
    answer: &Answer,
    outputs: &Map<String, Value>,
) -> Result<(), EngineError> {
    if !success.accepts(answer.status) {
        let expected = match &success.statuses {
            None => "2xx".to_owned(),
            Some(statuses) => statuses
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" or "),
        };
        return Err(EngineError::UnexpectedStatus {
            method: request.method.clone(),
            url: shown(&answer.url),
            status: answer.status,
            expected,
        });
    }
    let Some(condition) = &success.when else {
        return Ok(());
    };
    if run.condition_on_answer("success.when", condition, outputs)? {
        return Ok(());
    }
    Err(EngineError::ConditionFailed {
        url: shown(&answer.url),
        condition: condition.to_string(),
    })
}

/// The bare names by which a step's own templates reach its answer: `body`, `headers`, `status`, `cookies`, `raw`.
pub(crate) fn answer_scope(scope: &Scope, outputs: &Map<String, Value>) -> Scope {
    let mut with_answer = scope.clone();
    for name in ["body", "headers", "status", "cookies", "raw"] {
        match outputs.get(name) {
            Some(value) => with_answer.set(name, value.clone()),
            // Nothing of an earlier step is meant by a bare name.
            None => with_answer.remove(name),
        }
    }
    // The whole answer; OAuth steps have an output of this name.
    if let Some(body) = outputs.get("body").filter(|_| !outputs.contains_key("raw")) {
        with_answer.set("raw", body.clone());
    }
    with_answer
}

/// A step's own outputs, rendered over its answer; what they replace is replaced. `at_hand` is what of the answer
/// has a bare name beside the outputs.
pub(crate) fn own_outputs(
    run: &Run<'_>,
    step: &Step,
    outputs: &mut Map<String, Value>,
    at_hand: Map<String, Value>,
) -> Result<(), EngineError> {
    let definitions = &step.outputs;
    if definitions.is_empty() {
        return Ok(());
    }
    let mut scope = answer_scope(run.scope(), outputs);
    // An OAuth step's answer is no output of that name.
    for (name, value) in at_hand {
        scope.set(name.as_str(), value);
    }
    // A form's answers have no bare names. Only where it is asked for: an answer may be large.
    if definitions
        .iter()
        .any(|definition| definition.value.as_str().contains(&step.id))
    {
        scope.set(step.id.as_str(), Value::Object(outputs.clone()));
    }
    for (index, definition) in definitions.iter().enumerate() {
        let value = run.render_with(
            &scope,
            &format!("outputs[{index}].value"),
            &definition.value,
        )?;
        outputs.insert(definition.name.clone(), value);
    }
    Ok(())
}

/// A condition on an answer at hand.
pub(crate) fn holds(
    run: &Run<'_>,
    place: &str,
    condition: &Template,
    outputs: &Map<String, Value>,
) -> Result<bool, EngineError> {
    let scope = answer_scope(run.scope(), outputs);
    run.condition_with(&scope, place, condition)
}
