//! What a person gave on the command line and in the environment: answers to forms, variables.

use std::path::Path;
use std::time::Duration;

use latchwork_engine::RunInput;
use latchwork_model::{Connector, ErrorCode, RedirectKind, StepKind, step_outputs};
use serde_json::{Map, Value};

use crate::args::{BrowserArgs, RedirectArg, RunArgs};
use crate::failure::Failure;

/// Answers by step and key.
pub(crate) type Answers = Map<String, Value>;

/// The answers of `--input-file` and `--input`, the latter first.
pub(crate) fn answers(args: &RunArgs, connector: &Connector) -> Result<Answers, Failure> {
    let mut answers = match &args.input_file {
        Some(file) => object(file, "--input-file")?,
        None => Map::new(),
    };
    for (step, values) in &answers {
        if !values.is_object() {
            return Err(Failure::usage(format!(
                "--input-file: `{step}` is not an object of answers by key"
            )));
        }
    }
    for input in &args.inputs {
        let (name, value) = pair("--input", input, "STEP.KEY=VALUE")?;
        let Some((step, key)) = name.split_once('.') else {
            return Err(Failure::usage(format!(
                "--input {name}: expected STEP.KEY=VALUE"
            )));
        };
        let values = answers
            .entry(step)
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(values) = values {
            values.insert(key.to_owned(), Value::String(value.to_owned()));
        }
    }
    check_names(&answers, connector)?;
    Ok(answers)
}

/// An answer to a question that no step asks is a typing error, and is told before anything runs.
fn check_names(answers: &Answers, connector: &Connector) -> Result<(), Failure> {
    let plan = connector.auth.plan();
    let asking = |step: &latchwork_model::Step| {
        matches!(step.kind, StepKind::Form(_) | StepKind::BasicAuth(_))
    };
    for (step_id, values) in answers {
        let Some(step) = plan
            .steps
            .iter()
            .find(|step| step.id == *step_id && asking(step))
        else {
            let known: Vec<String> = plan
                .steps
                .iter()
                .filter(|step| asking(step))
                .map(|step| format!("`{}`", step.id))
                .collect();
            let known = if known.is_empty() {
                "no step asks anything".to_owned()
            } else {
                known.join(", ")
            };
            return Err(Failure::usage(format!(
                "no step called `{step_id}` asks anything; those that do: {known}"
            )));
        };
        let keys: Vec<String> = step_outputs(step).into_iter().map(|(key, _)| key).collect();
        if let Some(unknown) = values
            .as_object()
            .into_iter()
            .flat_map(Map::keys)
            .find(|key| !keys.contains(key))
        {
            return Err(Failure::usage(format!(
                "`{step_id}` has no field `{unknown}`; it has {}",
                keys.iter()
                    .map(|key| format!("`{key}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            )));
        }
    }
    Ok(())
}

/// The variables that the environment has.
pub(crate) fn environment(connector: &Connector) -> Map<String, Value> {
    let mut variables = Map::new();
    for variable in &connector.variables {
        let names = [variable.name.clone(), variable.name.to_uppercase()];
        let given = names
            .iter()
            .find_map(|name| std::env::var(format!("LATCHWORK_VAR_{name}")).ok());
        if let Some(value) = given {
            variables.insert(variable.name.clone(), Value::String(value));
        }
    }
    variables
}

/// The variables that were given: `--var`, then `--var-file`, then the environment.
pub(crate) fn variables(
    args: &RunArgs,
    connector: &Connector,
) -> Result<Map<String, Value>, Failure> {
    let mut variables = environment(connector);
    if let Some(file) = &args.var_file {
        variables.extend(object(file, "--var-file")?);
    }
    for variable in &args.variables {
        let (name, value) = pair("--var", variable, "NAME=VALUE")?;
        variables.insert(name.to_owned(), Value::String(value.to_owned()));
    }
    let known: Vec<&str> = connector
        .variables
        .iter()
        .map(|variable| variable.name.as_str())
        .collect();
    if let Some(unknown) = variables
        .keys()
        .find(|name| !known.contains(&name.as_str()))
    {
        let known = if known.is_empty() {
            "it has none".to_owned()
        } else {
            format!("it has {}", known.join(", "))
        };
        return Err(Failure::usage(format!(
            "the connector has no variable `{unknown}`: {known}"
        )));
    }
    Ok(variables)
}

/// What a run is given.
pub(crate) fn run_input(
    args: &RunArgs,
    variables: Map<String, Value>,
    reveal: bool,
) -> Result<RunInput, Failure> {
    for origin in &args.allow_origins {
        if latchwork_model::OriginPattern::parse(origin).is_none() {
            return Err(Failure::usage(format!(
                "--allow-origin {origin}: not an origin; write a scheme and a host, such as https://api.example.com"
            )));
        }
    }
    Ok(RunInput {
        variables,
        account: args.account.clone(),
        approved_origins: args.allow_origins.clone(),
        reveal,
        ..browser_input(&args.browser)?
    })
}

/// How a run waits, for requests and for browsers.
pub(crate) fn browser_input(args: &BrowserArgs) -> Result<RunInput, Failure> {
    let timeout = match args.timeout {
        None => None,
        Some(seconds) => match Duration::try_from_secs_f64(seconds) {
            Ok(timeout) if !timeout.is_zero() => Some(timeout),
            _ => {
                return Err(Failure::usage(format!(
                    "--timeout {seconds}: give seconds, more than 0"
                )));
            }
        },
    };
    Ok(RunInput {
        timeout,
        browser_timeout: timeout,
        redirect: args.redirect.map(redirect_kind),
        ..RunInput::default()
    })
}

const fn redirect_kind(given: RedirectArg) -> RedirectKind {
    match given {
        RedirectArg::Loopback => RedirectKind::Loopback,
        RedirectArg::DeepLink => RedirectKind::DeepLink,
        RedirectArg::Paste => RedirectKind::Paste,
    }
}

/// `N=V` pairs of a repeated option.
pub(crate) fn pairs<'a>(
    option: &str,
    given: &'a [String],
) -> Result<Vec<(&'a str, &'a str)>, Failure> {
    given.iter().map(|text| pair(option, text, "N=V")).collect()
}

fn pair<'a>(option: &str, text: &'a str, expected: &str) -> Result<(&'a str, &'a str), Failure> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim(), value)),
        // What was typed may be a secret without its name: it is not repeated.
        _ => Err(Failure::usage(format!("{option}: expected {expected}"))),
    }
}

fn object(file: &Path, option: &str) -> Result<Map<String, Value>, Failure> {
    let text = read(file)?;
    match serde_json::from_str(&text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Failure::usage(format!(
            "{option} {}: expected a JSON object",
            file.display()
        ))),
        // serde's own words could quote a value.
        Err(error) => Err(Failure::usage(format!(
            "{option} {}: not JSON, at line {} column {}",
            file.display(),
            error.line(),
            error.column()
        ))),
    }
}

/// A secret out of a file, whose first line it is, else out of the environment; nothing where neither has one.
pub(crate) fn secret(
    file: Option<&Path>,
    option: &str,
    variable: &str,
) -> Result<Option<String>, Failure> {
    let Some(file) = file else {
        return Ok(std::env::var(variable)
            .ok()
            .filter(|secret| !secret.is_empty()));
    };
    let text = read(file)?;
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(Some(line.to_owned())),
        _ => Err(Failure::usage(format!(
            "{option} {}: its first line is empty",
            file.display()
        ))),
    }
}

/// Reads a file as text; `-` is standard input.
pub(crate) fn read(file: &Path) -> Result<String, Failure> {
    let result = if file == Path::new("-") {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(file)
    };
    result.map_err(|error| {
        let code = match error.kind() {
            std::io::ErrorKind::NotFound => ErrorCode::FileNotFound,
            _ => ErrorCode::FileUnreadable,
        };
        Failure::new(code, format!("{}: {error}", file.display()))
    })
}
