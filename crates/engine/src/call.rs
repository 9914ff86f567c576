//! The test request and the calls of endpoints: requests with the session's request parameters.

use std::borrow::Cow;
use std::time::Instant;

use latchwork_model::{
    Endpoint, FieldType, Input, InputType, Parameter, Request, StepKind, Template,
};
use serde_json::{Map, Value};

use crate::answer;
use crate::error::EngineError;
use crate::event::{Exchange, NoAnswer, RunEvent, TestStatus};
use crate::graphql::GraphqlErrors;
use crate::http::{ExchangeLog, millis};
use crate::run::{RefreshReason, Run, RunFailure};
use crate::template::Scope;

/// The answer to a test request or a call.
#[derive(Clone, Debug)]
pub struct CallAnswer {
    /// The method that was sent.
    pub method: String,
    /// Where it came from, without its query.
    pub url: String,
    /// The status.
    pub status: u16,
    /// Headers by lower-case name.
    pub headers: Map<String, Value>,
    /// All that the exchange set, over its redirects.
    pub cookies: Map<String, Value>,
    /// The body: JSON where it is JSON, a form's fields, else text.
    pub body: Value,
    /// The body as it came, unpacked.
    pub raw_body: Vec<u8>,
    /// Wall time.
    pub duration_ms: u64,
    /// What the API says went wrong, masked, where a GraphQL request was answered with errors.
    pub graphql_errors: Option<GraphqlErrors>,
}

impl CallAnswer {
    /// Whether the status is below 400, and a GraphQL answer holds no errors.
    pub const fn is_ok(&self) -> bool {
        self.status < 400 && self.graphql_errors.is_none()
    }

    /// An answer that is not ok as an error.
    pub fn refused(&self) -> EngineError {
        let (method, url) = (self.method.clone(), self.url.clone());
        match &self.graphql_errors {
            Some(errors) => EngineError::GraphqlErrors {
                method,
                url,
                status: self.status,
                errors: errors.clone(),
            },
            None => EngineError::UnexpectedStatus {
                method,
                url,
                status: self.status,
                expected: "a status below 400".to_owned(),
            },
        }
    }
}

/// What a call sends.
#[derive(Clone, Copy, Debug)]
pub enum Call<'c> {
    /// The test request.
    Test,
    /// An endpoint, with its inputs.
    Endpoint(&'c Endpoint, &'c Map<String, Value>),
    /// A request that stands in no file.
    Request(&'c Request),
}

/// What becomes of an answer that says that the session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The session may be renewed, and the call sent again.
    First,
    /// It is the call's answer.
    Last,
}

/// What a call came to.
#[derive(Debug)]
pub enum Called {
    /// Its answer.
    Answer(CallAnswer),
    /// The session is over: to be renewed, and the call to be sent once more. Nothing was told of its end.
    SessionOver(CallAnswer, RefreshReason),
    /// There was nothing to call: the connector has no test request.
    Nothing,
}

impl Called {
    /// The answer, whatever it says.
    pub fn answer(self) -> Option<CallAnswer> {
        match self {
            Self::Answer(answer) | Self::SessionOver(answer, _) => Some(answer),
            Self::Nothing => None,
        }
    }
}

/// The parts of a call, made out once for all of its attempts.
struct Planned<'c> {
    request: Cow<'c, Request>,
    place: &'static str,
    scope: Scope,
}

impl Run<'_> {
    /// Sends the test request, where the connector has one. Where its answer says that the session is over, that is
    /// renewed within this run, and the request is sent once more. An answer of 400 or more is a failure, and
    /// so is a GraphQL answer with errors.
    pub async fn test(&mut self) -> Result<Option<CallAnswer>, RunFailure> {
        let called = match self.call(Call::Test, Attempt::First).await? {
            Called::SessionOver(_, reason) => {
                self.refresh(reason).await?;
                self.call(Call::Test, Attempt::Last).await?
            }
            called => called,
        };
        match called.answer() {
            Some(answer) if !answer.is_ok() => Err(self.failure(answer.refused(), None)),
            answer => Ok(answer),
        }
    }

    /// Makes a call, and tells of it: as `test_finished` where it is over, as `call_refused` where the session is.
    pub async fn call(&mut self, call: Call<'_>, attempt: Attempt) -> Result<Called, RunFailure> {
        let Some(planned) = self.planned(call)? else {
            return Ok(Called::Nothing);
        };
        let started = Instant::now();
        let mut log = ExchangeLog::default();
        let result = self
            .exchange_call(&planned.request, planned.place, planned.scope, &mut log)
            .await;
        let duration_ms = millis(started.elapsed());
        log.teach(&mut self.secrets);
        let exchange: Option<Box<Exchange>> = log.masked(&self.secrets).map(Box::new);
        let answer = match result {
            Ok(answer) => answer,
            Err(error) => {
                let failure = self.failure(error, None);
                self.host().tell(RunEvent::TestFinished {
                    status: TestStatus::NoAnswer(NoAnswer::Failed),
                    duration_ms,
                    body: Value::Null,
                    exchange,
                    error: Some(failure.fault.clone()),
                });
                return Err(failure);
            }
        };
        let body = answer::body(&answer.headers, &answer.body);
        let shown = self.secrets.mask_json(&body);
        let answer = CallAnswer {
            method: planned.request.method.clone(),
            url: crate::error::shown(&answer.url),
            status: answer.status,
            headers: answer::headers(&answer.headers),
            cookies: answer.cookies,
            body,
            raw_body: answer.body.to_vec(),
            duration_ms,
            graphql_errors: GraphqlErrors::of(&planned.request, &shown),
        };
        self.judge(answer, shown, attempt, exchange, false)
    }

    /// Hides the session's secrets in an answer that goes to an app: an API may send back what it was sent.
    pub fn hide_secrets(&self, answer: &mut CallAnswer) {
        self.secrets.hide_known(&mut answer.body);
        for value in answer.headers.values_mut() {
            self.secrets.hide_known(value);
        }
        let held = std::str::from_utf8(&answer.raw_body)
            .is_ok_and(|text| self.secrets.mask_text(text) != text);
        if held {
            answer.raw_body.clear();
        }
        answer.cookies.clear();
    }

    /// Goes on as if a call had been answered with 401 (*Simulate 401*): nothing is sent.
    pub fn simulated_401(&mut self, call: Call<'_>) -> Result<Called, RunFailure> {
        let Some(planned) = self.planned(call)? else {
            return Ok(Called::Nothing);
        };
        let answer = CallAnswer {
            method: planned.request.method.clone(),
            url: String::new(),
            status: 401,
            headers: Map::new(),
            cookies: Map::new(),
            body: Value::Null,
            raw_body: Vec::new(),
            duration_ms: 0,
            graphql_errors: None,
        };
        self.judge(answer, Value::Null, Attempt::First, None, true)
    }

    fn planned<'c>(&self, call: Call<'c>) -> Result<Option<Planned<'c>>, RunFailure> {
        let mut scope = self.scope().clone();
        let (request, place) = match call {
            Call::Test => {
                let Some(test) = &self.connector.test else {
                    return Ok(None);
                };
                let mut request = test.request.clone();
                if !test.advanced {
                    request.query.extend(self.form_parameters());
                }
                (Cow::Owned(request), "test.request")
            }
            Call::Endpoint(endpoint, inputs) => {
                let inputs = check_inputs(&endpoint.inputs, inputs)?;
                scope.set("input", Value::Object(inputs));
                (Cow::Borrowed(&endpoint.request), "request")
            }
            Call::Request(request) => (Cow::Borrowed(request), "request"),
        };
        Ok(Some(Planned {
            request,
            place,
            scope,
        }))
    }

    /// Whether an answer is the call's, or says that the session is over; told either way. `body` is the answer's, masked.
    fn judge(
        &self,
        answer: CallAnswer,
        body: Value,
        attempt: Attempt,
        exchange: Option<Box<Exchange>>,
        simulated: bool,
    ) -> Result<Called, RunFailure> {
        let (status, duration_ms) = (answer.status, answer.duration_ms);
        let over = match attempt {
            Attempt::First => self.session_over(&answer),
            Attempt::Last => Ok(None),
        };
        if simulated || matches!(over, Ok(Some(_))) {
            self.host().tell(RunEvent::CallRefused {
                status,
                simulated,
                duration_ms,
                body,
                exchange,
            });
            return Ok(match over? {
                Some(reason) => Called::SessionOver(answer, reason),
                None => Called::Answer(answer),
            });
        }
        let error = match &over {
            Err(failure) => Some(failure.fault.clone()),
            // What a status says is seen by the status.
            Ok(_) if answer.graphql_errors.is_some() => {
                Some(self.masked_fault(&answer.refused(), None))
            }
            Ok(_) => None,
        };
        self.host().tell(RunEvent::TestFinished {
            status: TestStatus::Http(status),
            duration_ms,
            body,
            exchange,
            error,
        });
        over.map(|_| Called::Answer(answer))
    }

    /// The values of all form steps as query parameters, passwords and codes left out: a query string is logged.
    fn form_parameters(&self) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for step in self.plan.steps.iter().filter(|step| !step.disabled) {
            let StepKind::Form(form) = &step.kind else {
                continue;
            };
            if self.step_outputs(&step.id).is_none() {
                continue;
            }
            for field in form
                .fields
                .iter()
                .filter(|field| !field.one_time && field.field_type != FieldType::Password)
            {
                parameters.push(Parameter::new(
                    Template::literal(&field.key),
                    format!(
                        "{{{{ {}[{}] }}}}",
                        step.id,
                        Value::String(field.key.clone())
                    ),
                ));
            }
        }
        parameters
    }
}

/// Checks a call's inputs against the endpoint's, and gives them their types.
pub fn check_inputs(
    declared: &[Input],
    given: &Map<String, Value>,
) -> Result<Map<String, Value>, EngineError> {
    let refuse = |name: &str, message: String| {
        Err(EngineError::Input {
            name: name.to_owned(),
            message,
        })
    };
    if let Some(unknown) = given
        .keys()
        .find(|name| !declared.iter().any(|input| &input.name == *name))
    {
        let names: Vec<String> = declared
            .iter()
            .map(|input| format!("`{}`", input.name))
            .collect();
        let known = if names.is_empty() {
            "it has none".to_owned()
        } else {
            format!("it has {}", names.join(", "))
        };
        return refuse(
            unknown,
            format!("the endpoint has no input `{unknown}`: {known}"),
        );
    }
    let mut values = Map::new();
    for input in declared {
        let value = match given.get(&input.name) {
            Some(Value::String(text)) if text.is_empty() && input.input_type != InputType::Text => {
                None
            }
            Some(Value::Null) if input.input_type != InputType::Json => None,
            other => other,
        };
        let value = match (value.or(input.default.as_ref()), input.required) {
            (Some(value), _) => value,
            (None, true) => {
                return refuse(
                    &input.name,
                    format!("the input `{}` is required", input.name),
                );
            }
            (None, false) => {
                values.insert(input.name.clone(), Value::Null);
                continue;
            }
        };
        let Some(value) = typed(input.input_type, value) else {
            let wanted = match input.input_type {
                InputType::Text => "text",
                InputType::Number => "a number",
                InputType::Boolean => "true or false",
                InputType::Json => "JSON",
            };
            return refuse(
                &input.name,
                format!("the input `{}` is not {wanted}", input.name),
            );
        };
        values.insert(input.name.clone(), value);
    }
    Ok(values)
}

fn typed(input_type: InputType, value: &Value) -> Option<Value> {
    match (input_type, value) {
        (InputType::Text, Value::String(_))
        | (InputType::Number, Value::Number(_))
        | (InputType::Boolean, Value::Bool(_)) => Some(value.clone()),
        (InputType::Text, Value::Number(_) | Value::Bool(_)) => {
            Some(Value::String(value.to_string()))
        }
        (InputType::Number, Value::String(text)) => serde_json::from_str(text.trim())
            .ok()
            .filter(Value::is_number),
        (InputType::Boolean, Value::String(text)) => text.trim().parse().ok().map(Value::Bool),
        (InputType::Json, Value::String(text)) => serde_json::from_str(text).ok(),
        (InputType::Json, other) => Some(other.clone()),
        _ => None,
    }
}
