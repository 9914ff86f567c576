//! The main job in the terminal: the sample flow against the practice provider, step by step.
//!
//! The same programs that the README names, started one after another and shown before they run. Nothing is
//! written outside `target/practice`.

use std::io::{BufRead, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::checkout;
use crate::console::{Consent, heading, say};
use crate::failure::Failure;
use crate::packages;
use crate::program::Program;

/// What the practice provider's index page offers to sign in with.
const EMAIL: &str = "demo@latchwork.example";
const PASSWORD: &str = "practice";

/// Builds the command line and runs the sample flow with it.
pub fn run(consent: Consent) -> Result<(), Failure> {
    packages::provide(&[packages::COMPILER], consent)?;
    heading("Command line");
    Program::cargo()
        .args(["build", "--package", "latchwork-cli"])
        .run()?;
    let folder = checkout::target().join("practice");
    let samples = folder.join("samples");
    // Left over from an earlier run, they would name that run's address.
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&samples).map_err(|error| Failure::file(&samples, error))?;

    heading("1. The practice provider, on this machine only");
    let provider = Provider::start(&folder, &samples)?;
    say(&format!("It answers at {}", provider.address));

    let sample = form_sample(&samples)?;
    let answers = folder.join("answers.json");
    std::fs::write(&answers, answers_for(&sample.document).to_string())
        .map_err(|error| Failure::file(&answers, error))?;
    let file = sample.path.as_os_str();

    heading("2. Check the sample connector");
    show(&folder, |latchwork| latchwork.args(["check"]).args([file]))?;

    heading("3. Test auth steps");
    show(&folder, |latchwork| {
        latchwork
            .args(["test"])
            .args([file])
            .args(["--input-file"])
            .args([&answers])
    })?;

    if let Some(endpoint) = endpoint_that_asks_nothing(&sample.document) {
        heading("4. Call an endpoint, signed in");
        show(&folder, |latchwork| {
            latchwork
                .args(["call"])
                .args([file])
                .args([&endpoint])
                .args(["--input-file"])
                .args([&answers])
        })?;
    }
    drop(provider);
    say(&format!(
        "\nIt works. The connector is the file {}.",
        sample.path.display()
    ));
    if std::io::stdout().is_terminal() {
        say("On a machine with a display, `cargo xtask run` opens the studio.");
    }
    Ok(())
}

/// Shows a `latchwork` command line and runs it.
fn show(folder: &Path, with: impl FnOnce(Program) -> Program) -> Result<(), Failure> {
    let program = with(latchwork(folder));
    say(&format!("$ {}", program.line()));
    program.run()
}

fn latchwork(folder: &Path) -> Program {
    Program::new(checkout::built("latchwork"))
        .env("LATCHWORK_DATA_DIR", folder.join("data"))
        .called("latchwork")
}

/// The practice provider in a process of its own, for as long as this lives.
struct Provider {
    child: Child,
    address: String,
}

impl Provider {
    fn start(folder: &Path, samples: &Path) -> Result<Self, Failure> {
        let mut child = latchwork(folder)
            .args(["sandbox", "--samples"])
            .args([samples])
            .spawn(Stdio::piped())?;
        let mut line = String::new();
        if let Some(pipe) = child.stdout.take() {
            BufReader::new(pipe).read_line(&mut line).ok();
        }
        let mut provider = Self {
            child,
            address: line.trim().to_owned(),
        };
        if provider.address.is_empty() {
            provider.end();
            return Err(Failure::missing(
                "the practice provider's address",
                "start `target/debug/latchwork sandbox` by hand to see why",
            ));
        }
        Ok(provider)
    }

    fn end(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.end();
    }
}

/// A sample connector on disk.
struct Sample {
    path: PathBuf,
    document: Value,
}

/// The sample that asks with a form and goes on with a token: the main job.
fn form_sample(folder: &Path) -> Result<Sample, Failure> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(|error| Failure::file(folder, error))?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(|error| Failure::file(&path, error))?;
        let Ok(document) = serde_json::from_str::<Value>(&text) else {
            continue;
        };
        if is_main_job(&document) {
            return Ok(Sample { path, document });
        }
    }
    Err(Failure::missing(
        "a sample connector that begins with a form",
        format!("none of the files in {} does", folder.display()),
    ))
}

fn is_main_job(document: &Value) -> bool {
    let kind = |index: usize| document.pointer(&format!("/auth/steps/{index}/type"));
    let parameters = document
        .pointer("/auth/request_parameters")
        .and_then(Value::as_array);
    kind(0) == Some(&json!("form"))
        && kind(1) == Some(&json!("api_request"))
        && parameters.is_some_and(|list| !list.is_empty())
}

/// The answers that the practice provider takes, for every form of a connector.
fn answers_for(document: &Value) -> Value {
    let mut answers = serde_json::Map::new();
    let steps = document.pointer("/auth/steps").and_then(Value::as_array);
    for step in steps.into_iter().flatten() {
        let (Some("form"), Some(id)) = (text(step, "type"), text(step, "id")) else {
            continue;
        };
        let mut values = serde_json::Map::new();
        for field in step["fields"].as_array().into_iter().flatten() {
            let value = match text(field, "type") {
                Some("email") => EMAIL,
                Some("password") => PASSWORD,
                _ => continue,
            };
            if let Some(key) = text(field, "key") {
                values.insert(key.to_owned(), json!(value));
            }
        }
        answers.insert(id.to_owned(), Value::Object(values));
    }
    Value::Object(answers)
}

/// The first endpoint that can be called without giving any input.
fn endpoint_that_asks_nothing(document: &Value) -> Option<String> {
    document["endpoints"]
        .as_array()?
        .iter()
        .find(|endpoint| {
            inputs(endpoint)
                .all(|input| input["required"] == json!(false) || !input["default"].is_null())
        })
        .and_then(|endpoint| text(endpoint, "id"))
        .map(str::to_owned)
}

fn inputs(endpoint: &Value) -> impl Iterator<Item = &Value> {
    endpoint["inputs"].as_array().into_iter().flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{answers_for, endpoint_that_asks_nothing, is_main_job};

    #[test]
    fn the_sample_is_the_one_with_form_request_and_parameter() {
        let with = |steps: serde_json::Value, parameters: serde_json::Value| {
            is_main_job(&json!({ "auth": { "steps": steps, "request_parameters": parameters } }))
        };
        let form_and_request = json!([{ "type": "form" }, { "type": "api_request" }]);
        assert!(with(
            form_and_request.clone(),
            json!([{ "name": "Authorization" }])
        ));
        assert!(!with(form_and_request, json!([])));
        assert!(!with(
            json!([{ "type": "basic_auth" }]),
            json!([{ "name": "Authorization" }])
        ));
    }

    #[test]
    fn every_form_gets_the_answers_that_the_provider_takes() {
        let document = json!({ "auth": { "steps": [
            { "id": "signin", "type": "form", "fields": [
                { "key": "email", "type": "email" },
                { "key": "password", "type": "password" },
                { "key": "note", "type": "text", "required": false } ] },
            { "id": "login", "type": "api_request" } ] } });
        assert_eq!(
            answers_for(&document),
            json!({ "signin": { "email": "demo@latchwork.example", "password": "practice" } })
        );
    }

    #[test]
    fn an_endpoint_that_asks_nothing_is_found() {
        let document = json!({ "endpoints": [
            { "id": "get_contact", "inputs": [ { "name": "id" } ] },
            { "id": "list_contacts", "inputs": [ { "name": "page", "default": 1 }, { "name": "query", "required": false } ] } ] });
        assert_eq!(
            endpoint_that_asks_nothing(&document).as_deref(),
            Some("list_contacts")
        );
    }
}
