//! `latchwork call`: an authenticated call, its answer's body on standard output.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use latchwork_engine::CallAnswer;
use latchwork_model::{
    Auth, Body, Connector, FieldsBody, JsonBody, Parameter, ParameterLocation, Request, Template,
    TextBody,
};
use latchwork_studio::{AuthSource, CallExtras, CallTarget, Caller, with_extras};
use serde_json::{Map, Value, json};

use crate::args::CallArgs;
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::host::{Show, TerminalHost};
use crate::input;
use crate::interrupt::or_interrupted;

pub(crate) async fn run(args: &CallArgs, context: &Context) -> Outcome {
    let mut connector = context.connector(&args.connector).await?;
    let answers = input::answers(&args.run, &connector)?;
    let given = input::variables(&args.run, &connector)?;
    let target = target(args, &mut connector)?;
    let connector = Arc::new(connector);
    let studio = context.studio_with_vault().await?;
    let id = connector.key();
    let variables = studio.variables(&id, &connector, given).await?;
    let run_input = input::run_input(&args.run, variables, false)?;
    let host = TerminalHost::new(answers, &args.run.browser, context, Show::Words);
    let caller = Caller {
        connector_id: &id,
        connector: &connector,
        account: args.run.account.as_deref(),
        input: run_input,
        host: &host,
    };
    let call = Box::pin(studio.call(caller, &target));
    let (answer, source) = or_interrupted(call).await??;
    let Some(answer) = answer else {
        return Err(Failure::usage("there is nothing to call"));
    };
    print(&answer, source, args.include, context);
    if answer.is_ok() {
        return Ok(ExitCode::SUCCESS);
    }
    let again = if source == AuthSource::Refreshed {
        ", with the renewed session too"
    } else {
        ""
    };
    let errors = answer.graphql_errors.as_ref();
    let errors = errors.map_or_else(String::new, |errors| format!(" with {errors}"));
    context.output.note(&format!(
        "{} {} answered {}{errors}{again}",
        answer.method, answer.url, answer.status
    ));
    Ok(ExitCode::from(1))
}

fn print(answer: &CallAnswer, source: AuthSource, include: bool, context: &Context) {
    let output = &context.output;
    if output.json {
        return output.json_line(&json!({
            "status": answer.status,
            "headers": answer.headers,
            "body": answer.body,
            "duration_ms": answer.duration_ms,
            "auth": source,
        }));
    }
    if include {
        output.line(&format!("HTTP {}", answer.status));
        for (name, value) in &answer.headers {
            output.line(&format!("{name}: {}", value.as_str().unwrap_or_default()));
        }
        output.line("");
    }
    output.bytes(&answer.raw_body);
}

/// What is called: an endpoint by its id, or a method and a path. Further query parameters, headers and a body go
/// into the endpoint's request.
fn target(args: &CallArgs, connector: &mut Connector) -> Result<CallTarget, Failure> {
    let extras = CallExtras {
        query: parameters("--query", &args.query)?,
        headers: parameters("--header", &args.headers)?,
    };
    let mut inputs = Map::new();
    for (name, value) in input::pairs("--param", &args.params)? {
        inputs.insert(name.to_owned(), Value::String(value.to_owned()));
    }
    let body = args
        .data
        .as_deref()
        .map(|data| body(data, args, connector))
        .transpose()?;
    if let Some((method, path)) = args.target.trim().split_once(char::is_whitespace) {
        if !inputs.is_empty() {
            return Err(Failure::usage(
                "--param is for endpoints; a METHOD PATH has no inputs",
            ));
        }
        let mut request = Request::new(&method.to_uppercase(), Template::literal(path.trim()));
        if !path.trim().starts_with(['/', 'h']) {
            return Err(Failure::usage(format!(
                "'{}': the path begins with `/`",
                args.target
            )));
        }
        request.body = body.unwrap_or_default();
        return Ok(CallTarget::Request(Box::new(with_extras(request, &extras))));
    }
    let id = args.target.clone();
    if let Some(endpoint) = connector
        .endpoints
        .iter_mut()
        .find(|endpoint| endpoint.id == id)
    {
        endpoint.request = with_extras(endpoint.request.clone(), &extras);
        if let Some(body) = body {
            endpoint.request.body = body;
        }
    }
    Ok(CallTarget::Endpoint { id, inputs })
}

fn parameters(option: &str, given: &[String]) -> Result<Vec<Parameter>, Failure> {
    let pairs = input::pairs(option, given)?;
    Ok(pairs
        .into_iter()
        .map(|(name, value)| Parameter::new(Template::literal(name), Template::literal(value)))
        .collect())
}

/// `--data`: sent as it is written, with a content type that fits, unless `--header` names one. Where request
/// parameters go into the body, it is read as JSON or a form, so that they can be added.
fn body(data: &str, args: &CallArgs, connector: &Connector) -> Result<Body, Failure> {
    let text = match data.strip_prefix('@') {
        Some(file) => input::read(Path::new(file))?,
        None => data.to_owned(),
    };
    let written_type = input::pairs("--header", &args.headers)?
        .into_iter()
        .find_map(|(name, value)| {
            name.eq_ignore_ascii_case("content-type")
                .then(|| value.to_ascii_lowercase())
        });
    let json = serde_json::from_str::<Value>(&text).ok();
    let is_form = match &written_type {
        Some(media_type) => media_type.starts_with("application/x-www-form-urlencoded"),
        None => json.is_none() && looks_like_form(&text),
    };
    if takes_body_parameters(connector) {
        if let Some(value) = json.filter(|_| !is_form) {
            return Ok(Body::Json(JsonBody {
                value: escape_strings(value),
            }));
        }
        if is_form {
            let fields = url_pairs(&text);
            return Ok(Body::Form(FieldsBody { fields }));
        }
    }
    let content_type = written_type.unwrap_or_else(|| {
        let media_type = match (json_like(&text), is_form) {
            (true, _) => "application/json",
            (false, true) => "application/x-www-form-urlencoded",
            (false, false) => "text/plain; charset=utf-8",
        };
        media_type.to_owned()
    });
    Ok(Body::Text(TextBody {
        content_type,
        content: Template::literal(&text),
    }))
}

fn json_like(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

fn takes_body_parameters(connector: &Connector) -> bool {
    match &connector.auth {
        Auth::Multistep(multistep) => multistep
            .request_parameters
            .iter()
            .any(|parameter| parameter.enabled && parameter.location == ParameterLocation::Body),
        Auth::ApiKey(key) => key.location == ParameterLocation::Body,
        _ => false,
    }
}

/// `a=1&b=2`, as curl's `-d` is mostly used.
fn looks_like_form(text: &str) -> bool {
    text.contains('=') && !text.contains(char::is_whitespace)
}

fn url_pairs(text: &str) -> Vec<Parameter> {
    let pairs = url::form_urlencoded::parse(text.trim().as_bytes());
    pairs
        .map(|(name, value)| Parameter::new(Template::literal(&name), Template::literal(&value)))
        .collect()
}

/// What a person typed is data, never a template.
fn escape_strings(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(Template::literal(&text).to_string()),
        Value::Array(items) => Value::Array(items.into_iter().map(escape_strings).collect()),
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(name, value)| (name, escape_strings(value)))
                .collect(),
        ),
        other => other,
    }
}
