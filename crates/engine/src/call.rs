//! The test request and the calls of endpoints: requests with the session's request parameters.

use std::time::Instant;

use latchwork_model::{
    Endpoint, FieldType, Input, InputType, Parameter, Request, StepKind, Template,
};
use serde_json::{Map, Value};

use crate::answer;
use crate::error::EngineError;
use crate::event::{Exchange, NoAnswer, RunEvent, TestStatus};
use crate::http::{ExchangeLog, millis};
use crate::run::{Run, RunFailure};
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
}

impl CallAnswer {
    /// Whether the status is below 400.
    pub const fn is_ok(&self) -> bool {
        self.status < 400
    }

    /// An answer of 400 or more as an error.
    pub fn refused(&self) -> EngineError {
        EngineError::UnexpectedStatus {
            method: self.method.clone(),
            url: self.url.clone(),
            status: self.status,
            expected: "a status below 400".to_owned(),
        }
    }
}

impl Run<'_> {
    /// Sends the test request, where the connector has one; an answer of 400 or more is a failure.
    pub async fn test_request(&mut self) -> Result<Option<CallAnswer>, RunFailure> {
        let Some(test) = &self.connector.test else {
            return Ok(None);
        };
        let mut request = test.request.clone();
        if !test.advanced {
            request.query.extend(self.form_parameters());
        }
        let answer = self
            .tell_call(&request, "test.request", self.scope().clone())
            .await?;
        if answer.is_ok() {
            return Ok(Some(answer));
        }
        Err(self.failure(answer.refused(), None))
    }

    /// Calls an endpoint with its inputs, and tells of it as `test_finished`.
    pub async fn call_endpoint(
        &mut self,
        endpoint: &Endpoint,
        inputs: &Map<String, Value>,
    ) -> Result<CallAnswer, RunFailure> {
        let mut scope = self.scope().clone();
        scope.set(
            "input",
            Value::Object(check_inputs(&endpoint.inputs, inputs)?),
        );
        self.tell_call(&endpoint.request, "request", scope).await
    }

    /// Makes a call that stands in no file.
    pub async fn call_request(&mut self, request: &Request) -> Result<CallAnswer, RunFailure> {
        self.tell_call(request, "request", self.scope().clone())
            .await
    }

    async fn tell_call(
        &mut self,
        request: &Request,
        place: &str,
        scope: Scope,
    ) -> Result<CallAnswer, RunFailure> {
        let started = Instant::now();
        let mut log = ExchangeLog::default();
        let result = self.exchange_call(request, place, scope, &mut log).await;
        let duration_ms = millis(started.elapsed());
        log.teach(&mut self.secrets);
        let exchange: Option<Box<Exchange>> = log.masked(&self.secrets).map(Box::new);
        let (status, body, error) = match &result {
            Ok(answer) => {
                let body = self
                    .secrets
                    .mask_json(&answer::body(&answer.headers, &answer.body));
                (TestStatus::Http(answer.status), body, None)
            }
            Err(error) => (
                TestStatus::NoAnswer(NoAnswer::Failed),
                Value::Null,
                Some(self.masked_fault(error, None)),
            ),
        };
        self.host().tell(RunEvent::TestFinished {
            status,
            duration_ms,
            body,
            exchange,
            error,
        });
        let answer = result.map_err(|error| self.failure(error, None))?;
        Ok(CallAnswer {
            method: request.method.clone(),
            url: crate::error::shown(&answer.url),
            status: answer.status,
            headers: answer::headers(&answer.headers),
            cookies: answer.cookies,
            body: answer::body(&answer.headers, &answer.body),
            raw_body: answer.body.to_vec(),
            duration_ms,
        })
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
